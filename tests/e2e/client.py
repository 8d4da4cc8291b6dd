"""A client of the stack whose steps are the test's: nft_gallery_client's Cognito, SigV4, HTTP."""

from __future__ import annotations

import ssl
import time
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import httpx
from botocore.credentials import Credentials
from eth_account import Account

from nft_gallery_client.cognito import Cognito
from nft_gallery_client.config import read_config
from nft_gallery_client.errors import CognitoRefusedError as RefusedError
from nft_gallery_client.signing import SigningCredentials, signable_url, signed_headers
from tests.e2e.conftest import sign

__all__ = ["PASSWORD", "Client", "RefusedError", "sign_text"]

PASSWORD = "Aa1!" + "x" * 40
# Read once: a request that reads all certificates takes 20 ms of a processor, also over http.
_TLS = ssl.create_default_context()


@dataclass
class Client:
    site: str

    @cached_property
    def config(self) -> dict[str, str]:
        return dict(httpx.get(f"{self.site}/config.json", verify=_TLS).json())

    @cached_property
    def cognito(self) -> Cognito:
        return Cognito(self.config)

    def user_pool(self, operation: str, **body: object) -> dict[str, Any]:
        return self.cognito.user_pool(operation, **body)

    def identity_pool(self, operation: str, **body: object) -> dict[str, Any]:
        return self.cognito.identity_pool(operation, **body)

    def sign_up(self, address: str) -> None:
        client = self.config["userPoolClientId"]
        self.user_pool("SignUp", ClientId=client, Username=address, Password=PASSWORD)

    def sign_up_if_new(self, address: str) -> bool:
        """Whether that made a user."""
        try:
            self.sign_up(address)
        except RefusedError as error:
            if error.args[0] != "UsernameExistsException":
                raise
            return False
        return True

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
        self.sign_up_if_new(address)
        challenge = self.start(address)
        signature = sign_text(key, challenge["ChallengeParameters"]["message"])
        tokens: dict[str, str] = self.answer(challenge, address, signature)["AuthenticationResult"]
        return tokens

    def credentials(self, id_token: str | None = None) -> Credentials:
        """Temporary AWS credentials, of a guest or of a signed-in wallet."""
        provider = read_config(self.config).provider_name
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
        return httpx.get(url, headers=headers, timeout=40, verify=_TLS, **more)

    def signed_get(
        self,
        route: str,
        credentials: SigningCredentials,
        params: dict[str, str],
        **headers: str,
    ) -> httpx.Response:
        """`headers` go beside the signed ones."""
        url = signable_url(
            str(httpx.URL(f"{self.config['apiEndpoint']}/{route}", params=params or None))
        )
        signed = signed_headers(url, credentials, region=self.config["region"], now=time.time())
        return httpx.get(url, headers={**signed, **headers}, timeout=40, verify=_TLS)


def sign_text(key: str, text: str) -> str:
    """EIP-191 signature of a text."""
    return sign(key, f"0x{text.encode().hex()}")
