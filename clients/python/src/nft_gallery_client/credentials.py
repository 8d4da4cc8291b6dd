"""Temporary AWS credentials of the identity pool, for a guest or a wallet, new ones in time.

https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flow.html (enhanced flow)
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import boto3
import botocore.session
from botocore.credentials import (
    CredentialProvider,
    CredentialResolver,
    DeferredRefreshableCredentials,
)

from nft_gallery_client.connection import Connection
from nft_gallery_client.errors import CognitoRefusedError, SessionError, WalletAuthError

_LEFT_SECONDS = 300
"""Credentials with less time than that left are renewed."""


@dataclass(frozen=True)
class AwsCredentials:
    """`expires_at` is in seconds since 1970, by AWS's clock.

    `identity_id` is of the identity pool: it names the wallet's own prefix, where there is
    `WalletStorage`.
    """

    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    token: str = field(repr=False)
    expires_at: float
    identity_id: str


class CredentialsSource:
    """`login` gives the ID token to prove a wallet with, or None for a guest."""

    def __init__(self, connection: Connection, login: Callable[[], str | None]) -> None:
        self._connection = connection
        self._login = login
        self._lock = threading.Lock()
        self._identity_id: str | None = None
        self._last: AwsCredentials | None = None

    def credentials(self) -> AwsCredentials:
        """Five minutes of them are left at least.

        Raises:
            SessionError: session_ended, where the identity pool refuses the wallet.
        """
        with self._lock:
            token = self._login()  # also says that a session is over
            now = self._connection.clock()
            if self._last is None or self._last.expires_at - now < _LEFT_SECONDS:
                self._last = self._ask(token)
            return self._last

    def forget(self, refused: AwsCredentials | None = None) -> None:
        """Ask for new ones next time; only if the ones `refused` are still the last."""
        with self._lock:
            if refused is None or refused is self._last:
                self._last = None

    def _ask(self, token: str | None) -> AwsCredentials:
        config, cognito = self._connection.config, self._connection.cognito
        logins = {"Logins": {config.provider_name: token}} if token else {}
        try:
            if self._identity_id is None:
                pool = config.identity_pool_id
                identity = cognito.identity_pool("GetId", IdentityPoolId=pool, **logins)
                self._identity_id = identity["IdentityId"]
            given = cognito.identity_pool(
                "GetCredentialsForIdentity", IdentityId=self._identity_id, **logins
            )
            return _read(given["Credentials"], self._identity_id)
        except CognitoRefusedError as refusal:
            self._identity_id = None  # it may have been deleted
            if refusal.code == "unauthorized" and token:
                raise SessionError("session_ended") from None
            raise
        except (KeyError, TypeError, ValueError):
            raise WalletAuthError("unreadable_response") from None


def _read(given: dict[str, Any], identity_id: str) -> AwsCredentials:
    texts = [given[name] for name in ("AccessKeyId", "SecretKey", "SessionToken")]
    if not all(isinstance(text, str) and text for text in texts):
        raise TypeError("no credentials")
    access_key, secret_key, token = texts
    expires_at = float(given["Expiration"])
    return AwsCredentials(access_key, secret_key, token, expires_at, identity_id)


def boto3_session(source: CredentialsSource, connection: Connection) -> boto3.Session:
    """Its clients renew their credentials by themselves, for as long as the session lives."""
    session = botocore.session.get_session()
    resolver = CredentialResolver(providers=[_Provider(source, connection)])
    session.register_component("credential_provider", resolver)
    return boto3.Session(botocore_session=session, region_name=connection.config.region)


class _Provider(CredentialProvider):
    METHOD = "nft-gallery"

    def __init__(self, source: CredentialsSource, connection: Connection) -> None:
        super().__init__()
        self._source = source
        self._clock = connection.clock

    def load(self) -> DeferredRefreshableCredentials:
        return DeferredRefreshableCredentials(
            refresh_using=self._metadata,
            method=self.METHOD,
            time_fetcher=lambda: datetime.fromtimestamp(self._clock(), UTC),
        )

    def _metadata(self) -> dict[str, str]:
        """botocore asks early: a quarter of an hour before the end."""
        self._source.forget()
        given = self._source.credentials()
        return {
            "access_key": given.access_key,
            "secret_key": given.secret_key,
            "token": given.token,
            "expiry_time": datetime.fromtimestamp(given.expires_at, UTC).isoformat(),
        }
