"""Numbers as staff read them: 1.234, 12,5%, 2 phút 5 giây. Pure."""

from bot.steering.figure import Figure, Kind, Row

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def count(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def decimal(number: float, places: int = 1) -> str:
    whole, _, rest = f"{number:.{places}f}".partition(".")
    return f"{count(int(whole))},{rest}" if rest else count(int(whole))


def percent(share: float) -> str:
    return f"{decimal(100 * share)}%"


def seconds(number: float) -> str:
    """In the two largest units."""
    whole = round(number)
    days, hours = whole // _DAY, whole % _DAY // _HOUR
    minutes, rest = whole % _HOUR // _MINUTE, whole % _MINUTE
    parts = [(days, "ngày"), (hours, "giờ"), (minutes, "phút"), (rest, "giây")]
    first = next((place for place, (size, _) in enumerate(parts) if size), len(parts) - 1)
    told = parts[first : first + 2]
    return " ".join(f"{size} {unit}" for place, (size, unit) in enumerate(told) if size or not place)


def milliseconds(number: float) -> str:
    return f"{round(number)} ms" if number < 1000 else f"{decimal(number / 1000, 2)} giây"


def value(figure: Figure, row: Row) -> str:
    """What a row amounts to; "" of nothing, and for plain counts."""
    if row.value is None:
        return ""
    if figure.kind is Kind.SHARE:
        return percent(row.value)
    if figure.kind is Kind.SECONDS:
        return seconds(row.value)
    if figure.kind is Kind.MILLISECONDS:
        return milliseconds(row.value)
    sign = "-" if row.value < 0 else ""
    return f"{sign}{decimal(abs(row.value))} điểm"
