"""Ready or not: what is missing and how to get it; where and how to hand in. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answers.about import fee, level_cautions, place, published, reply, time
from bot.answers.about.figures import day
from bot.answers.about.lines import bullets, heading, inline, unit_name
from bot.answers.asked import Asked
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Button, Phrase, act, phrase
from bot.answers.turn import Turn
from bot.catalogue.enums import Channel, Handler
from bot.catalogue.records import Procedure
from bot.catalogue.units import Unit
from bot.catalogue.view import Catalogue
from bot.dossiers import advice
from bot.dossiers.asking import numbered
from bot.dossiers.casefile import Draft
from bot.dossiers.checks import Check, for_somebody_else
from bot.dossiers.readiness import Readiness
from bot.dossiers.step import Step
from bot.dossiers.ways import in_person, stated_for

MOST_BUTTONS = 6
"""More are not read. What has no place any more is still understood when it is typed."""


@dataclass(frozen=True)
class Scene:
    """What a verdict is told from. ``extras``: buttons of other flows and pages that fit the
    draft; ``leaving``: the address behind a button that opens a page of the portal.
    """

    procedure: Procedure
    draft: Draft
    step: Step
    turn: Turn
    catalogue: Catalogue
    readiness: Readiness
    extras: Sequence[Button]
    leaving: Callable[[str], str]

    @property
    def asked(self) -> Asked:
        """The day and place the facts are wanted for."""
        return Asked(Intent.START_DOSSIER, "", self.turn.today, self.turn.today, unit=self.unit)

    @property
    def unit(self) -> Unit | None:
        """The citizen's commune."""
        return self.catalogue.current_units.get(self.draft.unit or "")


def not_ready(scene: Scene) -> Answer:
    """Everything that is missing, each with what to do about it."""
    draft, step = scene.draft, scene.step
    lines: list[Phrase] = [phrase("utter_guide_not_ready", name=heading(scene.procedure))]
    if step.missing:
        lines += [phrase("utter_guide_missing_papers"), *numbered(step.missing)]
    for check in step.failed:
        lines += [phrase(f"utter_guide_{check.value}_missing"), *_remedy(scene, check)]
    others = [way for way in (Channel.COUNTER, Channel.POST) if way in scene.procedure.channels]
    if Check.ACCOUNT in step.failed and others:
        lines.append(phrase("utter_guide_other_way"))
    buttons = [act(phrase("utter_guide_button_recheck"), f"guide:recheck:{draft.id}")]
    if step.failed and others:
        buttons.append(act(phrase("utter_guide_button_other_way"), f"guide:change-way:{draft.id}"))
    buttons.append(act(phrase("utter_guide_button_later"), f"guide:later:{draft.id}"))
    shown = (*buttons, *scene.extras)[:MOST_BUTTONS]
    return Answer(Outcome.GUIDED, tuple(lines), shown, procedure_code=scene.procedure.code)


def _remedy(scene: Scene, check: Check) -> tuple[Phrase, ...]:
    if check is Check.ACCOUNT:
        return advice.account(scene.procedure, scene.readiness)
    files = advice.files(scene.procedure, scene.draft, scene.readiness, scene.catalogue)
    return (*advice.pictures(scene.procedure, scene.readiness), files)


def ready(scene: Scene) -> Answer:
    """Where and how to hand in, what it costs and how long it takes, and what proves that it is sent."""
    draft, procedure = scene.draft, scene.procedure
    body: list[Phrase] = [phrase("utter_guide_ready", name=heading(procedure))]
    body += _where(scene)
    if for_somebody_else(draft):
        body.append(phrase("utter_guide_other_note"))
    if fees := fee.summary(procedure, scene.asked):
        body.append(phrase("utter_guide_fee", fee=fees))
    else:
        body.append(phrase("utter_guide_fee_unknown"))
    if limits := time.summary(procedure):
        body.append(phrase("utter_about_overview_time", time=limits))
    body.append(phrase(f"utter_guide_proof_{_proof(draft)}"))
    sent = act(phrase("utter_guide_button_sent"), f"guide:sent:{draft.id}")
    first = (*_open(scene), *scene.extras)[: MOST_BUTTONS - 1]
    buttons = (*first, sent, *_trouble(draft))[:MOST_BUTTONS]
    return reply.dated(procedure, scene.asked, body, buttons, outcome=Outcome.GUIDED)


def _proof(draft: Draft) -> str:
    return "online" if draft.way is Channel.ONLINE else "counter"


def _where(scene: Scene) -> list[Phrase]:
    if scene.draft.way is Channel.ONLINE:
        return _online(scene)
    if scene.draft.way is Channel.POST:
        return [phrase("utter_about_place_post"), *_counter(scene), phrase("utter_guide_post_note")]
    return [*_counter(scene), phrase("utter_guide_counter_note")]


def _online(scene: Scene) -> list[Phrase]:
    procedure, today = scene.procedure, scene.turn.today
    statements = stated_for(procedure, scene.unit, scene.catalogue, today)
    lines: list[Phrase] = list(_links(scene))
    if scene.unit and procedure.handler is Handler.COMMUNE:
        lines.append(phrase("utter_guide_choose_agency", unit=unit_name(scene.unit)))
    lines += [phrase(f"utter_guide_online_{number}") for number in range(1, 4)]
    if in_person(procedure, today):
        values = [statement.value for statement in statements]
        said = level_cautions.disagreement(procedure, values) or level_cautions.meanings(
            procedure, statements
        )
        lines.append(phrase("utter_guide_in_person"))
        lines += said
    return lines


def _links(scene: Scene) -> tuple[Phrase, ...]:
    procedure = scene.procedure
    statements = stated_for(procedure, scene.unit, scene.catalogue, scene.turn.today)
    urls = published.links(statements)
    if not urls:
        return (phrase("utter_about_place_portal", code=procedure.code),)
    checked = day(min(statement.stated_on for statement in statements))
    return tuple(phrase("utter_guide_link", url=url, code=procedure.code, date=checked) for url in urls)


def _counter(scene: Scene) -> list[Phrase]:
    procedure = scene.procedure
    lines: list[Phrase] = []
    if procedure.place:
        lines.append(phrase("utter_about_place_office", place=inline(procedure.place)))
    if place.takes_anywhere(procedure):
        suffix = "_too" if lines else ""
        if scene.unit:
            lines.append(phrase(f"utter_about_place_unit{suffix}", unit=unit_name(scene.unit)))
        else:
            lines.append(phrase(f"utter_about_place_any{suffix}"))
    if not lines:
        lines.append(reply.where_to_ask(procedure))
    steps = procedure.reading.offline_steps if procedure.reading else ()
    return [*lines, *bullets(map(inline, steps))]


def _open(scene: Scene) -> tuple[Button, ...]:
    if scene.draft.way is not Channel.ONLINE:
        return ()
    urls = published.links(stated_for(scene.procedure, scene.unit, scene.catalogue, scene.turn.today))
    url = urls[0] if urls else scene.procedure.source.url
    secure = url if url and url.startswith("https://") else ""
    return (Button(phrase("utter_guide_button_open"), url=scene.leaving(secure)),) if secure else ()


def _trouble(draft: Draft) -> tuple[Button, ...]:
    if draft.way is not Channel.ONLINE:
        return ()
    return (act(phrase("utter_guide_button_down"), f"guide:down:{draft.id}"),)
