"""Tables around the procedures: agencies, units, statistics, imports, contradictions, revisions."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.database import metadata

import_run = Table(
    "import_run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True)),
    Column("source", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("state", String(12), nullable=False),
    Column("counts", JSON, nullable=False),
)

catalogue_revision = Table(
    "catalogue_revision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("import_run_id", ForeignKey("import_run.id"), nullable=False),
)

contradiction = Table(
    "contradiction",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(32), nullable=False),
    # A procedure code or the id of a statistic.
    Column("subject", String(80), nullable=False),
    Column("evidence", Text, nullable=False),
    Column("found_at", DateTime(timezone=True), nullable=False),
    Column("resolved_at", DateTime(timezone=True)),
    Column("import_run_id", ForeignKey("import_run.id"), nullable=False),
    Index("ix_contradiction_subject", "subject"),
)

agency = Table(
    "agency",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("unit_code", String(8)),
    Column("groups", JSON, nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("successor", String(40)),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("superseded_at", DateTime(timezone=True)),
    Index("ix_agency_code", "code"),
)

# Codes of communes were reused on 1/7/2025 (06652 was Hà Phong, is Hà Tu): the key is (code, valid_to).
admin_unit = Table(
    "admin_unit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(8), nullable=False),
    Column("name", Text, nullable=False),
    Column("type", String(12), nullable=False),
    Column("short_name", Text, nullable=False),
    Column("parent_code", String(8)),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("basis", Text, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("superseded_at", DateTime(timezone=True)),
    Index("ix_admin_unit_code", "code"),
)

unit_succession = Table(
    "unit_succession",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("old_code", String(8), nullable=False),
    Column("old_name", Text, nullable=False),
    Column("old_district", Text, nullable=False),
    Column("new_code", String(8), nullable=False),
    Column("share", String(8), nullable=False),
    Column("area_only", Boolean, nullable=False),
    Column("basis", Text, nullable=False),
    Column("effective", Date, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("superseded_at", DateTime(timezone=True)),
)

statistic = Table(
    "statistic",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(80), nullable=False),
    Column("position", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("numerator", BigInteger),
    Column("denominator", BigInteger),
    Column("denominator_name", Text, nullable=False),
    Column("percent", Float),
    Column("unit", String(12), nullable=False),
    Column("scope", Text, nullable=False),
    Column("as_of", Date),
    Column("as_of_text", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("source_date", Date),
    Column("claim", Text, nullable=False),
    Column("parts", JSON, nullable=False),
    Column("contradiction", Text, nullable=False),
    Column("usable", Boolean, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("superseded_at", DateTime(timezone=True)),
    UniqueConstraint("key", "recorded_at"),
)
