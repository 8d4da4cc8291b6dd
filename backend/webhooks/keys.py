"""The keys providers sign with, from one Secrets Manager secret.

The secret is JSON: {"AlchemySigningKeys": "whsec_...,whsec_...", "MoralisStreamSecrets": "..."}.
Each is a comma list, so that a rotation loses nothing: add the new key, wait five minutes
(`runtime.cached_secret`), rotate at the provider, and take the old one out when the log shows its
`key_number` no more.
"""

import re
from collections.abc import Callable

from runtime.cached_secret import CachedSecret, Secret, UnreadableSecretError
from runtime.secrets import GetSecret, read_document
from runtime.settings import comma_list
from webhooks.errors import SigningKeyError

MAX_KEYS = 5
# Anyone can sign with an empty key, and guess a short one.
_KEY = re.compile(r"[!-+\--~]{16,512}")  # printable, no comma, no space


class SigningKeys:
    """`clock` gives seconds from any fixed point."""

    def __init__(
        self, secret_arn: str, get_secret: GetSecret, *, clock: Callable[[], float]
    ) -> None:
        self._document = CachedSecret(lambda _: _read(get_secret, secret_arn), clock=clock)

    def alchemy(self) -> tuple[Secret, ...]:
        """Raises SigningKeyError."""
        return self._keys("AlchemySigningKeys")

    def moralis(self) -> tuple[Secret, ...]:
        """Raises SigningKeyError."""
        return self._keys("MoralisStreamSecrets")

    def _keys(self, name: str) -> tuple[Secret, ...]:
        document = self._document.value()
        listed = document.get(name) if isinstance(document, dict) else None
        keys = comma_list(listed) if isinstance(listed, str) else []
        if not 0 < len(keys) <= MAX_KEYS or not all(map(_KEY.fullmatch, keys)):
            raise SigningKeyError(f"the secret holds no usable {name}")
        return tuple(map(Secret, keys))


def _read(get_secret: GetSecret, secret_arn: str) -> object:
    """A failure is no UnreadableSecretError: no key verifies longer than its secret can be read."""
    try:
        return read_document(get_secret, secret_arn)
    except UnreadableSecretError as error:
        raise SigningKeyError(str(error)) from None
