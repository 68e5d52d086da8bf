"""Alembic entry point: runs the versions against the URL given by bot.database or alembic.ini."""

from alembic import context

from bot.catalogue import tables as _catalogue  # noqa: F401  registers the tables
from bot.catalogue import tables_amendments as _amendments  # noqa: F401
from bot.catalogue import tables_changes as _changes  # noqa: F401
from bot.channels import tables as _channels  # noqa: F401
from bot.control import tables as _control  # noqa: F401
from bot.conversations import tables as _conversations  # noqa: F401
from bot.database import connect, metadata
from bot.dossiers import tables as _dossiers  # noqa: F401
from bot.following import tables as _following  # noqa: F401
from bot.gateways import tables as _gateways  # noqa: F401
from bot.handoffs import tables as _handoffs  # noqa: F401
from bot.learning import tables as _learning  # noqa: F401
from bot.notices import tables as _notices  # noqa: F401
from bot.payments import tables as _payments  # noqa: F401
from bot.privacy import tables as _privacy  # noqa: F401
from bot.reviews import tables as _reviews  # noqa: F401
from bot.staff import tables as _staff  # noqa: F401
from bot.steering import tables as _steering  # noqa: F401
from bot.upkeep import tables as _upkeep  # noqa: F401


def _run() -> None:
    url = context.config.get_main_option("sqlalchemy.url") or ""
    if context.is_offline_mode():
        context.configure(url=url, target_metadata=metadata, literal_binds=True)
        with context.begin_transaction():
            context.run_migrations()
        return
    engine = connect(url)
    with engine.connect() as connection:
        context.configure(
            connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    engine.dispose()


_run()
