"""The keys providers sign with, from one Secrets Manager secret, kept for MAX_AGE_SECONDS.

The secret is JSON: {"AlchemySigningKeys": "whsec_...,whsec_...", "MoralisStreamSecrets": "..."}.
Each is a comma list, so that a rotation loses nothing: add the new key, wait MAX_AGE_SECONDS,
rotate at the provider, and take the old one out when the log shows its `key_number` no more.
"""

import re

from runtime.secrets import GetSecret, UnreadableSecretError, read_document, secrets_provider
from runtime.settings import Secret
from webhooks.errors import SigningKeyError

MAX_AGE_SECONDS = 300
MAX_KEYS = 5
# Anyone can sign with an empty key, and guess a short one.
_KEY = re.compile(r"[!-+\--~]{16,512}")  # printable, no comma, no space
_READ_TIMEOUT_SECONDS = 1  # Alchemy waits five seconds in all


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
            return read_document(self._get_secret, self._secret_arn)
        except UnreadableSecretError as error:
            raise SigningKeyError(str(error)) from None


def secrets_manager(*, max_age: int = MAX_AGE_SECONDS) -> GetSecret:
    """Read through Powertools, which caches; region and endpoint as botocore finds them."""
    provider = secrets_provider(read_timeout=_READ_TIMEOUT_SECONDS)
    return lambda secret_arn: provider.get(secret_arn, max_age=max_age)
