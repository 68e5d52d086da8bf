"""How the assistant's process writes its log."""

import logging

import structlog
from structlog.tracebacks import ExceptionDictTransformer


def open_logs(level: str) -> None:
    """Messages of ``level`` and above, one a line on stderr; Rasa's events as JSON, as ``rasa run`` writes
    them where there is no terminal, without its reporting of errors to a service nobody sets up here.
    """
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.StackInfoRenderer(),
            structlog.dev.set_exc_info,
            # Without local variables: those are words of citizens.
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        cache_logger_on_first_use=True,
    )
