"""Counters of the Telegram channel. A wrong secret shuts the channel silently: watch the first one."""

from prometheus_client import Counter

REFUSED_CALLS = Counter(
    "bot_telegram_webhook_refused_total", "Webhook calls that were not accepted", ["reason"]
)
UPDATES = Counter("bot_telegram_updates_total", "Genuine updates by what they were read as", ["kind"])
CALLS = Counter("bot_telegram_calls_total", "Messages sent through the Bot API by fate", ["fate"])
PLAIN = Counter("bot_telegram_plain_total", "Messages whose HTML Telegram could not read, sent again without")
