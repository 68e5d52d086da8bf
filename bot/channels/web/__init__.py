"""The website channel: JSON and server-sent events under ``/webhooks/web``, and the widget's files."""
