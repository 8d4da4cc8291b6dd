"""A visitor of the target: the client of the public protocols, patient, and tidy.

It waits where the stage throttles, since a target may let five requests a second through, and
deletes the users that it made.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
from eth_account import Account

from local.configuration import STAND_IN_KEYS
from nft_gallery_client.config import read_config
from nft_gallery_client.signing import SigningCredentials
from tests.e2e.client import Client, RefusedError
from verify.target import Target

__all__ = ["Client", "RefusedError", "Visitor"]
_TRIES = 60
_USER_POOL = "AWSCognitoIdentityProviderService"
_IDENTITY_POOL = "AWSCognitoIdentityService"


def is_throttled(answer: httpx.Response) -> bool:
    """Whether the stage refused, and not a provider."""
    return answer.status_code == 429 and "x-amzn-errortype" in answer.headers


@dataclass
class Visitor(Client):
    keys: tuple[str, ...] = tuple(STAND_IN_KEYS.values())
    """Provider keys that no answer may hold."""
    http: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=40), repr=False)
    """One for many requests: each new one reads all certificates again."""
    made: dict[str, str] = field(default_factory=dict, repr=False)
    """User name -> private key of each user that this visitor signed up."""

    @classmethod
    def of(cls, target: Target, *keys: str) -> Visitor:
        visitor = cls(target.site, (*STAND_IN_KEYS.values(), *keys))
        visitor.config = target.config
        return visitor

    def sign_in(self, key: str = "") -> dict[str, str]:
        """Tokens of a wallet, or of a new one; signed up if need be."""
        key = key or new_key()
        user = Account.from_key(key).address.lower()
        if user not in self.made and self.sign_up_if_new(user):
            self.made[user] = key
        return super().sign_in(key)

    def delete_users(self) -> list[str]:
        """Delete the users that were made. Returns the names of those that stay."""
        return [user for user, key in self.made.items() if not self._is_deleted(key)]

    def _is_deleted(self, key: str) -> bool:
        try:
            tokens = Client.sign_in(self, key)
            self.user_pool("DeleteUser", AccessToken=tokens["AccessToken"])
        except (RefusedError, httpx.HTTPError, KeyError):
            return False
        return True

    def get(self, route: str, *, token: str = "", **more: Any) -> httpx.Response:
        return patiently(lambda: super(Visitor, self).get(route, token=token, **more))

    def signed_get(
        self, route: str, credentials: SigningCredentials, params: dict[str, str], **headers: str
    ) -> httpx.Response:
        return patiently(
            lambda: super(Visitor, self).signed_get(route, credentials, params, **headers)
        )

    def preflight(self, route: str, origin: str, **headers: str) -> httpx.Response:
        asked = {"Origin": origin, "Access-Control-Request-Method": "GET", **headers}
        url = f"{self.config['apiEndpoint']}/{route}"
        return patiently(lambda: self.http.options(url, headers=asked))

    @property
    def issuer(self) -> str:
        """What the identity pool calls the user pool."""
        return read_config(self.config).provider_name

    def ask_user_pool(self, operation: str, **body: object) -> httpx.Response:
        """Cognito's answer as it came, be it an error."""
        return self._ask(self.config["userPoolEndpoint"], f"{_USER_POOL}.{operation}", body)

    def ask_identity_pool(self, operation: str, **body: object) -> httpx.Response:
        return self._ask(self.config["identityPoolEndpoint"], f"{_IDENTITY_POOL}.{operation}", body)

    def _ask(self, endpoint: str, target: str, body: dict[str, object]) -> httpx.Response:
        headers = {"content-type": "application/x-amz-json-1.1", "x-amz-target": target}
        return self.http.post(f"{endpoint}/", content=json.dumps(body), headers=headers)


def new_key() -> str:
    return str(Account.create().key.to_0x_hex())


def patiently(ask: Any) -> httpx.Response:
    """The answer, asked for again while the stage throttles."""
    for _ in range(_TRIES):
        answer: httpx.Response = ask()
        if not is_throttled(answer):
            break
        time.sleep(float(answer.headers.get("retry-after", "1")) / 2)
    return answer
