"""`requests` with what each route of the gallery's API needs."""

from __future__ import annotations

from typing import Protocol

from requests import PreparedRequest
from requests.auth import AuthBase

from nft_gallery_client.config import Config
from nft_gallery_client.signing import signable_url


class Authorizes(Protocol):
    def authorization(self, method: str, url: str, body: bytes = b"") -> dict[str, str]: ...


class GalleryAuth(AuthBase):
    """Raises foreign_url for any URL but the API's own: no token goes to a stranger."""

    def __init__(self, config: Config, visitor: Authorizes) -> None:
        self._config = config
        self._visitor = visitor

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.url = signable_url(request.url or "")
        body = request.body.encode() if isinstance(request.body, str) else request.body
        method = request.method or "GET"
        request.headers.update(self._visitor.authorization(method, request.url, body or b""))
        return request
