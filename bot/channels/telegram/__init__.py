"""Telegram: updates in through a webhook, replies out through the Bot API."""
