"""What of a draft goes into a receipt or a submission: names, never who somebody is."""

import msgspec


class ListedPaper(msgspec.Struct, frozen=True):
    """A paper of the checklist. ``ticked``: the citizen has it at hand."""

    name: str
    ticked: bool


class Described(msgspec.Struct, frozen=True):
    """A draft in words. ``cases``: labels of what was answered; ``agency``: code of the agency that takes
    the dossier in (H49.22), "" where it is not known.
    """

    procedure_code: str
    procedure_name: str
    unit: str
    unit_name: str
    cases: tuple[str, ...] = ()
    papers: tuple[ListedPaper, ...] = ()
    agency: str = ""
