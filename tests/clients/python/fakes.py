"""A gallery in memory, as an `Http` of nft_gallery_client: its answers are the test's."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

from nft_gallery_client import WalletAuth
from nft_gallery_client.config import read_config
from nft_gallery_client.errors import UnreachableError
from nft_gallery_client.http import Answer, Request

NOW = 1_800_000_000.0
ORIGIN = "https://gallery.example"
API = "https://api.example/prod"
ADDRESS = "0x52908400098527886E0F7030069857D2E4169EE7"
SIGNATURE = "0x" + "5e" * 65
CONFIG = {
    "region": "eu-west-1",
    "userPoolId": "eu-west-1_AbCd12345",
    "userPoolClientId": "1example23456789",
    "identityPoolId": "eu-west-1:12345678-90ab-cdef-1234-567890abcdef",
    "apiEndpoint": API,
}
ISSUER = read_config(CONFIG).issuer
KEY: RSAPrivateKey = generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY: RSAPrivateKey = generate_private_key(public_exponent=65537, key_size=2048)

type Reply = Answer | Callable[[Request], Answer]


def reply(status: int, body: object = None, **headers: str) -> Answer:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Answer(status, named, b"" if body is None else json.dumps(body).encode())


def refusal(error_type: str, message: str = "") -> Answer:
    return reply(400, {"__type": error_type, "message": message})


def rfc3339(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def http_date(seconds: float) -> str:
    return format_datetime(datetime.fromtimestamp(seconds, UTC), usegmt=True)


def jwk(key: RSAPrivateKey, kid: str) -> dict[str, Any]:
    public = json.loads(RSAAlgorithm.to_jwk(key.public_key()))
    return {**public, "kid": kid, "use": "sig", "alg": "RS256"}


def id_claims(**changes: object) -> dict[str, Any]:
    """A claim that is changed to None is left out."""
    claims = {
        "iss": ISSUER,
        "aud": CONFIG["userPoolClientId"],
        "token_use": "id",
        "exp": int(NOW) + 900,
        "cognito:username": ADDRESS.lower(),
        "wallet": ADDRESS,
        "chain_id": "1",
        **changes,
    }
    return {name: value for name, value in claims.items() if value is not None}


def signed(claims: dict[str, Any], key: Any = KEY, kid: str = "one", alg: str = "RS256") -> str:
    return jwt.encode(claims, key, algorithm=alg, headers={"kid": kid})


@dataclass
class FakeGallery:
    """`replies` has answers by Cognito's operation, or by the path of the API: first in, first out.

    The last one stays.
    """

    time: float = NOW
    users: set[str] = field(default_factory=set)
    challenge: dict[str, str] = field(default_factory=dict)
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    issued: int = 0
    says_date: bool = True

    def auth(self, *, origin: str = ORIGIN, now: Callable[[], float] | None = None) -> WalletAuth:
        return WalletAuth(
            CONFIG,
            origin=origin,
            http=self,
            now=now or (lambda: self.time),
            sleep=self.slept.append,
            random_bytes=bytes,
        )

    def __call__(self, request: Request) -> Answer:
        self.requests.append(request)
        asked = self.names(request)
        listed = next((self.replies[name] for name in asked if name in self.replies), None)
        if listed:
            chosen = listed.pop(0) if len(listed) > 1 else listed[0]
            return chosen if isinstance(chosen, Answer) else chosen(request)
        operation = getattr(self, asked[0].lower(), None)
        if operation is None:
            raise UnreachableError
        answer: Answer = operation(json.loads(request.body or b"{}"))
        headers = {"Date": http_date(self.time)} if self.says_date else {}
        return Answer(answer.status, headers, answer.body)

    def names(self, request: Request) -> tuple[str, ...]:
        target = request.headers.get("x-amz-target")
        if target:
            return (target.rpartition(".")[2],)
        path = request.url.removeprefix(API).partition("?")[0]
        return (path, request.url)

    def sent(self, name: str) -> list[Request]:
        return [request for request in self.requests if name in self.names(request)]

    def signup(self, body: dict[str, Any]) -> Answer:
        if body["Username"] in self.users:
            return refusal("UsernameExistsException", "User already exists")
        self.users.add(body["Username"])
        return reply(200, {})

    def initiateauth(self, _: dict[str, Any]) -> Answer:
        parameters = {
            "message": "for the first origin",
            "nonce": "0123456789abcdef0123456789abcdef",
            "issuedAt": rfc3339(self.time),
            "expirationTime": rfc3339(self.time + 300),
            "statement": "Sign in to the gallery.",
            "chainIds": "1,137",
            "origins": f"https://first.example,{ORIGIN}",
            **self.challenge,
        }
        return reply(200, {"ChallengeParameters": parameters, "Session": "secret-session"})

    def respondtoauthchallenge(self, body: dict[str, Any]) -> Answer:
        answer = json.loads(body["ChallengeResponses"]["ANSWER"])
        is_right = answer["signature"] == SIGNATURE
        if not is_right or body["ChallengeResponses"]["USERNAME"] not in self.users:
            return reply(200, {"ChallengeName": "CUSTOM_CHALLENGE", "Session": "another"})
        return reply(200, {"AuthenticationResult": self.tokens()})

    def gettokensfromrefreshtoken(self, _: dict[str, Any]) -> Answer:
        return reply(200, {"AuthenticationResult": self.tokens()})

    def tokens(self, **changes: object) -> dict[str, str]:
        self.issued += 1
        token = signed(id_claims(exp=int(self.time) + 900, jti=str(self.issued), **changes))
        number = self.issued
        return {
            "IdToken": token,
            "AccessToken": f"secret-access-{number}",
            "RefreshToken": f"secret-refresh-{number}",
        }

    def revoketoken(self, _: dict[str, Any]) -> Answer:
        return reply(200, {})

    def globalsignout(self, _: dict[str, Any]) -> Answer:
        return reply(200, {})

    def getid(self, _: dict[str, Any]) -> Answer:
        return reply(200, {"IdentityId": "eu-west-1:identity"})

    def getcredentialsforidentity(self, _: dict[str, Any]) -> Answer:
        self.issued += 1
        given = {
            "AccessKeyId": f"ASIA{self.issued}",
            "SecretKey": "secret-key",
            "SessionToken": "secret-session-token",
            "Expiration": self.time + 3600,
        }
        return reply(200, {"Credentials": given})


@dataclass
class Wallet:
    """An account as `(address, sign)`; `asked` is what it was asked to sign."""

    signature: str = SIGNATURE
    asked: list[str] = field(default_factory=list)

    def sign(self, message: str) -> str:
        self.asked.append(message)
        return self.signature

    @property
    def account(self) -> tuple[str, Callable[[str], str]]:
        return ADDRESS, self.sign
