"""Settings of the webhook functions, read once from their environment."""

from collections.abc import Mapping
from typing import NamedTuple, Self

from runtime.settings import required


class WebhookSettings(NamedTuple):
    signing_keys_secret_arn: str
    invalidation_table_name: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Raise `SettingError` rather than start with a setting missing."""
        return cls(
            signing_keys_secret_arn=required(environment, "WEBHOOK_KEYS_SECRET_ARN"),
            invalidation_table_name=required(environment, "INVALIDATION_TABLE_NAME"),
        )
