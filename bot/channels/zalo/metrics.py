"""Counters of the Zalo channel. A wrong secret shuts the channel silently: watch the first one."""

from prometheus_client import Counter

REFUSED_CALLS = Counter(
    "bot_zalo_webhook_refused_total",
    "Webhook calls that were not accepted",
    ["reason"],
)
EVENTS = Counter("bot_zalo_events_total", "Genuine webhook events by name", ["event"])
ECHOES = Counter(
    "bot_zalo_echoes_total", "Echoes of sent messages: of staff, settling an open call, or known", ["of"]
)
CALLS = Counter("bot_zalo_calls_total", "Calls to Zalo by endpoint and fate", ["call", "fate"])
REFRESHES = Counter("bot_zalo_token_refreshes_total", "Token refreshes by result", ["result"])
