"""Every setting of the program, read once per process from the environment."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """All settings. Names are `SCHOOLOS_` and the field in capitals, but for DATABASE_URL and REDIS_URL."""

    model_config = SettingsConfigDict(
        env_prefix="SCHOOLOS_", frozen=True, extra="forbid", env_ignore_empty=True, populate_by_name=True
    )

    data_dir: Path = Field(
        default=Path(".schoolos"), description="Where embedded servers, files, models and generated secrets live."
    )
    host: str = Field(default="127.0.0.1", description="Address the web server listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port the web server listens on.")
    public_url: str | None = Field(
        default=None, description="Address people reach the service at; links in messages start with it."
    )
    database_url: str | None = Field(
        default=None,
        validation_alias="DATABASE_URL",
        description="PostgreSQL of the application role, `postgresql://user:password@host/name`. Empty: embedded.",
    )
    migration_database_url: str | None = Field(
        default=None, description="The same database as its owner, for migrations. Empty: embedded."
    )
    redis_url: str | None = Field(
        default=None,
        validation_alias="REDIS_URL",
        description="Redis or Valkey, `redis://host:6379/0`. Empty: embedded.",
    )
    database_pool: int = Field(default=10, ge=1, le=200, description="Connections kept per process.")
    workers: int = Field(
        default=1,
        ge=1,
        le=32,
        description="Worker processes of `schoolos up`, some 400 MB each. Two answer a burst of messages faster than one.",
    )
    worker_niceness: int = Field(
        default=10,
        ge=0,
        le=19,
        description="How much worker and scheduler give way to the web server on one machine, as `nice` counts it.",
    )
    secret_key: SecretStr | None = Field(
        default=None, description="Key that signs tokens and links. Empty: made once in the data directory."
    )
    access_token_minutes: int = Field(default=15, ge=1, le=1440, description="Life of an access token, minutes.")
    refresh_token_days: int = Field(default=30, ge=1, le=365, description="Life of an unused refresh token, days.")
    approval_minutes: int = Field(
        default=30, ge=1, le=10080, description="How long a preview can be approved, minutes."
    )
    demo: bool = Field(
        default=True, description="Load the demo school when the database is empty, and show its sign-ins."
    )
    sandbox: bool = Field(
        default=True, description="Deliver SMS, WhatsApp and e-mail to the sandbox phones when no provider is set up."
    )
    model: str = Field(
        default="offline",
        description="Language models in order of preference, separated by commas, e.g. `anthropic:claude-sonnet-4-5`. "
        "`offline` is the built-in planner and always the last resort.",
    )
    model_timeout_s: float = Field(default=30.0, gt=0, description="Seconds before a silent model is given up.")
    model_base_url: str | None = Field(default=None, description="Base address of an OpenAI-compatible server.")
    hide_names: bool = Field(
        default=False, description="Replace students' names, phones and addresses before a hosted model sees them."
    )
    reranker: str | None = Field(
        default=None,
        description="Cross-encoder that reads the first 20 passages of a search again: a folder, or its name on the model "
        "hub. Empty: the fused order stands.",
    )
    sms_per_second: int = Field(default=30, ge=1, description="Messages a second the SMS gateway accepts.")
    rate_limit_read: str = Field(
        default="600/minute", description="Reads of one capability by one caller, such as `600/minute`."
    )
    rate_limit_write: str = Field(default="120/minute", description="Changes by one capability by one caller.")
    rate_limit_send: str = Field(default="60/minute", description="Uses of one capability that reaches people.")
    model_cache: Path | None = Field(
        default=None, description="Folder of the exported and trained models. Empty: the data directory."
    )
    storage_url: str | None = Field(
        default=None, description="Where files are kept, `s3://bucket/prefix`. Empty: `files/` in the data directory."
    )
    upload_limit_mb: int = Field(default=20, ge=1, le=1024, description="Largest file taken, megabytes.")
    log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR.")
    otel_endpoint: str | None = Field(
        default=None, description="OTLP/HTTP address traces are sent to. Empty: no export."
    )
    webhooks_to_private_addresses: bool = Field(
        default=False,
        description="Let webhooks go to private and local addresses, over plain HTTP too; for trying out.",
    )
    cors_origins: str = Field(default="", description="Origins, comma separated, whose pages may embed the widget.")
    slack_signing_secret: SecretStr | None = Field(
        default=None, description="Signing secret of the Slack app: Slack then reaches `/api/slack/events` over HTTP."
    )
    slack_app_token: SecretStr | None = Field(
        default=None, description="App-level token (`xapp-…`) of the Slack app: Slack is then reached by Socket Mode."
    )
    slack_client_id: str | None = Field(default=None, description="Client id of the Slack app, for “Add to Slack”.")
    slack_client_secret: SecretStr | None = Field(default=None, description="Client secret of the Slack app.")
    slack_api_url: str = Field(
        default="https://slack.com/api/", description="Address of Slack's Web API.", pattern=r"^https?://.+/$"
    )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read on first use."""
    return Settings()


def models_dir() -> Path:
    """Where exported and trained models are kept."""
    return (settings().model_cache or settings().data_dir).absolute() / "models"
