"""The one settings object: everything that may differ between two installations, read from the environment.

Each field is set by the variable ``BOT_`` + its name in capitals (``BOT_RASA_PORT=5006``) and explained for
operators in ``docs/operating.md``.
"""

import os
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseSettings, Field, validator

# What Rasa and its libraries read themselves. Rasa's telemetry is on unless told otherwise.
RASA_ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "COMPRESS_ACTION_SERVER_REQUEST": "true",
    # One message is too little work to share out: threads of arithmetic only wait for each other.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONUNBUFFERED": "1",
    "PYTHONWARNINGS": "ignore::DeprecationWarning",
    "SANIC_WORKERS": "1",
    "ACTION_SERVER_SANIC_WORKERS": "1",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "SQL_MAX_OVERFLOW": "5",
    "SQL_POOL_SIZE": "5",
    "TF_CPP_MIN_LOG_LEVEL": "2",
    "TF_INTER_OP_PARALLELISM_THREADS": "1",
    "TF_INTRA_OP_PARALLELISM_THREADS": "1",
    "TICKET_LOCK_LIFETIME": "120",
}

_URLS = r"^(https?://[^\s,/]+/?(\s*,\s*https?://[^\s,/]+/?)*)?$"
_LOOPBACK = ("127.", "localhost", "::1")

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class Settings(BaseSettings):
    """Immutable; relative paths and SQLite files are meant from the project folder.

    Raises ``pydantic.ValidationError`` naming the variable when a value makes no sense.
    """

    # The constraints are spelled out per field: pydantic 1 keeps the variable's name inside the Field object.
    database_url: Annotated[str, Field(min_length=1)] = "sqlite:///var/assistant.db"
    tracker_url: Annotated[str, Field(min_length=1)] = "sqlite:///var/tracker.db"
    data_dir: Path = Path("data")
    models_dir: Path = Path("models")
    var_dir: Path = Path("var")
    host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    rasa_port: Annotated[int, Field(ge=1, le=65535)] = 5005
    action_port: Annotated[int, Field(ge=1, le=65535)] = 5055
    # "short": Rasa's agent and the actions in one process (ADR 0018); "rasa": `rasa run`, an action server.
    engine: Literal["short", "rasa"] = "short"
    # Processes of the short engine, on the ports from rasa_port on; citizens are shared out among them.
    engine_processes: Annotated[int, Field(ge=1, le=32)] = 1
    # Where the gateway finds assistants on other machines; empty: those of this machine, as above.
    assistant_urls: Annotated[str, Field(regex=_URLS)] = ""
    start_timeout_seconds: Annotated[float, Field(gt=0)] = 180.0
    log_level: LogLevel = "INFO"
    refresh_seconds: Annotated[float, Field(gt=0)] = 5.0
    time_zone: Annotated[str, Field(min_length=1)] = "Asia/Ho_Chi_Minh"

    # The gateway: the one process that citizens and platforms reach.
    gateway_host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    gateway_port: Annotated[int, Field(ge=1, le=65535)] = 8080
    gateway_name: str = ""
    public_url: str = ""
    relay_secret: str = ""
    turn_timeout_seconds: Annotated[float, Field(gt=0)] = 20.0
    turns_at_once: Annotated[int, Field(ge=1, le=256)] = 16
    reorder_seconds: Annotated[float, Field(ge=0, le=5)] = 0.3

    web_secret: str = ""
    web_origins: str = ""
    web_embedded: bool = False
    blob_url: str = ""
    blob_days: Annotated[int, Field(ge=1, le=365)] = 7
    chat_days: Annotated[int, Field(ge=1, le=3650)] = 365

    zalo_app_id: str = ""
    zalo_app_secret: str = ""
    zalo_oa_id: str = ""
    zalo_oa_secret: str = ""
    zalo_api_url: str = "https://openapi.zalo.me"
    zalo_oauth_url: str = "https://oauth.zaloapp.com"
    zalo_file_hosts: str = "zdn.vn,zadn.vn,zalo.me"

    telegram_token: str = ""
    telegram_secret: str = ""
    telegram_api_url: str = "https://api.telegram.org"

    # Handing in, following and paying. An empty address switches the way off.
    portal_url: str = "https://dichvucong.gov.vn"
    vault_key: str = ""
    onestop_url: str = ""
    onestop_login_path: str = "/mapi/login"
    onestop_call_path: str = "/mapi/g"
    onestop_username: str = ""
    onestop_password: str = ""
    onestop_unit: str = ""
    onestop_destination: str = ""
    onestop_timeout_seconds: Annotated[float, Field(gt=0, le=60)] = 8.0
    onestop_submits: bool = False
    register_open: bool = True
    payment_url: str = ""
    payment_partner: str = ""
    payment_secret: str = ""
    payment_token: str = ""
    transfer_bank: str = ""
    transfer_account: str = ""
    transfer_name: str = ""

    # Writing to citizens on our own account.
    quiet_from: Annotated[str, Field(regex=r"^([01]\d|2[0-3]):[0-5]\d$")] = "21:00"
    quiet_to: Annotated[str, Field(regex=r"^([01]\d|2[0-3]):[0-5]\d$")] = "07:00"
    zalo_notice_template: str = ""

    # Hours of opening (data/console/hours.yaml) somebody waits for a person before it is given up.
    handoff_wait_hours: Annotated[float, Field(gt=0, le=240)] = 16.0

    # Whether the console asks each night if addresses in records still lead to something.
    link_checks: bool = True

    # Figures for others, written once a day. Empty: never.
    export_dir: str = ""

    # The console of staff: a process of its own, inside the house.
    console_host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    console_port: Annotated[int, Field(ge=1, le=65535)] = 8090
    console_public_url: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""

    @validator("relay_secret", always=True)
    def _asks_strangers(cls, secret: str, values: dict[str, Any]) -> str:  # noqa: N805  as pydantic 1 wants it
        """What listens on more than this machine must ask who calls."""
        if not secret and not str(values.get("host", "127.")).startswith(_LOOPBACK):
            raise ValueError("BOT_HOST is open to other machines: set BOT_RELAY_SECRET")
        return secret

    class Config:
        env_prefix = "BOT_"
        allow_mutation = False
        frozen = True

    @property
    def catalogue_dir(self) -> Path:
        """Records that ship with the project."""
        return self.data_dir / "catalogue"

    @property
    def log_dir(self) -> Path:
        return self.var_dir / "log"

    @property
    def learned_dir(self) -> Path:
        """Approved lessons as files: ``nlu/`` for training, ``evaluation/`` for measuring."""
        return self.var_dir / "learned"

    @property
    def rasa_url(self) -> str:
        return f"http://{self.host}:{self.rasa_port}"

    @property
    def rasa_urls(self) -> tuple[str, ...]:
        """Of all processes that answer."""
        if self.engine == "rasa":
            return (self.rasa_url,)
        return tuple(f"http://{self.host}:{self.rasa_port + n}" for n in range(self.engine_processes))

    @property
    def assistants(self) -> tuple[str, ...]:
        """Where the gateway asks: those it was told of, else the processes of this machine."""
        told = (url.strip().rstrip("/") for url in self.assistant_urls.split(","))
        return tuple(url for url in told if url) or self.rasa_urls

    @property
    def gateway_url(self) -> str:
        """Where citizens reach the gateway: behind a proxy its public address, without a final slash."""
        return self.public_url.rstrip("/") or f"http://{self.gateway_host}:{self.gateway_port}"

    @property
    def console_url(self) -> str:
        return f"http://{self.console_host}:{self.console_port}"

    @property
    def action_url(self) -> str:
        """Where the actions are: a server of their own, or the process that answers."""
        return f"http://{self.host}:{self.action_port}" if self.engine == "rasa" else self.rasa_url

    def environment(self) -> dict[str, str]:
        """Every variable with its value, as text; ``${…}`` in endpoints.yml means these."""
        return {f"BOT_{name.upper()}": str(value) for name, value in self.dict().items()}

    def process_environment(self) -> dict[str, str]:
        """For Rasa and the action server: ours, Rasa's own (the operator's word wins) and the settings."""
        return {**RASA_ENVIRONMENT, **os.environ, "LOG_LEVEL": self.log_level, **self.environment()}


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process, read once; ``get_settings.cache_clear()`` reads them anew."""
    return Settings()
