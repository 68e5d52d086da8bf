"""``bot register``: what citizens announced to counters, for the staff who take it in."""

import time

import click

from bot.database import connect, upgrade
from bot.gateways.register.codes import read_code
from bot.gateways.register.registration import Registration
from bot.gateways.register.store import Registrations
from bot.settings import get_settings


@click.group()
def register() -> None:
    """Phiếu hẹn nộp hồ sơ tại quầy / dossiers announced to counters."""


@register.command("list")
@click.option("--unit", help="Mã xã, phường, đặc khu / code of a commune.")
def list_waiting(unit: str | None) -> None:
    """Phiếu đang chờ, ngày hẹn gần nhất trước / what is announced, the nearest day first."""
    waiting = _opened().waiting(unit)
    for found in waiting:
        day = f"{found.day:%d/%m/%Y}" if found.day else "--/--/----"
        described = found.described
        click.echo(f"{found.code}  {day}  {described.procedure_code}  {described.procedure_name}")
    if not waiting:
        click.echo("Không có phiếu nào đang chờ.")


@register.command()
@click.argument("code")
def show(code: str) -> None:
    """Một phiếu với giấy tờ của nó / one announcement with its papers."""
    found = _found(_opened(), code)
    described = found.described
    click.echo(f"Phiếu {found.code}: {_STATES[found.state.value]}")
    click.echo(f"Thủ tục: {described.procedure_name} (mã {described.procedure_code})")
    click.echo(f"Nơi nộp: {described.unit_name}")
    click.echo(f"Ngày dự kiến: {f'{found.day:%d/%m/%Y}' if found.day else 'chưa chọn'}")
    for case in described.cases:
        click.echo(f"Trường hợp: {case}")
    for paper in described.papers:
        click.echo(f"[{'x' if paper.ticked else ' '}] {paper.name}")
    if found.accepted_by:
        click.echo(f"Người nhận: {found.accepted_by}; mã hồ sơ: {found.dossier_code or 'chưa ghi'}")
    if found.reason:
        click.echo(f"Lý do: {found.reason}")


@register.command()
@click.argument("code")
@click.option("--by", required=True, help="Người nhận / who takes it in.")
@click.option("--dossier", help="Mã hồ sơ / code of the dossier.")
def accept(code: str, by: str, dossier: str | None) -> None:
    """Ghi đã nhận hồ sơ; người dân được báo / the dossier was taken in; the citizen hears of it."""
    registrations = _opened()
    found = _found(registrations, code)
    if not by.strip():
        raise click.BadParameter("cần tên người nhận / say who", param_hint="--by")
    done = registrations.accept(found.code, by.strip(), dossier.strip().upper() if dossier else None)
    _say(done, found, "đã ghi nhận hồ sơ / accepted")


@register.command()
@click.argument("code")
@click.option("--reason", required=True, help="Lý do, người dân đọc được / why; the citizen reads it.")
def refuse(code: str, reason: str) -> None:
    """Ghi chưa nhận hồ sơ và lý do; người dân được báo / it was not taken in; the citizen hears of it."""
    registrations = _opened()
    found = _found(registrations, code)
    if not reason.strip():
        raise click.BadParameter("cần nêu lý do / say why", param_hint="--reason")
    _say(registrations.refuse(found.code, reason.strip()), found, "đã ghi lý do chưa nhận / refused")


_STATES = {
    "registered": "đang chờ",
    "accepted": "đã nhận hồ sơ",
    "refused": "chưa nhận hồ sơ",
    "withdrawn": "người dân đã hủy",
    "expired": "hết hạn",
}


def _say(done: bool, found: Registration, what: str) -> None:
    if not done:
        raise click.ClickException(f"{found.code}: phiếu không còn chờ / is settled already")
    click.echo(f"{found.code}: {what}")


def _found(registrations: Registrations, typed: str) -> Registration:
    code = read_code(typed)
    if code is None:
        raise click.ClickException(f"mã phiếu không đúng, kiểm tra lại / no such code: {typed}")
    found = registrations.with_code(code)
    if found is None:
        raise click.ClickException(f"không có phiếu / no receipt {code}")
    return found


def _opened() -> Registrations:
    url = get_settings().database_url
    upgrade(url)
    return Registrations(connect(url), time.time)
