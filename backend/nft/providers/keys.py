"""The providers' API keys, from one Secrets Manager secret, kept for MAX_AGE_SECONDS.

The secret is JSON: {"AlchemyApiKey": "...", "MoralisApiKey": "..."}. A new value is in use
MAX_AGE_SECONDS after it was stored, without a deployment.
"""

import json
from collections.abc import Callable

from aws_lambda_powertools.utilities.parameters import SecretsProvider
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError
from botocore.config import Config
from botocore.exceptions import ClientError

from nft.cursor_keys import ReadVersion
from nft.errors import CursorKeyError, ProviderKeyError
from runtime.settings import Secret

MAX_AGE_SECONDS = 300
# Two tries of at most 3 s leave the provider its share of the function's time.
_CLIENT_CONFIG = Config(
    connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 2, "mode": "standard"}
)

type GetSecret = Callable[[str], object]
"""Secret ARN -> SecretString."""


class ProviderKeys:
    def __init__(self, secret_arn: str, get_secret: GetSecret) -> None:
        self._secret_arn = secret_arn
        self._get_secret = get_secret

    def alchemy(self) -> Secret:
        """Raises ProviderKeyError."""
        return self._key("AlchemyApiKey")

    def moralis(self) -> Secret:
        """Raises ProviderKeyError."""
        return self._key("MoralisApiKey")

    def _key(self, name: str) -> Secret:
        keys = self._keys()
        key = keys.get(name) if isinstance(keys, dict) else None
        if not isinstance(key, str) or not _fits_a_header(key.strip()):
            raise ProviderKeyError(f"the secret holds no usable {name}")
        return Secret(key.strip())

    def _keys(self) -> object:
        try:
            text = self._get_secret(self._secret_arn)
        except GetParameterError as error:
            raise ProviderKeyError(f"the secret cannot be read: {_reason(error)}") from None
        try:
            return json.loads(text) if isinstance(text, str) else None
        except ValueError:  # json's error carries the whole document
            raise ProviderKeyError("the secret is not JSON") from None


def secrets_manager(*, max_age: int = MAX_AGE_SECONDS) -> GetSecret:
    """Read through Powertools, which caches; region and endpoint as botocore finds them."""
    provider = SecretsProvider(boto_config=_CLIENT_CONFIG)
    return lambda secret_arn: provider.get(secret_arn, max_age=max_age)


def secret_version(secret_arn: str, provider: SecretsProvider | None = None) -> ReadVersion:
    """Read one version of a secret, uncached."""
    reader = provider or SecretsProvider(boto_config=_CLIENT_CONFIG)

    def read(stage: str) -> str | None:
        try:
            text = reader.get(secret_arn, force_fetch=True, VersionStage=stage)
        except GetParameterError as error:
            if stage == "AWSPREVIOUS" and _reason(error) == "ResourceNotFoundException":
                return None
            raise CursorKeyError(f"the secret cannot be read: {_reason(error)}") from None
        return text if isinstance(text, str) else None

    return read


def _reason(error: GetParameterError) -> str:
    """AWS's error code, such as AccessDeniedException; the name of anything else."""
    cause = error.__cause__ or error.__context__
    if isinstance(cause, ClientError):
        return cause.response.get("Error", {}).get("Code", "ClientError")
    return type(cause).__name__


def _fits_a_header(key: str) -> bool:
    return bool(key) and key.isascii() and key.isprintable() and " " not in key
