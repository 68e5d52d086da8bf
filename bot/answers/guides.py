"""Kinds of question answered by one fixed guide, with the outcome each counts as."""

from collections.abc import Mapping

from bot.answers.intent import Intent
from bot.answers.outcome import Outcome

GUIDES: Mapping[Intent, tuple[Outcome, str]] = {
    Intent.START_DOSSIER: (Outcome.GUIDED, "utter_start_dossier"),
    Intent.RESUME_DOSSIER: (Outcome.GUIDED, "utter_resume_dossier"),
    Intent.DOSSIER_STATUS: (Outcome.NO_DATA, "utter_dossier_status"),
    Intent.WITHDRAW_DOSSIER: (Outcome.GUIDED, "utter_withdraw_dossier"),
    Intent.SUBMISSION_PROBLEM: (Outcome.GUIDED, "utter_submission_problem"),
    Intent.ACCOUNT_PROBLEM: (Outcome.GUIDED, "utter_account_problem"),
    Intent.PAYMENT_PROBLEM: (Outcome.GUIDED, "utter_payment_problem"),
    Intent.ASK_AUTHORISATION: (Outcome.GUIDED, "utter_ask_authorisation"),
    Intent.ASK_DELIVERY: (Outcome.GUIDED, "utter_ask_delivery"),
    Intent.EXPLAIN_LEVEL: (Outcome.ANSWERED, "utter_explain_level"),
    Intent.COMPLAINT: (Outcome.GUIDED, "utter_complaint"),
    Intent.CORRUPTION_REPORT: (Outcome.SAFETY, "utter_corruption_report"),
    Intent.FEEDBACK: (Outcome.GUIDED, "utter_feedback"),
    Intent.HAND_OFF: (Outcome.HANDED_OFF, "utter_hand_off"),
    Intent.PRIVACY_REQUEST: (Outcome.GUIDED, "utter_privacy_request"),
    Intent.GREET: (Outcome.COURTESY, "utter_greet"),
    Intent.THANKS: (Outcome.COURTESY, "utter_thanks"),
    Intent.GOODBYE: (Outcome.COURTESY, "utter_goodbye"),
    Intent.AFFIRM: (Outcome.COURTESY, "utter_affirm"),
    Intent.DENY: (Outcome.COURTESY, "utter_deny"),
    Intent.SELECT_OPTION: (Outcome.ASKED_BACK, "utter_option_gone"),
    Intent.RESTART: (Outcome.COURTESY, "utter_restart"),
    Intent.BOT_IDENTITY: (Outcome.COURTESY, "utter_bot_identity"),
    Intent.CAPABILITIES: (Outcome.COURTESY, "utter_capabilities"),
    Intent.INSULT: (Outcome.COURTESY, "utter_insult"),
    Intent.EMERGENCY: (Outcome.SAFETY, "utter_emergency"),
    Intent.SELF_HARM: (Outcome.SAFETY, "utter_self_harm"),
    Intent.SCAM_ALERT: (Outcome.SAFETY, "utter_scam_alert"),
    Intent.ILLEGAL_REQUEST: (Outcome.SAFETY, "utter_illegal_request"),
    Intent.SENSITIVE_TOPIC: (Outcome.OUT_OF_SCOPE, "utter_sensitive_topic"),
    Intent.OUT_OF_SCOPE: (Outcome.OUT_OF_SCOPE, "utter_out_of_scope"),
}
"""Response and outcome per kind; the other kinds have composers of their own."""

HELD = frozenset(
    {
        *(kind for kind, (outcome, _) in GUIDES.items() if outcome in (Outcome.SAFETY, Outcome.HANDED_OFF)),
        Intent.COMPLAINT,
        Intent.FEEDBACK,
        Intent.PRIVACY_REQUEST,
        Intent.DOSSIER_STATUS,
        Intent.RESUME_DOSSIER,
        Intent.ASK_DEADLINE,
    }
)
"""Kinds that stay what they are when a procedure is named: a cry for help is no question about it."""

NEAR_A_PROCEDURE = frozenset(
    {
        Intent.START_DOSSIER,
        Intent.WITHDRAW_DOSSIER,
        Intent.SUBMISSION_PROBLEM,
        Intent.ACCOUNT_PROBLEM,
        Intent.PAYMENT_PROBLEM,
        Intent.ASK_AUTHORISATION,
        Intent.ASK_DELIVERY,
    }
)
"""Guides that are told together with the procedure when the message names one."""

DANGER = frozenset({Intent.EMERGENCY, Intent.SELF_HARM})
"""Kinds where a life may hang on the answer."""
