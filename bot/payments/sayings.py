"""Everything the assistant says about payments, as phrases and buttons. Pure."""

from bot.answers.about.figures import money
from bot.answers.about.lines import bullets, inline
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Button, Phrase, act, phrase
from bot.following.state import FeeDue
from bot.payments.bill import Bill, News, Order, Owed, Standing
from bot.payments.states import OPEN, PaymentState, Way
from bot.payments.times import local

NAME = "pay"

_OUTCOMES = {
    Standing.NOTHING: Outcome.ANSWERED,
    Standing.UNPROVEN: Outcome.GUIDED,
    Standing.UNLISTED: Outcome.NO_DATA,
    Standing.UNAVAILABLE: Outcome.NO_DATA,
}


def bill_answer(bill: Bill, ways: frozenset[Way]) -> Answer:
    """A payment with what the citizen can do now."""
    # "Pending" is also what the platform says of a payment nobody has begun to make.
    if bill.state in OPEN and bill.link:
        return _to_pay(bill, ways)
    return Answer(
        Outcome.ANSWERED, (_state(bill.state, bill.dossier, bill.amount, bill.settled_at),), _next(bill)
    )


def waiting_answer(bill: Bill) -> Answer:
    """The citizen says that the money was sent, and nobody has told us of it."""
    said = "utter_pay_transfer_waiting" if bill.way is Way.TRANSFER else "utter_pay_waiting"
    return Answer(
        Outcome.ANSWERED,
        (phrase(said, code=bill.dossier, amount=money(bill.amount)),),
        (_check(bill), *_open(bill)),
    )


def standing_answer(code: str, owed: Owed) -> Answer:
    """Why nothing can be paid for a dossier now."""
    return Answer(_OUTCOMES[owed.standing], (phrase(f"utter_pay_{owed.standing.value}", code=code),))


def down_answer(order: Order) -> Answer:
    """The platform does not answer: what is owed, and how to pay otherwise. Never another account."""
    body = (*_owed(order.dossier, order.owed), phrase("utter_pay_down"))
    return Answer(
        Outcome.GUIDED, body, (act(phrase("utter_pay_button_again"), f"{NAME}:start:{order.dossier}"),)
    )


def counter_answer(order: Order) -> Answer:
    """Neither platform nor account is set up here."""
    return Answer(Outcome.GUIDED, (*_owed(order.dossier, order.owed), phrase("utter_pay_counter")))


def gone_answer() -> Answer:
    """A draft or payment that is not there any more."""
    return Answer(Outcome.NO_DATA, (phrase("utter_pay_gone"),))


def later_answer() -> Answer:
    """The citizen pays another time."""
    return Answer(Outcome.GUIDED, (phrase("utter_pay_later"),))


def news_phrases(news: News) -> tuple[Phrase, ...]:
    """What is written to a citizen on our own account: code, sum and state, nothing else."""
    return (_state(news.state, news.dossier, news.amount, news.at),)


def items_of(items: tuple[FeeDue, ...]) -> tuple[Phrase, ...]:
    """One line for every fee."""
    return bullets(
        phrase(
            "utter_about_fee_of",
            what=inline(item.name),
            fee=phrase("utter_about_fee_amount", amount=money(item.amount)),
        )
        for item in items
    )


def moment_of(at: float) -> Phrase:
    """Hour and day in Vietnam."""
    moment = local(at)
    return phrase("utter_pay_moment", time=f"{moment:%H:%M}", date=f"{moment:%d/%m/%Y}")


def _to_pay(bill: Bill, ways: frozenset[Way]) -> Answer:
    transfer = bill.way is Way.TRANSFER
    body = (
        phrase("utter_pay_owed", code=bill.dossier, amount=money(bill.amount)),
        *items_of(bill.items),
        phrase(
            "utter_pay_by_transfer" if transfer else "utter_pay_by_platform", until=moment_of(bill.expires_at)
        ),
        phrase("utter_pay_caution"),
    )
    buttons = (*_open(bill), _check(bill))
    if not transfer and Way.TRANSFER in ways:
        buttons += (act(phrase("utter_pay_button_transfer"), f"{NAME}:transfer:{bill.dossier}"),)
    return Answer(Outcome.GUIDED, body, buttons)


def _state(state: PaymentState, code: str, amount: int, at: float | None) -> Phrase:
    values = {"code": code, "amount": money(amount)}
    if state is PaymentState.PAID and at is not None:
        return phrase("utter_pay_state_paid", at=moment_of(at), **values)
    return phrase(f"utter_pay_state_{state.value}", **values)


def _next(bill: Bill) -> tuple[Button, ...]:
    if bill.state in OPEN:
        return (_check(bill), *_open(bill))
    if bill.state in (PaymentState.FAILED, PaymentState.EXPIRED):
        verb = "transfer" if bill.way is Way.TRANSFER else "start"
        return (act(phrase("utter_pay_button_again"), f"{NAME}:{verb}:{bill.dossier}"),)
    return ()


def _open(bill: Bill) -> tuple[Button, ...]:
    if not bill.link:
        return ()
    title = "utter_pay_button_qr" if bill.way is Way.TRANSFER else "utter_pay_button_open"
    return (Button(phrase(title), url=bill.link),)


def _check(bill: Bill) -> Button:
    return act(phrase("utter_pay_button_paid"), f"{NAME}:state:{bill.reference}")


def _owed(code: str, owed: Owed) -> tuple[Phrase, ...]:
    return (phrase("utter_pay_owed", code=code, amount=money(owed.amount)), *items_of(owed.items))
