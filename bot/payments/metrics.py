"""Counters of payments, read by Prometheus. No label carries anything of a citizen."""

from prometheus_client import Counter

STATES = Counter("qn_payments_total", "Payments that reached a state", ["state"])
CONFIRMS = Counter(
    "qn_payment_confirms_total", "Confirmations of the platform, by what became of them", ["fate"]
)
ALERTS = Counter("qn_payment_alerts_total", "Payments that staff have to look at, by reason", ["reason"])
CALLS = Counter(
    "qn_payment_calls_total", "Calls to the payment platform, by message and fate", ["message", "fate"]
)
