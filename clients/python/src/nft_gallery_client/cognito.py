"""Cognito's own protocol, one call a method: the user pool and the identity pool.

Bodies and answers are Cognito's, with its own names. `WalletAuth` stands on this; take it yourself
for what that does not offer. https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import requests

from nft_gallery_client.clock import Clock
from nft_gallery_client.config import Config, read_config
from nft_gallery_client.errors import CognitoRefusedError, WalletAuthError
from nft_gallery_client.http import Answer, Http, Request, as_http

_THROTTLED = ("TooManyRequestsException", "ThrottlingException")


class Cognito:
    """`tries` is how often a call is made where Cognito says that calls come too fast."""

    def __init__(
        self,
        config: Mapping[str, object] | Config,
        *,
        http: Http | requests.Session | None = None,
        clock: Clock | None = None,
        sleep: Callable[[float], None] = time.sleep,
        tries: int = 1,
    ) -> None:
        self.config = read_config(config)
        self._http = as_http(http)
        self._clock = clock or Clock(time.time)
        self._sleep = sleep
        self._tries = tries

    def user_pool(self, operation: str, **body: object) -> dict[str, Any]:
        """Such as `user_pool("GetUser", AccessToken=…)`.

        Raises:
            CognitoRefusedError: with Cognito's own error type.
            UnreachableError: no answer.
        """
        target = f"AWSCognitoIdentityProviderService.{operation}"
        return self._patiently(self.config.user_pool_endpoint, target, body)

    def identity_pool(self, operation: str, **body: object) -> dict[str, Any]:
        """Such as `identity_pool("GetId", IdentityPoolId=…)`; raises as `user_pool` does."""
        target = f"AWSCognitoIdentityService.{operation}"
        return self._patiently(self.config.identity_pool_endpoint, target, body)

    def _patiently(self, endpoint: str, target: str, body: Mapping[str, object]) -> dict[str, Any]:
        for attempt in range(1, self._tries):
            try:
                return self._call(endpoint, target, body)
            except CognitoRefusedError as refusal:
                if refusal.type not in _THROTTLED:
                    raise
                self._sleep(2.0 ** (attempt - 1))
        return self._call(endpoint, target, body)

    def _call(self, endpoint: str, target: str, body: Mapping[str, object]) -> dict[str, Any]:
        headers = {"content-type": "application/x-amz-json-1.1", "x-amz-target": target}
        content = json.dumps(body).encode()
        answer = self._http(Request("POST", f"{endpoint}/", headers, content))
        self._clock.hear(answer.date)
        found = _read(answer)
        if answer.status != 200:
            error_type = str(found.get("__type", answer.status)).rpartition("#")[2]
            raise CognitoRefusedError(error_type, str(found.get("message") or ""))
        return found


def _read(answer: Answer) -> dict[str, Any]:
    try:
        found = json.loads(answer.body) if answer.body else {}
    except ValueError:
        found = None
    if not isinstance(found, dict):
        if answer.status == 200:
            raise WalletAuthError("unreadable_response")
        return {}
    return found
