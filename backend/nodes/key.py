"""Alchemy's API key, from the providers' secret, kept for MAX_AGE_SECONDS.

A key that was refused is looked for again past that, at most every REFRESH_SECONDS.

The secret is JSON: {"AlchemyApiKey": "...", "MoralisApiKey": "..."}. boto3 is Lambda's own and
not in our artifact: loading it takes longer than all the rest, so only this reading does.
"""

import json
from collections.abc import Callable
from contextlib import suppress

from nodes.errors import RpcEndpointError

MAX_AGE_SECONDS = 300.0
REFRESH_SECONDS = 30.0

type GetSecret = Callable[[str], str]
"""Secret ARN -> SecretString."""


class AlchemyKey:
    """`read` gives the key; there is no other way to see it."""

    def __init__(
        self, secret_arn: str, *, get_secret: GetSecret, monotonic: Callable[[], float]
    ) -> None:
        self._secret_arn = secret_arn
        self._get_secret = get_secret
        self._monotonic = monotonic
        self._kept: tuple[float, str] | None = None
        self._refreshed_at: float | None = None

    def read(self, refused: str | None = None) -> str:
        """The key; where the one that is held was `refused`, the secret's, if there is another.

        Raises RpcEndpointError: the secret cannot be read or holds no usable key, and none is held.
        """
        now = self._monotonic()
        if self._kept is None or now - self._kept[0] >= MAX_AGE_SECONDS:
            self._kept = now, self._fetch()
        elif refused == self._kept[1] and self._may_refresh(now):
            self._refreshed_at = now
            with suppress(RpcEndpointError):  # the refusal says more
                self._kept = now, self._fetch()
        return self._kept[1]

    def _may_refresh(self, now: float) -> bool:
        return self._refreshed_at is None or now - self._refreshed_at >= REFRESH_SECONDS

    def _fetch(self) -> str:
        try:
            key = json.loads(self._get_secret(self._secret_arn))["AlchemyApiKey"]
        except Exception as error:  # botocore's own tree, and json's errors carry the document
            reason = f"the Alchemy key cannot be read: {type(error).__name__}"
            raise RpcEndpointError(reason) from None
        if not isinstance(key, str) or not (key.isascii() and key.isprintable() and key.strip()):
            raise RpcEndpointError("the secret holds no usable AlchemyApiKey")
        return key.strip()


def get_secret_from_secrets_manager(secret_arn: str) -> str:
    """One try, bounded; region, credentials and endpoint as botocore finds them."""
    import boto3
    from botocore.config import Config

    config = Config(connect_timeout=1, read_timeout=1, retries={"total_max_attempts": 1})
    client = boto3.client("secretsmanager", config=config)
    secret: str = client.get_secret_value(SecretId=secret_arn)["SecretString"]
    return secret
