"""The kinds of question. Nothing about a single procedure is an intent (decision D1)."""

from enum import Enum


class Intent(str, Enum):
    """Kind of question or remark, as labelled in training and evaluation data."""

    ASK_PROCEDURE = "ask_procedure"
    ASK_LEVEL = "ask_level"
    ASK_DOCUMENTS = "ask_documents"
    ASK_FEE = "ask_fee"
    ASK_TIME = "ask_time"
    ASK_PLACE = "ask_place"
    ASK_AUTHORITY = "ask_authority"
    ASK_FORM = "ask_form"
    ASK_LEGAL_BASIS = "ask_legal_basis"
    ASK_ELIGIBILITY = "ask_eligibility"
    ASK_RESULT = "ask_result"
    LIST_PROCEDURES = "list_procedures"
    COUNT_PROCEDURES = "count_procedures"
    EXPLAIN_LEVEL = "explain_level"
    EXPLAIN_TERM = "explain_term"
    ASK_UNIT = "ask_unit"
    ASK_HOURS = "ask_hours"
    START_DOSSIER = "start_dossier"
    RESUME_DOSSIER = "resume_dossier"
    DOSSIER_STATUS = "dossier_status"
    EXPLAIN_STATUS = "explain_status"
    WITHDRAW_DOSSIER = "withdraw_dossier"
    ASK_DEADLINE = "ask_deadline"
    SUBMISSION_PROBLEM = "submission_problem"
    ACCOUNT_PROBLEM = "account_problem"
    PAYMENT_PROBLEM = "payment_problem"
    ASK_AUTHORISATION = "ask_authorisation"
    ASK_DELIVERY = "ask_delivery"
    COMPLAINT = "complaint"
    CORRUPTION_REPORT = "corruption_report"
    FEEDBACK = "feedback"
    HAND_OFF = "hand_off"
    PRIVACY_REQUEST = "privacy_request"
    GREET = "greet"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    AFFIRM = "affirm"
    DENY = "deny"
    SELECT_OPTION = "select_option"
    RESTART = "restart"
    BOT_IDENTITY = "bot_identity"
    CAPABILITIES = "capabilities"
    INSULT = "insult"
    EMERGENCY = "emergency"
    SELF_HARM = "self_harm"
    SCAM_ALERT = "scam_alert"
    ILLEGAL_REQUEST = "illegal_request"
    SENSITIVE_TOPIC = "sensitive_topic"
    OUT_OF_SCOPE = "out_of_scope"


ABOUT_A_PROCEDURE = frozenset(
    {
        Intent.ASK_PROCEDURE,
        Intent.ASK_LEVEL,
        Intent.ASK_DOCUMENTS,
        Intent.ASK_FEE,
        Intent.ASK_TIME,
        Intent.ASK_PLACE,
        Intent.ASK_AUTHORITY,
        Intent.ASK_FORM,
        Intent.ASK_LEGAL_BASIS,
        Intent.ASK_ELIGIBILITY,
        Intent.ASK_RESULT,
    }
)
