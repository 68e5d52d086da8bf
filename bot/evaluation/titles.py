"""Vietnamese titles of metrics, as reports and comparisons name them. Pure."""

from bot.evaluation.table import TITLES

_OTHERS = {
    "errors": "Lượt lỗi",
    "latency_ms.p50": "Thời gian một lượt p50 (ms)",
    "latency_ms.p95": "Thời gian một lượt p95 (ms)",
    "latency_ms.p99": "Thời gian một lượt p99 (ms)",
}


def title_of(metric: str) -> str:
    """``variants.telex.procedure_top1`` → "telex: Đúng thủ tục ở vị trí 1"; unknown ones as they are."""
    family, _, rest = metric.partition(".")
    if family == "variants":
        variant, _, share = rest.partition(".")
        return f"{variant}: {title_of(share)}"
    if family == "intents":
        kind, _, figure = rest.partition(".")
        return f"{kind}: {figure.upper()}"
    return TITLES.get(metric) or _OTHERS.get(metric) or metric


def value(metric: str, number: float | None, signed: bool = False) -> str:
    """A share in percent (a difference in points), any other number as it is; a dash for None."""
    if number is None:
        return "–"
    plain = metric == "errors" or metric.startswith("latency_ms")
    sign = "+" if signed else ""
    if plain:
        return f"{number:{sign}.4g}".replace(".", ",")
    unit = "điểm" if signed else "%"
    return f"{number * 100:{sign}.1f} {unit}".replace(".", ",")
