"""Dates, sums and counts written the Vietnamese way."""

from datetime import date


def day(value: date) -> str:
    """A date as dd/mm/yyyy."""
    return value.strftime("%d/%m/%Y")


def money(dong: int) -> str:
    """A sum in đồng with dots between thousands: 200000 is 200.000."""
    return f"{dong:,}".replace(",", ".")


def number(value: float) -> str:
    """A count with a decimal comma and no needless zeros: 3.0 is 3, 0.5 is 0,5."""
    return f"{value:,.2f}".rstrip("0").rstrip(".").translate(str.maketrans(",.", ".,"))
