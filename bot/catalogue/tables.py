"""Tables of procedures and their versions; agencies, units and imports are in ``tables_context``.

Two times are kept: ``valid_from``/``valid_to`` say when something held in the world (``valid_to`` is the
last day), ``recorded_at``/``superseded_at`` say when this database believed it. Rows are never deleted.
A version whose ``superseded_at`` is set and ``valid_to`` is not was wrong and is left out of every answer.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.catalogue import tables_context  # noqa: F401  registers the other half of the catalogue
from bot.database import metadata

procedure = Table(
    "procedure",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(16), nullable=False, unique=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

procedure_version = Table(
    "procedure_version",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("procedure_id", ForeignKey("procedure.id"), nullable=False),
    Column("version_no", Integer, nullable=False),
    # valid_from is what the record says; effective_from is what as-of look-ups use (null: since ever).
    Column("valid_from", Date),
    Column("effective_from", Date),
    Column("valid_to", Date),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("superseded_at", DateTime(timezone=True)),
    Column("content_hash", String(64), nullable=False),
    Column("import_run_id", ForeignKey("import_run.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("short_name", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("handler", String(20), nullable=False),
    Column("scope", String(12), nullable=False),
    Column("authority", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("curated", Boolean, nullable=False),
    Column("popularity", Integer, nullable=False),
    Column("source_title", Text, nullable=False),
    Column("source_url", Text),
    Column("retrieved_on", Date),
    Column("checked_on", Date),
    Column("admin_levels", JSON, nullable=False),
    Column("applicants", JSON, nullable=False),
    Column("channels", JSON, nullable=False),
    Column("times", JSON, nullable=False),
    Column("steps", JSON, nullable=False),
    Column("conditions", JSON, nullable=False),
    Column("results", JSON, nullable=False),
    Column("legal_basis", JSON, nullable=False),
    Column("mistakes", JSON, nullable=False),
    Column("related", JSON, nullable=False),
    Column("questions", JSON, nullable=False),
    Column("reading", JSON),
    Column("history", JSON, nullable=False),
    UniqueConstraint("procedure_id", "version_no"),
    Index("ix_procedure_version_superseded_at", "superseded_at"),
)


def _part(name: str, *columns: Column) -> Table:
    """A list that belongs to one version, in the order of ``position``."""
    return Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True),
        Column("version_id", ForeignKey("procedure_version.id"), nullable=False, index=True),
        Column("position", Integer, nullable=False),
        *columns,
    )


procedure_case = _part(
    "procedure_case",
    Column("slug", String(80), nullable=False),
    Column("label", Text, nullable=False),
    Column("note", Text, nullable=False),
)

paper = _part(
    "paper",
    # The position of the case among its version's cases; null: needed in every case.
    Column("case_position", Integer),
    Column("name", Text, nullable=False),
    Column("need", String(12), nullable=False),
    Column("originals", Integer, nullable=False),
    Column("copies", Integer, nullable=False),
    Column("form", Text),
    Column("database", Text),
    Column("note", Text, nullable=False),
    Column("optional", Boolean, nullable=False),
)

fee = _part(
    "fee",
    Column("kind", String(12), nullable=False),
    # Licence fees of banks and mines pass the range of a 32-bit integer.
    Column("amount", BigInteger),
    Column("per", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("channel", String(12)),
    Column("note", Text, nullable=False),
    Column("relief", Text, nullable=False),
    Column("legal_basis", Text, nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
)

form = _part(
    "form",
    Column("name", Text, nullable=False),
    Column("code", Text),
    Column("issued_by", Text, nullable=False),
)

alias = _part("alias", Column("term", Text, nullable=False))

# One row per agency of a statement; statement_no keeps together what the source states in one line.
level_statement = Table(
    "level_statement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("procedure_id", ForeignKey("procedure.id"), nullable=False, index=True),
    Column("statement_no", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("agency_code", String(40), nullable=False, index=True),
    Column("scheme", String(8), nullable=False),
    Column("value", String(12), nullable=False),
    Column("reason", Text, nullable=False),
    Column("legal_basis", Text, nullable=False),
    Column("service_code", String(24), nullable=False),
    Column("variant", Text, nullable=False),
    Column("submit_url", Text),
    Column("system", Text, nullable=False),
    Column("trial", Boolean, nullable=False),
    Column("source", Text, nullable=False),
    Column("stated_on", Date, nullable=False),
    Column("valid_to", Date),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("superseded_at", DateTime(timezone=True)),
    Column("import_run_id", ForeignKey("import_run.id"), nullable=False),
)
