"""Alchemy's API key, from the providers' secret.

The secret is JSON: {"AlchemyApiKey": "...", "MoralisApiKey": "..."}.
"""

from collections.abc import Callable

from nodes.errors import RpcEndpointError
from runtime.cached_secret import CachedSecret, UnreadableSecretError
from runtime.secrets import GetSecret, read_document


class AlchemyKey:
    """`read` gives the key; there is no other way to see it."""

    def __init__(
        self, secret_arn: str, *, get_secret: GetSecret, monotonic: Callable[[], float]
    ) -> None:
        self._secret = CachedSecret(lambda _: _read_key(get_secret, secret_arn), clock=monotonic)

    def read(self, refused: str | None = None) -> str:
        """The key; a newer one where the cached one was `refused` and the secret has another.

        Raises:
            RpcEndpointError: the secret cannot be read or holds no usable key, and none is cached.
        """
        try:
            if refused is None:
                return self._secret.value()
            return self._secret.refreshed_if(lambda key: key == refused)
        except UnreadableSecretError as error:
            raise RpcEndpointError(str(error)) from None


def _read_key(get_secret: GetSecret, secret_arn: str) -> str:
    document = read_document(get_secret, secret_arn)
    key = document.get("AlchemyApiKey") if isinstance(document, dict) else None
    if not isinstance(key, str) or not (key.isascii() and key.isprintable() and key.strip()):
        raise UnreadableSecretError("the secret holds no usable AlchemyApiKey")
    return key.strip()
