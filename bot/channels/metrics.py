"""Counters of the gateway, read by Prometheus at ``/metrics``. No label carries anything of a citizen."""

from prometheus_client import Counter, Gauge, Histogram

RECEIVED = Counter("qn_received_total", "Messages accepted, by channel and whether new", ["channel", "new"])
TURNS = Counter(
    "qn_turns_total", "Messages answered or given up, by channel and outcome", ["channel", "outcome"]
)
SENDS = Counter("qn_sends_total", "Calls to platforms, by channel and fate", ["channel", "fate"])
STOPPED = Gauge("qn_channel_stopped", "1 while the queue of a channel is stopped", ["channel"])
WAITING = Gauge("qn_inbox_waiting", "Messages not yet answered")
OLDEST = Gauge("qn_inbox_oldest_seconds", "Age of the oldest message not yet answered")
HANDOFFS = Gauge("qn_handoffs_open", "Hand-offs that have not ended, by state", ["state"])
CLAIMS = Counter("qn_handoff_claims_total", "Hand-offs taken by a person")
FIRST_RESPONSE = Histogram(
    "qn_handoff_first_response_seconds",
    "From the wish for a person to that person's first word",
    buckets=(10, 30, 60, 120, 300, 600, 1800, 3600, 14400, 86400),
)
