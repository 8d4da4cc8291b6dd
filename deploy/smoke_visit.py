"""A visitor of a running gallery: its site, Cognito and its API, by their public protocols only."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import httpx
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from eth_account.messages import encode_defunct
from eth_account.signers.local import LocalAccount

# SignUp asks for one; no flow of the app client takes it
_PASSWORD = "Aa1!" + "x" * 40
_TRIES = 4


class CognitoRefusalError(Exception):
    """`str()` is Cognito's error type, nothing of the request."""


@dataclass
class Visit:
    http: httpx.Client
    site: str
    """Origin of the dApp, without a trailing slash."""
    config: Mapping[str, Any]
    """What config.json must hold; endpoints in it stand for AWS's own."""
    wallet: LocalAccount
    sleep: Callable[[float], None]
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

    def signed_get(
        self, route: str, credentials: Credentials, *, tampered: bool = False, **params: str
    ) -> httpx.Response:
        request = AWSRequest("GET", self._url(route), params=params)
        SigV4Auth(credentials, "execute-api", self.config["region"]).add_auth(request)
        headers = dict(request.headers)
        if tampered:
            headers["Authorization"] = headers["Authorization"][:-4] + "0000"
        return self._patiently("GET", str(request.prepare().url), headers=headers)

    def preflight(self, route: str, origin: str) -> httpx.Response:
        headers = {"Origin": origin, "Access-Control-Request-Method": "GET"}
        headers["Access-Control-Request-Headers"] = "authorization"
        return self._patiently("OPTIONS", self._url(route), headers=headers)

    def user_pool(self, operation: str, **body: object) -> dict[str, Any]:
        target = f"AWSCognitoIdentityProviderService.{operation}"
        return self._cognito("cognito-idp", "userPoolEndpoint", target, body)

    def identity_pool(self, operation: str, **body: object) -> dict[str, Any]:
        target = f"AWSCognitoIdentityService.{operation}"
        return self._cognito("cognito-identity", "identityPoolEndpoint", target, body)

    def credentials(self, id_token: str = "") -> Credentials:
        """Temporary AWS credentials, of a guest or of a signed-in wallet."""
        provider = self.config["userPoolId"]
        issuer = f"cognito-idp.{self.config['region']}.{self._suffix}/{provider}"
        logins = {"Logins": {issuer: id_token}} if id_token else {}
        pool = self.config["identityPoolId"]
        identity = self.identity_pool("GetId", IdentityPoolId=pool, **logins)["IdentityId"]
        answer = self.identity_pool("GetCredentialsForIdentity", IdentityId=identity, **logins)
        given = answer["Credentials"]
        return Credentials(given["AccessKeyId"], given["SecretKey"], given["SessionToken"])

    def answered_challenge(self, signer: LocalAccount) -> dict[str, Any]:
        """Cognito's reply to a challenge for our wallet that `signer` signed."""
        user, client = self.wallet.address.lower(), self.config["userPoolClientId"]
        challenge = self.user_pool(
            "InitiateAuth",
            AuthFlow="CUSTOM_AUTH",
            AuthParameters={"USERNAME": user},
            ClientId=client,
        )
        message = challenge["ChallengeParameters"]["message"]
        signature = signer.sign_message(encode_defunct(text=message)).signature.hex()
        answer = "0x" + signature.removeprefix("0x")
        return self.user_pool(
            "RespondToAuthChallenge",
            ChallengeName="CUSTOM_CHALLENGE",
            ChallengeResponses={"USERNAME": user, "ANSWER": answer},
            ClientId=client,
            Session=challenge["Session"],
        )

    @cached_property
    def tokens(self) -> dict[str, str]:
        """Tokens of the wallet, which signs up and signs in on first use."""
        user, client = self.wallet.address.lower(), self.config["userPoolClientId"]
        self.user_pool("SignUp", ClientId=client, Username=user, Password=_PASSWORD)
        tokens: dict[str, str] = self.answered_challenge(self.wallet)["AuthenticationResult"]
        return tokens

    @property
    def _suffix(self) -> str:
        return "amazonaws.com.cn" if self.config["region"].startswith("cn-") else "amazonaws.com"

    def _url(self, route: str) -> str:
        return f"{self.config['apiEndpoint']}/{route}"

    def _cognito(
        self, service: str, override: str, target: str, body: Mapping[str, object]
    ) -> dict[str, Any]:
        endpoint = f"https://{service}.{self.config['region']}.{self._suffix}"
        headers = {"content-type": "application/x-amz-json-1.1", "x-amz-target": target}
        url = f"{self.config.get(override) or endpoint}/"
        answer = self.http.post(url, content=json.dumps(body), headers=headers)
        found: dict[str, Any] = answer.json() if answer.content else {}
        if answer.status_code != 200:
            raise CognitoRefusalError(str(found.get("__type", answer.status_code)))
        return found

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
