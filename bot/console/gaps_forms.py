"""Forms of a cluster: another name for a procedure, and an order to the editors."""

from collections.abc import Sequence

from bot.console.filled import filled
from bot.console.forms import Form, Length, Optional, SelectField, StringField, TextAreaField, named
from bot.upkeep.clusters import Cluster
from bot.upkeep.orders import MOST_QUESTIONS, QUESTION_LENGTH, TITLE_LENGTH
from bot.upkeep.states import Need

_CODE_LENGTH = 16
_TERM_LENGTH = 120


class AliasForm(Form):
    term = StringField("field_alias", filled(_TERM_LENGTH), description="help_alias")
    procedure = StringField("field_alias_code", filled(_CODE_LENGTH), description="help_alias_code")
    reason = StringField("field_reason", filled(300))


class OrderForm(Form):
    need = SelectField("field_need", choices=named(Need))
    title = StringField("field_order_title", filled(TITLE_LENGTH), description="help_order_title")
    code = StringField(
        "field_order_code",
        [Optional(), Length(max=_CODE_LENGTH, message="error_too_long")],
        description="help_order_code",
    )
    questions = TextAreaField(
        "field_order_questions",
        [Optional(), Length(max=2 * MOST_QUESTIONS * QUESTION_LENGTH, message="error_too_long")],
        description="help_order_questions",
    )


def alias_form(cluster: Cluster, draft: str) -> AliasForm:
    return AliasForm(term=draft, procedure=cluster.codes[0].code if cluster.codes else "")


def order_form(cluster: Cluster, title: str, examples: Sequence[str]) -> OrderForm:
    code = cluster.codes[0].code if cluster.codes and cluster.need is Need.OTHER_NAME else ""
    return OrderForm(
        need=cluster.need.value, title=title[:TITLE_LENGTH], code=code, questions="\n".join(examples)
    )
