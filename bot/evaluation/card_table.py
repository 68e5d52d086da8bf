"""The card of a model for a terminal. Pure; cards of older releases lack parts, which are left out."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.evaluation.bench import text
from bot.evaluation.table import columns, figures
from bot.evaluation.titles import title_of, value

_CONFUSIONS = 15
_MB = 1_000_000


def card_text(card: Mapping[str, Any]) -> str:
    """The card in Vietnamese, part by part."""
    return "\n\n".join(part for part in _parts(card) if part)


def _parts(card: Mapping[str, Any]) -> Iterator[str]:
    yield _head(card)
    yield _fallen(card)
    yield figures(card["metrics"])
    yield _intents(card)
    yield _confusions(card)
    yield _calibration(card)
    yield _search(card)
    yield columns([("Dữ liệu", "dấu vân"), *card.get("data", {}).items()])


def _head(card: Mapping[str, Any]) -> str:
    sizes, machine = card.get("sizes", {}), card.get("machine", {})
    commit = card.get("commit")
    changed = " (có thay đổi chưa lưu)" if card.get("uncommitted") else ""
    model_mb = sizes["model_bytes"] / _MB if "model_bytes" in sizes else None
    rows = [
        ("Mô hình", card["model"]),
        ("Đo lúc", card["made"]),
        ("Được phát hành", "có" if card["released"] else "không"),
        ("So với mô hình", card.get("compared", {}).get("model") or "–"),
        ("Mã nguồn", f"{commit[:12]}{changed}" if commit else "–"),
        ("Huấn luyện (giây)", text(card.get("training_seconds"))),
        ("Tệp mô hình (MB)", text(round(model_mb, 2) if model_mb is not None else None)),
        ("Thủ tục trong danh mục", str(sizes.get("procedures", "–"))),
        ("Câu hỏi đánh giá", str(sizes.get("questions", card["metrics"]["n"]))),
    ]
    if machine:
        rows.append(("Máy đo", f"{machine['cpu']} · {machine['cores']} nhân · tải {text(machine['load'])}"))
    return columns(rows)


def _fallen(card: Mapping[str, Any]) -> str:
    fell = [(title_of(f["metric"]), value(f["metric"], f["value"]), f["limit"]) for f in card["fell"]]
    fell += [
        (title_of(w["metric"]), value(w["metric"], w["value"]), f"trước là {value(w['metric'], w['before'])}")
        for w in card.get("compared", {}).get("worse", [])
    ]
    return columns([("Không đạt", "đo được", "cho phép"), *fell]) if fell else ""


def _intents(card: Mapping[str, Any]) -> str:
    shares = ("precision", "recall", "f1")
    return columns(
        [
            ("Ý định", "chính xác", "bao phủ", "F1", "số câu"),
            *(
                (kind, *(value("share", scores[share]) for share in shares), str(scores["n"]))
                for kind, scores in card["intents"].items()
            ),
        ]
    )


def _confusions(card: Mapping[str, Any]) -> str:
    rows = [(row["meant"], row["taken_for"], str(row["n"])) for row in card["confusions"][:_CONFUSIONS]]
    return columns([("Hỏi về", "hiểu thành", "số lần"), *rows]) if rows else ""


def _calibration(card: Mapping[str, Any]) -> str:
    rows = [
        (
            f"{text(row['low'])}–{text(row['high'])}",
            str(row["n"]),
            value("share", row["stated"]),
            value("share", row["right"]),
        )
        for row in card.get("calibration", [])
    ]
    return columns([("Xác suất", "số câu", "dự báo", "thực đúng"), *rows]) if rows else ""


def _search(card: Mapping[str, Any]) -> str:
    thresholds = card.get("search", {}).get("thresholds", {})
    rows = [(name, text(number)) for name, number in thresholds.items()]
    return columns([("Ngưỡng", ""), *rows]) if rows else ""
