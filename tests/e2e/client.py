"""A client of the stack that speaks its public protocols and nothing else: Cognito, SigV4, HTTP."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import httpx
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from eth_account import Account

from tests.e2e.conftest import sign

PASSWORD = "Aa1!" + "x" * 40


class RefusedError(Exception):
    """An AWS error: its `__type` and message."""


@dataclass
class Client:
    site: str

    @cached_property
    def config(self) -> dict[str, str]:
        return dict(httpx.get(f"{self.site}/config.json").json())

    def user_pool(self, operation: str, **body: object) -> dict[str, Any]:
        target = f"AWSCognitoIdentityProviderService.{operation}"
        return self._call(self.config["userPoolEndpoint"], target, body)

    def identity_pool(self, operation: str, **body: object) -> dict[str, Any]:
        target = f"AWSCognitoIdentityService.{operation}"
        return self._call(self.config["identityPoolEndpoint"], target, body)

    def _call(self, endpoint: str, target: str, body: dict[str, object]) -> dict[str, Any]:
        headers = {"content-type": "application/x-amz-json-1.1", "x-amz-target": target}
        answer = httpx.post(f"{endpoint}/", content=json.dumps(body), headers=headers)
        found: dict[str, Any] = answer.json() if answer.content else {}
        if answer.status_code != 200:
            raise RefusedError(found["__type"], found.get("message"))
        return found

    def sign_up(self, address: str) -> None:
        client = self.config["userPoolClientId"]
        self.user_pool("SignUp", ClientId=client, Username=address, Password=PASSWORD)

    def start(self, address: str) -> dict[str, Any]:
        """InitiateAuth: the challenge, its parameters and session."""
        return self.user_pool(
            "InitiateAuth",
            AuthFlow="CUSTOM_AUTH",
            AuthParameters={"USERNAME": address},
            ClientId=self.config["userPoolClientId"],
        )

    def answer(self, challenge: dict[str, Any], address: str, answer: str) -> dict[str, Any]:
        return self.user_pool(
            "RespondToAuthChallenge",
            ChallengeName="CUSTOM_CHALLENGE",
            ChallengeResponses={"USERNAME": address, "ANSWER": answer},
            ClientId=self.config["userPoolClientId"],
            Session=challenge["Session"],
        )

    def sign_in(self, key: str) -> dict[str, str]:
        """Tokens of a wallet, signed up if need be, by the bare signature of our own message."""
        address = Account.from_key(key).address.lower()
        try:
            self.sign_up(address)
        except RefusedError as error:
            if error.args[0] != "UsernameExistsException":
                raise
        challenge = self.start(address)
        signature = sign_text(key, challenge["ChallengeParameters"]["message"])
        tokens: dict[str, str] = self.answer(challenge, address, signature)["AuthenticationResult"]
        return tokens

    def credentials(self, id_token: str | None = None) -> Credentials:
        """Temporary AWS credentials, of a guest or of a signed-in wallet."""
        pool = self.config["userPoolId"]
        provider = f"cognito-idp.{self.config['region']}.amazonaws.com/{pool}"
        logins = {"Logins": {provider: id_token}} if id_token else {}
        identity = self.identity_pool(
            "GetId", IdentityPoolId=self.config["identityPoolId"], **logins
        )["IdentityId"]
        given = self.identity_pool("GetCredentialsForIdentity", IdentityId=identity, **logins)[
            "Credentials"
        ]
        return Credentials(given["AccessKeyId"], given["SecretKey"], given["SessionToken"])

    def get(self, route: str, *, token: str = "", **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        headers |= more.pop("headers", {})
        url = f"{self.config['apiEndpoint']}/{route}"
        return httpx.get(url, headers=headers, timeout=40, **more)

    def signed_get(
        self, route: str, credentials: Credentials, params: dict[str, str], **headers: str
    ) -> httpx.Response:
        """`headers` go beside the signed ones."""
        url = f"{self.config['apiEndpoint']}/{route}"
        request = AWSRequest("GET", url, params=params)
        SigV4Auth(credentials, "execute-api", self.config["region"]).add_auth(request)
        return httpx.get(request.prepare().url, headers={**request.headers, **headers}, timeout=40)


def sign_text(key: str, text: str) -> str:
    """EIP-191 signature of a text."""
    return sign(key, f"0x{text.encode().hex()}")
