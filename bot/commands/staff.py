"""``bot staff``: accounts of staff and the record of what they did, for whoever runs the installation."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import click
from sqlalchemy.engine import Connection

from bot.database import connect, upgrade
from bot.keys import staff_key
from bot.settings import get_settings
from bot.staff import accounts, sessions
from bot.staff import audit as log
from bot.staff.accounts import Account
from bot.staff.actions import Action
from bot.staff.audit import OPERATOR
from bot.staff.chain import Breach, Head
from bot.staff.passwords import one_time_password
from bot.staff.roles import Role
from bot.staff.second_factor import SecondFactor

ROLE = click.Choice([role.value for role in Role])
_ROLES = {
    Role.AGENT: "cán bộ hỗ trợ",
    Role.SUPERVISOR: "giám sát",
    Role.EDITOR: "biên tập",
    Role.APPROVER: "phê duyệt",
    Role.ANALYST: "phân tích",
    Role.PRIVACY: "bảo vệ dữ liệu cá nhân",
    Role.ADMIN: "quản trị",
}
_BREACHES = {
    Breach.ALTERED: "nội dung đã bị sửa / was altered",
    Breach.UNLINKED: "không nối tiếp dòng trước / does not follow the one before",
    Breach.CUT: "nhật ký đã bị cắt hoặc làm lại / the log was cut or made anew",
}


@click.group()
def staff() -> None:
    """Tài khoản cán bộ và nhật ký / accounts of staff and their audit log."""


@staff.command("list")
def list_() -> None:
    """Mọi tài khoản / all accounts."""
    with _opened() as (connection, now):
        for account in accounts.everyone(connection):
            roles = ", ".join(_ROLES[role] for role in Role if role in account.roles)
            notes = "".join(f"  [{note}]" for note in _notes(connection, account, now))
            click.echo(f"{account.login}  {account.name}  {roles}{notes}")


@staff.command()
@click.argument("login")
@click.option("--name", required=True, help="Họ và tên / full name.")
@click.option("--role", "roles", multiple=True, required=True, type=ROLE, help="May be repeated.")
def create(login: str, name: str, roles: tuple[str, ...]) -> None:
    """Tạo tài khoản với mật khẩu dùng một lần / a new account with a one-time password."""
    password = one_time_password()
    with _opened() as (connection, now):
        chosen = {Role(role) for role in roles}
        made = accounts.create(connection, login, name, chosen, password, now, must_change=True)
        _record(connection, Action.ACCOUNT_CREATED, made, now, roles=",".join(sorted(roles)))
    _tell_password(made.login, password)


@staff.command()
@click.argument("login")
@click.argument("roles", nargs=-1, type=ROLE)
@click.option("--active/--inactive", default=None, help="Cho dùng hay ngừng dùng / in use or not.")
def roles(login: str, roles: tuple[str, ...], active: bool | None) -> None:
    """Đổi vai trò hoặc ngừng dùng; phiên đang mở kết thúc / other roles, or out of use; sessions end."""
    if not roles and active is None:
        raise click.UsageError("nêu vai trò, --active hoặc --inactive / say roles, --active or --inactive")
    with _opened() as (connection, now):
        found = _found(connection, login)
        chosen = {Role(role) for role in roles} or found.roles
        in_use = found.active if active is None else active
        changed = accounts.change(connection, found.id, found.name, chosen, in_use)
        sessions.end_all(connection, found.id)
        listed = ",".join(sorted(role.value for role in changed.roles))
        _record(connection, Action.ACCOUNT_CHANGED, found, now, roles=listed, active=changed.active)
    click.echo(f"{changed.login}: {listed}{'' if changed.active else ' (ngừng dùng / out of use)'}")


@staff.command("reset-password")
@click.argument("login")
def reset_password(login: str) -> None:
    """Cấp mật khẩu dùng một lần, kết thúc mọi phiên / a one-time password; all sessions end."""
    password = one_time_password()
    with _opened() as (connection, now):
        found = _found(connection, login)
        accounts.set_password(connection, found.id, password, now, must_change=True)
        sessions.end_all(connection, found.id)
        _record(connection, Action.PASSWORD_CHANGED, found, now)
    _tell_password(found.login, password)


@staff.command("reset-factor")
@click.argument("login")
def reset_factor(login: str) -> None:
    """Bỏ mã xác thực; lần vào sau phải đặt lại / no second factor; it must be set up at the next entry."""
    with _opened() as (connection, now):
        found = _found(connection, login)
        SecondFactor(staff_key(get_settings())).drop(connection, found.id)
        sessions.end_all(connection, found.id)
        _record(connection, Action.ACCOUNT_CHANGED, found, now, factor="dropped")
    click.echo(f"{found.login}: đã bỏ mã xác thực / second factor dropped")


@staff.command()
@click.argument("login")
def unlock(login: str) -> None:
    """Mở khóa tài khoản / open a locked account."""
    with _opened() as (connection, now):
        found = _found(connection, login)
        accounts.unlock(connection, found.id)
        _record(connection, Action.ACCOUNT_CHANGED, found, now, unlocked=True)
    click.echo(f"{found.login}: đã mở khóa / unlocked")


@staff.command()
@click.argument("login")
@click.argument("subject", required=False)
def bind(login: str, subject: str | None) -> None:
    """Gắn với SUBJECT của hệ thống đăng nhập chung / bind to a person of the log-in provider.

    SUBJECT is the provider's "sub"; bỏ trống để gỡ / without it the account is bound to nobody.
    """
    issuer = get_settings().oidc_issuer
    if subject and not issuer:
        raise click.ClickException("BOT_OIDC_ISSUER: chưa đặt / not set")
    with _opened() as (connection, now):
        found = _found(connection, login)
        accounts.bind_subject(connection, found.id, f"{issuer}#{subject}" if subject else None)
        _record(connection, Action.ACCOUNT_CHANGED, found, now, bound=bool(subject))
    click.echo(f"{found.login}: " + ("đã gắn / bound" if subject else "đã gỡ / unbound"))


@staff.group()
def audit() -> None:
    """Nhật ký kiểm toán / the audit log."""


@audit.command()
@click.option("--head", "noted", help="ID:HASH ghi lại từ lần trước / as noted from an earlier run.")
def verify(noted: str | None) -> None:
    """Kiểm tra chuỗi nhật ký; mã 1 khi có sai lệch / check the chain; exit 1 when something is wrong.

    Note the printed head somewhere else: with it the next check also finds entries deleted from the end.
    """
    with _opened() as (connection, now):
        fault = log.verify(connection, _head(noted) if noted else None)
        detail = {"ok": fault is None, "entry": fault.entry_id if fault else None}
        log.record(connection, OPERATOR, Action.AUDIT_VERIFIED, "audit", now, detail=detail)
        head = log.head(connection)
    if fault:
        raise click.ClickException(f"dòng / entry {fault.entry_id}: {_BREACHES[fault.breach]}")
    click.echo(f"nhật ký nguyên vẹn / the log is whole; head {head}")


@audit.command()
def head() -> None:
    """Dòng mới nhất, để ghi lại ở nơi khác / the newest entry, to be noted elsewhere for "verify --head"."""
    with _opened() as (connection, _):
        click.echo(log.head(connection))


@audit.command()
@click.option("--login", help="Chỉ của tài khoản này / of this account only.")
@click.option("--action", type=click.Choice([action.value for action in Action]))
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@click.option("--before", type=int, help="Chỉ các dòng trước số này / only entries before this number.")
def show(login: str | None, action: str | None, limit: int, before: int | None) -> None:
    """Các dòng mới nhất trước / the newest entries first."""
    zone = ZoneInfo(get_settings().time_zone)
    with _opened() as (connection, _):
        account_id = _found(connection, login).id if login else None
        for entry in log.entries(connection, before, limit, account_id, Action(action) if action else None):
            at = datetime.fromtimestamp(entry.at, zone)
            details = " ".join(f"{name}={value}" for name, value in sorted(entry.detail.items()))
            line = f"{entry.id}  {at:%d/%m/%Y %H:%M:%S}  {entry.login}  {entry.ip or '-'}  {entry.action}"
            click.echo("  ".join(part for part in (line, entry.object, entry.reason, details) if part))


@contextmanager
def _opened() -> Iterator[tuple[Connection, float]]:
    """One transaction and its time; what the domain refuses ends the command with one line."""
    url = get_settings().database_url
    upgrade(url)
    engine = connect(url)
    try:
        with engine.begin() as connection:
            yield connection, time.time()
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    finally:
        engine.dispose()


def _found(connection: Connection, login: str) -> Account:
    account = accounts.by_login(connection, login)
    if account is None:
        raise click.ClickException(f"không có tài khoản / no account: {login}")
    return account


def _notes(connection: Connection, account: Account, now: float) -> Iterator[str]:
    if not account.active:
        yield "ngừng dùng / out of use"
    if accounts.locked_until(connection, account.id) > now:
        yield "đang khóa / locked"
    if account.must_change:
        yield "phải đổi mật khẩu / must change the password"
    if not account.has_factor:
        yield "chưa có mã xác thực / no second factor"


def _record(
    connection: Connection, action: Action, account: Account, now: float, **detail: str | bool
) -> None:
    log.record(connection, OPERATOR, action, f"account:{account.id}", now, detail=detail)


def _tell_password(login: str, password: str) -> None:
    click.echo(
        f"{login}: mật khẩu dùng một lần, chỉ hiện lần này / one-time password, shown only now: {password}"
    )


def _head(noted: str) -> Head:
    number, _, digest = noted.partition(":")
    if not number.isdigit() or len(digest) != 64:
        raise click.BadParameter("ID:HASH", param_hint="--head")
    return Head(int(number), digest)
