"""The providers' API keys, from one Secrets Manager secret, kept for MAX_AGE_SECONDS.

The secret is JSON: {"AlchemyApiKey": "...", "MoralisApiKey": "..."}. A new value is in use
MAX_AGE_SECONDS after it was stored, without a deployment.
"""

from aws_lambda_powertools.utilities.parameters import SecretsProvider
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError

from nft.cursor_keys import ReadVersion
from nft.errors import CursorKeyError, ProviderKeyError
from runtime.secrets import (
    GetSecret,
    UnreadableSecretError,
    failure_of,
    read_document,
    secrets_provider,
)
from runtime.settings import Secret

MAX_AGE_SECONDS = 300
# Two tries of at most 3 s leave the provider its share of the function's time.
_READ_TIMEOUT_SECONDS = 2


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
            return read_document(self._get_secret, self._secret_arn)
        except UnreadableSecretError as error:
            raise ProviderKeyError(str(error)) from None


def secrets_manager(*, max_age: int = MAX_AGE_SECONDS) -> GetSecret:
    """Read through Powertools, which caches; region and endpoint as botocore finds them."""
    provider = secrets_provider(read_timeout=_READ_TIMEOUT_SECONDS)
    return lambda secret_arn: provider.get(secret_arn, max_age=max_age)


def secret_version(secret_arn: str, provider: SecretsProvider | None = None) -> ReadVersion:
    """Read one version of a secret, uncached."""
    reader = provider or secrets_provider(read_timeout=_READ_TIMEOUT_SECONDS)

    def read(stage: str) -> str | None:
        try:
            text = reader.get(secret_arn, force_fetch=True, VersionStage=stage)
        except GetParameterError as error:
            if stage == "AWSPREVIOUS" and failure_of(error) == "ResourceNotFoundException":
                return None
            raise CursorKeyError(f"the secret cannot be read: {failure_of(error)}") from None
        return text if isinstance(text, str) else None

    return read


def _fits_a_header(key: str) -> bool:
    return bool(key) and key.isascii() and key.isprintable() and " " not in key
