"""The keys providers sign with, from one Secrets Manager secret, kept for MAX_AGE_SECONDS.

The secret is JSON: {"AlchemySigningKeys": "whsec_...,whsec_...", "MoralisStreamSecrets": "..."}.
Each is a comma list, so that a rotation loses nothing: add the new key, wait MAX_AGE_SECONDS,
rotate at the provider, and take the old one out when the log shows its `key_number` no more.
"""

import json
import re
from collections.abc import Callable

from aws_lambda_powertools.utilities.parameters import SecretsProvider
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError
from botocore.config import Config
from botocore.exceptions import ClientError

from runtime.settings import Secret
from webhooks.errors import SigningKeyError

MAX_AGE_SECONDS = 300
MAX_KEYS = 5
# Anyone can sign with an empty key, and guess a short one.
_KEY = re.compile(r"[!-+\--~]{16,512}")  # printable, no comma, no space
_CLIENT_CONFIG = Config(
    connect_timeout=1, read_timeout=1, retries={"total_max_attempts": 2, "mode": "standard"}
)

type GetSecret = Callable[[str], object]
"""Secret ARN -> SecretString."""


class SigningKeys:
    def __init__(self, secret_arn: str, get_secret: GetSecret) -> None:
        self._secret_arn = secret_arn
        self._get_secret = get_secret

    def alchemy(self) -> tuple[Secret, ...]:
        """Raises SigningKeyError."""
        return self._keys("AlchemySigningKeys")

    def moralis(self) -> tuple[Secret, ...]:
        """Raises SigningKeyError."""
        return self._keys("MoralisStreamSecrets")

    def _keys(self, name: str) -> tuple[Secret, ...]:
        document = self._document()
        listed = document.get(name) if isinstance(document, dict) else None
        keys = [key.strip() for key in listed.split(",")] if isinstance(listed, str) else []
        if not 0 < len(keys) <= MAX_KEYS or not all(map(_KEY.fullmatch, keys)):
            raise SigningKeyError(f"the secret holds no usable {name}")
        return tuple(map(Secret, keys))

    def _document(self) -> object:
        try:
            text = self._get_secret(self._secret_arn)
        except GetParameterError as error:
            raise SigningKeyError(f"the secret cannot be read: {_reason(error)}") from None
        try:
            return json.loads(text) if isinstance(text, str) else None
        except ValueError:  # json's error carries the whole document
            raise SigningKeyError("the secret is not JSON") from None


def secrets_manager(*, max_age: int = MAX_AGE_SECONDS) -> GetSecret:
    """Read through Powertools, which caches; region and endpoint as botocore finds them."""
    provider = SecretsProvider(boto_config=_CLIENT_CONFIG)
    return lambda secret_arn: provider.get(secret_arn, max_age=max_age)


def _reason(error: GetParameterError) -> str:
    """AWS's error code, such as AccessDeniedException; the name of anything else."""
    cause = error.__cause__ or error.__context__
    if isinstance(cause, ClientError):
        return str(cause.response.get("Error", {}).get("Code", "ClientError"))
    return type(cause).__name__
