"""A visitor of a running gallery: bare HTTP to its site and API, sign-in by nft_gallery_client."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import httpx
from eth_account.messages import encode_defunct
from eth_account.signers.local import LocalAccount

from nft_gallery_client import Session, Visitor, WalletAuth
from nft_gallery_client.cognito import Cognito
from nft_gallery_client.config import Config, read_config
from nft_gallery_client.http import Http, over_httpx
from nft_gallery_client.signing import signable_url, signed_headers

_TRIES = 4


@dataclass
class Visit:
    http: httpx.Client
    site: str
    """Origin of the dApp, without a trailing slash."""
    config: Mapping[str, Any]
    """What config.json must hold; endpoints in it stand for AWS's own."""
    wallet: LocalAccount
    sleep: Callable[[float], None]
    now: Callable[[], float]
    keys: tuple[str, ...] = ()
    """Provider keys that nothing may tell."""
    heard: list[str] = field(default_factory=list)
    """Everything the stack answered so far, but for Cognito's answers to the visitor itself."""

    @property
    def is_published(self) -> bool:
        """Behind CloudFront; the local stack is on http."""
        return self.site.startswith("https://")

    def page(self, path: str, **headers: str) -> httpx.Response:
        return self._heard(self.http.get(f"{self.site}/{path}", headers=headers))

    def get(self, route: str, *, token: str = "", **params: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self._patiently("GET", self._url(route), params=params, headers=headers)

    def signed_get(self, route: str, *, tampered: bool = False, **params: str) -> httpx.Response:
        """As a guest."""
        url = signable_url(str(httpx.URL(self._url(route), params=params)))
        region = self.client_config.region
        headers = signed_headers(url, self.guest.credentials(), region=region, now=self.now())
        if tampered:
            headers["Authorization"] = headers["Authorization"][:-4] + "0000"
        return self._patiently("GET", url, headers=headers)

    def preflight(self, route: str, origin: str) -> httpx.Response:
        headers = {"Origin": origin, "Access-Control-Request-Method": "GET"}
        headers["Access-Control-Request-Headers"] = "authorization"
        return self._patiently("OPTIONS", self._url(route), headers=headers)

    @cached_property
    def client_config(self) -> Config:
        return read_config(self.config)

    @cached_property
    def cognito(self) -> Cognito:
        return Cognito(self.client_config, http=self._http, sleep=self.sleep, tries=_TRIES)

    @cached_property
    def auth(self) -> WalletAuth:
        return WalletAuth(
            self.client_config,
            origin=self.site,
            http=self._http,
            now=self.now,
            sleep=self.sleep,
        )

    @cached_property
    def guest(self) -> Visitor:
        return self.auth.guest()

    @cached_property
    def session(self) -> Session:
        """Of the wallet, which signs up and signs in on first use."""
        return self.auth.sign_in(self.wallet)

    def signed_by(self, signer: LocalAccount) -> Session:
        """A sign-in for our wallet that `signer` signs."""

        def sign(message: str) -> str:
            return bytes(signer.sign_message(encode_defunct(text=message)).signature).hex()

        return self.auth.sign_in((self.wallet.address, sign))

    @property
    def _http(self) -> Http:
        return over_httpx(self.http)

    def _url(self, route: str) -> str:
        return f"{self.config['apiEndpoint']}/{route}"

    def _patiently(self, method: str, url: str, **request: Any) -> httpx.Response:
        """The answer, asked for again where a throttle says so."""
        for attempt in range(_TRIES):
            answer = self._heard(self.http.request(method, url, **request))
            if answer.status_code != 429:
                break
            self.sleep(1 + attempt)
        return answer

    def _heard(self, answer: httpx.Response) -> httpx.Response:
        self.heard.append(answer.text + str(answer.headers.multi_items()))
        return answer
