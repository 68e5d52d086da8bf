"""``bot models``: the bank of models. List, look, compare, choose which one serves, go back, tidy up."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import click

from bot.bank.activation import Act, Activation
from bot.bank.bank import Bank, name_of
from bot.bank.entry import Entry, Refusal, find, refusal, superfluous
from bot.commands.learning import train_and_compare
from bot.evaluation.card_table import card_text
from bot.evaluation.comparing import compare as differences_of
from bot.evaluation.comparing import same_conditions, same_questions
from bot.evaluation.comparison_table import comparison
from bot.evaluation.table import columns
from bot.evaluation.titles import value
from bot.learning.releasing_sets import ReleaseError, read_tolerance_file
from bot.settings import Settings, get_settings
from bot.training import current_model, newest_model

_MB = 1_000_000
_SHOWN = ("procedure_top1", "intent_accuracy", "answered_wrong")
_ACTS = {
    Act.ACTIVATED: "đưa vào dùng",
    Act.ROLLED_BACK: "quay lại",
    Act.WENT_BACK: "máy chủ tự quay lại",
}
_REFUSALS = {
    Refusal.NOT_MEASURED: "chưa được đo. Chạy `bot release`, hoặc --force kèm --why",
    Refusal.NOT_RELEASED: "không đạt khi phát hành. Xem `bot models show`; hoặc --force kèm --why",
    Refusal.NO_REASON: "không đạt hoặc chưa đo: --force cần --why nêu lý do",
}


@click.group()
def models() -> None:
    """Ngân hàng mô hình / the bank of models."""


models.add_command(train_and_compare)


@models.command("list")
def list_models() -> None:
    """Mọi mô hình và lịch sử sử dụng / all models, and which of them served when."""
    settings = get_settings()
    bank = Bank(settings.models_dir)
    entries = _entries(settings)
    if not entries:
        click.echo("Chưa có mô hình nào. Chạy `make train`.")
        return
    zone = ZoneInfo(settings.time_zone)
    head = ("mô hình", "huấn luyện lúc", "MB", "phát hành", "vị trí 1", "ý định", "trả lời sai", "")
    rows = [
        (
            entry.id,
            f"{entry.made.astimezone(zone):%d/%m/%Y %H:%M}",
            f"{entry.size / _MB:.2f}".replace(".", ","),
            "–" if entry.card is None else "có" if entry.released else "không",
            *(value(name, (entry.card or {"metrics": {}})["metrics"].get(name)) for name in _SHOWN),
            ", ".join(_marks(entry, bank.active_model() is None and _in_use(settings) == entry.id)),
        )
        for entry in entries
    ]
    click.echo(columns([head, *rows]))
    active = bank.active()
    if active and not bank.path(active).exists():
        click.echo(f"\nKhông còn tệp của mô hình đang dùng {active}.")
    if history := bank.history():
        click.echo("\n" + columns([_step(step, zone) for step in history[-10:]]))


@models.command()
@click.argument("name", metavar="[ID]", required=False)
def show(name: str | None) -> None:
    """Thẻ của một mô hình, mặc định là mô hình đang dùng / the card of a model."""
    settings = get_settings()
    entry = _found(settings, name or _in_use(settings) or "")
    click.echo(card_text(_card(entry)))


@models.command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
def compare(first: str, second: str) -> None:
    """So sánh B với A: từng chỉ số, ý định, cách viết, thời gian / how B differs from A."""
    settings = get_settings()
    before, after = _found(settings, first), _found(settings, second)
    cards = _card(before), _card(after)
    try:
        found = differences_of(*cards, read_tolerance_file(settings))
    except ReleaseError as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(comparison((before.id, after.id), found))
    if not same_questions(*cards):
        click.echo("\nLưu ý: hai mô hình được đo trên bộ câu hỏi hoặc danh mục khác nhau.")
    if not same_conditions(*cards):
        click.echo("\nLưu ý: đo trên máy khác nhau hoặc máy đang bận, không kết luận về thời gian.")
    fell = sum(1 for difference in found if difference.fell)
    click.echo(
        f"\n{fell} chỉ số kém quá mức cho phép." if fell else "\nKhông chỉ số nào kém quá mức cho phép."
    )


@models.command()
@click.argument("name", metavar="ID")
@click.option("--why", default="", help="Lý do, ghi vào lịch sử / why, for the history.")
@click.option("--force", is_flag=True, help="Dùng cả khi không đạt; cần --why / also when not released.")
def activate(name: str, why: str, force: bool) -> None:
    """Đưa một mô hình vào dùng; máy chủ đang chạy tự chuyển / make a model serve."""
    settings = get_settings()
    entry = _found(settings, name)
    refused = refusal(entry, force, why)
    if refused is Refusal.ALREADY_ACTIVE:
        click.echo(f"{entry.id} đang được dùng rồi.")
        return
    if refused is not None:
        raise click.ClickException(f"{entry.id} {_REFUSALS[refused]}.")
    bank = Bank(settings.models_dir)
    if not bank.opens(entry.id):
        raise click.ClickException(f"{entry.id}: tệp mô hình hỏng.")
    bank.record(Act.ACTIVATED, entry.id, why, served=_in_use(settings), forced=not entry.released)
    older = "" if entry.current else " Mô hình này cũ hơn dữ liệu."
    click.echo(f"Đã đưa {entry.id} vào dùng.{older}")


@models.command()
@click.option("--why", default="", help="Lý do, ghi vào lịch sử / why, for the history.")
def rollback(why: str) -> None:
    """Quay lại mô hình dùng trước đó / return to the model before."""
    settings = get_settings()
    bank = Bank(settings.models_dir)
    before = bank.predecessor()
    if before is None:
        raise click.ClickException("Không có mô hình nào để quay lại.")
    bank.record(Act.ROLLED_BACK, before, why, served=None)
    click.echo(f"Đã quay lại {before}.")


@models.command()
@click.option("--keep", type=click.IntRange(min=0), required=True, help="Giữ lại mấy mô hình mới nhất.")
def prune(keep: int) -> None:
    """Xóa mô hình cũ, trừ mô hình đang dùng và mô hình trước nó / delete old models."""
    settings = get_settings()
    bank = Bank(settings.models_dir)
    gone = superfluous(_entries(settings), keep, _in_use(settings))
    for entry in gone:
        bank.delete(entry.id)
        click.echo(f"Đã xóa {entry.id}")
    if not gone:
        click.echo("Không có gì để xóa.")


def _entries(settings: Settings) -> list[Entry]:
    try:
        return Bank(settings.models_dir).entries(name_of(current_model(settings)))
    except ValueError as problem:
        raise click.ClickException(f"Thẻ mô hình hỏng: {problem}") from problem


def _found(settings: Settings, typed: str) -> Entry:
    found = find(_entries(settings), typed)
    if len(found) != 1:
        told = "không có mô hình này" if not found else "có nhiều mô hình bắt đầu như vậy"
        raise click.ClickException(f"{typed}: {told}. Xem `bot models list`.")
    return found[0]


def _card(entry: Entry) -> Mapping[str, Any]:
    if entry.card is None:
        raise click.ClickException(f"{entry.id} chưa được đo, không có thẻ. Chạy `bot release`.")
    return entry.card


def _in_use(settings: Settings) -> str | None:
    """What serves: the active model, or where there is none what would be taken."""
    model = newest_model(settings)
    return name_of(model) if model else None


def _marks(entry: Entry, serves: bool) -> list[str]:
    marks = [
        (entry.active, "đang dùng"),
        (serves, "đang dùng (mới nhất)"),
        (entry.predecessor, "dùng trước đó"),
        (not entry.current, "cũ hơn dữ liệu"),
    ]
    return [text for holds, text in marks if holds]


def _step(step: Activation, zone: ZoneInfo) -> tuple[str, ...]:
    forced = " (không đạt)" if step.forced else ""
    return (
        f"{step.at.astimezone(zone):%d/%m/%Y %H:%M:%S}",
        _ACTS[step.act] + forced,
        step.model,
        step.by,
        step.why,
    )
