"""``bot figures``: what staff and managers steer by, as files."""

import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.database import connect, upgrade
from bot.settings import get_settings
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.audit import OPERATOR
from bot.steering.daily import Settling
from bot.steering.export import Format, file_name
from bot.steering.export import export as written
from bot.steering.period import Period, day_of
from bot.steering.report import Group, measure
from bot.steering.wording import read_figures

_USUAL_DAYS = 30
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def figures() -> None:
    """Số liệu điều hành / figures to steer by."""


@figures.command()
@click.option("--format", "form", type=click.Choice([form.value for form in Format]), default="json")
@click.option("--since", type=_DAY, help="Từ ngày, mặc định 30 ngày / first day, else 30 days ago.")
@click.option("--until", type=_DAY, help="Đến hết ngày, mặc định hôm nay / last day, else today.")
@click.option("--group", "groups", multiple=True, type=click.Choice([group.value for group in Group]))
@click.option(
    "--out", type=click.Path(path_type=Path), help="Tệp hoặc thư mục; “-”: màn hình / file, folder, -."
)
def export(
    form: str, since: datetime | None, until: datetime | None, groups: tuple[str, ...], out: Path | None
) -> None:
    """Ghi số liệu ra tệp, ô dưới 5 người được che / write the figures, cells below 5 people hidden."""
    settings, now = get_settings(), time.time()
    zone = ZoneInfo(settings.time_zone)
    today = day_of(now, zone)
    last = min(until.date(), today) if until else today
    first = since.date() if since else last - timedelta(days=_USUAL_DAYS - 1)
    try:
        period = Period(first, last, zone)
    except ValueError:
        raise click.UsageError(f"không phải một kỳ / not a period: {first} – {last}") from None
    wanted = [group for group in Group if not groups or group.value in groups]
    upgrade(settings.database_url)
    engine = connect(settings.database_url)
    with engine.begin() as connection:
        detail = {"since": first.isoformat(), "until": last.isoformat(), "format": form}
        audit.record(connection, OPERATOR, Action.EXPORTED, "figures", now, detail=detail)
        file = read_figures(settings.data_dir / "steering" / "figures.yaml")
        report = measure(connection, wanted, period, file, now)
    engine.dispose()
    content = written(report, Format(form))
    if str(out) == "-":
        sys.stdout.buffer.write(content)
        return
    name = file_name(report, Format(form))
    path = Path(name) if out is None else out / name if out.is_dir() else out
    path.write_bytes(content)
    click.echo(str(path))


@figures.command()
def count() -> None:
    """Đếm sẵn các ngày đã qua; cổng tự làm mỗi nửa giờ / count days that are over, as the gateway does."""
    settings = get_settings()
    upgrade(settings.database_url)
    engine = connect(settings.database_url, durable=True)
    counted = Settling(engine, ZoneInfo(settings.time_zone)).once(time.time())
    engine.dispose()
    click.echo(f"{counted} ngày / days")
