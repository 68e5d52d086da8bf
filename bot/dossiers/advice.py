"""Says the facts of ``readiness``: files, pictures, accounts, outages. Pure."""

from collections.abc import Sequence

from bot.answers.about import published
from bot.answers.about.figures import day, number
from bot.answers.about.lines import bullets, inline
from bot.answers.phrase import Phrase, Value, phrase
from bot.catalogue.records import Procedure
from bot.catalogue.view import Catalogue
from bot.dossiers.casefile import Draft
from bot.dossiers.readiness import Basis, Down, Fact, Fault, Readiness
from bot.dossiers.ways import stated_for, ways_of

PORTAL = "dichvucong.gov.vn"
LEVEL = 2


def files(procedure: Procedure, draft: Draft, readiness: Readiness, catalogue: Catalogue) -> Phrase:
    """Which files the system of this procedure takes, or that this is not known."""
    unit = catalogue.current_units.get(draft.unit or "")
    urls = published.links(stated_for(procedure, unit, catalogue, draft.touched_on)) or (PORTAL,)
    upload = readiness.upload(procedure.code, urls)
    if upload is None or not upload.formats:
        general = readiness.upload(procedure.code, (PORTAL,))
        if general is None or not general.formats:
            return phrase("utter_guide_files_unknown")
        return phrase(
            "utter_guide_files_other", formats=_formats(general.formats), size=_size(general.advised_mb)
        )
    size = upload.advised_mb or upload.max_mb
    return phrase(
        "utter_guide_files", formats=_formats(upload.formats), size=_size(size), system=upload.system
    )


def pictures(procedure: Procedure, readiness: Readiness) -> tuple[Phrase, ...]:
    """How pictures have to be."""
    rules = [scan for scan in readiness.pictures(procedure.code) if scan.fault is not Fault.SENT_IN_CHAT]
    return bullets(inline(scan.what) for scan in rules)


def account(procedure: Procedure, readiness: Readiness) -> tuple[Phrase, ...]:
    """What has to be done for an account of level 2, each with its source."""
    return bullets(_sourced(fact.what, fact) for fact in readiness.account(procedure.code, LEVEL))


def outage(procedure: Procedure, draft: Draft, readiness: Readiness) -> tuple[Phrase, ...]:
    """What to do while the portal is down."""
    steps = readiness.steps(Down.PORTAL, procedure.code, ways_of(procedure, draft.touched_on))
    return tuple(
        phrase("utter_guide_item", number=position, paper=_sourced(step.what, step))
        for position, step in enumerate(steps, start=1)
    )


def _sourced(what: str, fact: Fact) -> Value:
    if fact.basis in (Basis.LAW, Basis.PUBLISHED):
        return phrase("utter_about_with_note", fact=inline(what), note=inline(fact.source))
    if fact.basis is Basis.PRESS:
        note = phrase("utter_guide_press", date=day(fact.dated))
        return phrase("utter_about_with_note", fact=inline(what), note=note)
    return inline(what)


def _formats(formats: Sequence[str]) -> str:
    return ", ".join(name.upper() for name in formats)


def _size(megabytes: float | None) -> Value:
    return phrase("utter_guide_size", size=number(megabytes)) if megabytes else ""
