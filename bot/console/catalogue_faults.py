"""Why a change of a record is not taken, as keys of texts."""

from collections.abc import Mapping

from bot.amendments.faults import Fault

FAULTS: Mapping[Fault, str] = {
    Fault.UNKNOWN: "fault_record_gone",
    Fault.REASON: "fault_reason",
    Fault.DOCUMENT: "fault_record_document",
    Fault.ADDRESS: "error_record_url",
    Fault.DAY: "fault_record_day",
    Fault.FIELD: "fault_record_unsound",
    Fault.PATCH: "fault_record_unsound",
    Fault.SAME: "fault_record_same",
    Fault.OUTDATED: "fault_record_changed",
}
