"""Alchemy's API key, from the providers' secret.

The secret is JSON: {"AlchemyApiKey": "...", "MoralisApiKey": "..."}. boto3 is Lambda's own and
not in our artifact: loading it takes longer than all the rest, so only this reading does.
"""

import json
from collections.abc import Callable

from nodes.errors import RpcEndpointError
from runtime.cached_secret import CachedSecret, UnreadableSecretError

type GetSecret = Callable[[str], str]
"""Secret ARN -> SecretString."""


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
    try:
        key = json.loads(get_secret(secret_arn))["AlchemyApiKey"]
    except Exception as error:  # botocore's own tree, and json's errors carry the document
        reason = f"the Alchemy key cannot be read: {type(error).__name__}"
        raise UnreadableSecretError(reason) from None
    if not isinstance(key, str) or not (key.isascii() and key.isprintable() and key.strip()):
        raise UnreadableSecretError("the secret holds no usable AlchemyApiKey")
    return key.strip()


def get_secret_from_secrets_manager(secret_arn: str) -> str:
    """One try, bounded; region, credentials and endpoint as botocore finds them."""
    import boto3
    from botocore.config import Config

    config = Config(connect_timeout=1, read_timeout=1, retries={"total_max_attempts": 1})
    client = boto3.client("secretsmanager", config=config)
    secret: str = client.get_secret_value(SecretId=secret_arn)["SecretString"]
    return secret
