"""Whoever calls the gallery's API: both guests and wallets sign, and a wallet has a token."""

from __future__ import annotations

from functools import cached_property

import boto3

from nft_gallery_client.api import Api
from nft_gallery_client.connection import Connection
from nft_gallery_client.credentials import AwsCredentials, CredentialsSource, boto3_session
from nft_gallery_client.errors import SessionError, WalletAuthError
from nft_gallery_client.gallery import Gallery
from nft_gallery_client.http import Answer
from nft_gallery_client.requests_auth import GalleryAuth
from nft_gallery_client.routes import authorizer_of
from nft_gallery_client.schema import Authorizer
from nft_gallery_client.signing import signed_headers


class Visitor:
    """A guest."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._source = CredentialsSource(connection, self._login)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._connection.config.api_endpoint})"

    def credentials(self) -> AwsCredentials:
        """Temporary ones, for what the identity pool's role allows."""
        return self._source.credentials()

    def boto3(self) -> boto3.Session:
        """A session whose clients renew their credentials by themselves."""
        return boto3_session(self._source, self._connection)

    def requests_auth(self) -> GalleryAuth:
        """For `requests.get(url, auth=…)` on the gallery's API; it refuses any other URL."""
        return GalleryAuth(self._connection.config, self)

    @cached_property
    def gallery(self) -> Gallery:
        return Gallery(Api(self._connection, self))

    def authorization(self, method: str, url: str, body: bytes = b"") -> dict[str, str]:
        """Headers that the route of `url` needs: a signature, the ID token, or none.

        Raises:
            SessionError: not_signed_in or session_ended.
            WalletAuthError: foreign_url.
        """
        match self._authorizer(url):
            case "bearer":
                return {"Authorization": f"Bearer {self._bearer()}"}
            case "sigv4":
                config, clock = self._connection.config, self._connection.clock
                return signed_headers(
                    url,
                    self.credentials(),
                    region=config.region,
                    now=clock(),
                    method=method,
                    body=body,
                )
            case "none":
                return {}

    def renew(self, url: str, answer: Answer) -> bool:
        """Whether it is worth to send the refused request once more, with new authorization."""
        if answer.status not in (401, 403):
            return False
        match self._authorizer(url):
            case "bearer":
                return answer.status == 401 and self._renew_token()
            case "sigv4" if answer.header("x-amzn-errortype") in _STALE:
                self._connection.clock.hear(answer.date)
                self._source.forget()
                return True
        return False

    def _authorizer(self, url: str) -> Authorizer:
        config = self._connection.config
        if config.public_url and url.startswith(f"{config.public_url}/"):
            return "none"
        base = f"{config.api_endpoint}/"
        if not url.startswith(base):
            raise WalletAuthError("foreign_url")
        return authorizer_of(url.removeprefix(base).partition("?")[0].partition("#")[0])

    def _login(self) -> str | None:
        return None

    def _bearer(self) -> str:
        raise SessionError("not_signed_in")

    def _renew_token(self) -> bool:
        return False


_STALE = (
    "ExpiredTokenException",
    "InvalidSignatureException",
    "UnrecognizedClientException",
)
"""Signed too long ago, by a wrong clock, or with credentials that have ended."""
