"""A clock, a source of bytes and the four triggers, as these tests need them."""

import copy
import functools
import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from starlette.requests import Request

from local.cognito_idp.signing_keys import new_private_key
from local.cognito_idp.user_pools import UserPools
from local.iam.sessions import Session
from local.iam.sigv4 import SigV4Error
from local.state import State

POOL_ID = "us-east-1_LocalPool"
POOL_ARN = f"arn:aws:cognito-idp:us-east-1:123456789012:userpool/{POOL_ID}"
OTHER_POOL_ARN = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_OtherPool"
ISSUER = f"https://cognito-idp.us-east-1.amazonaws.com/{POOL_ID}"
CLIENT_ID = "1example23456789abcdefghij"
OTHER_CLIENT_ID = "2example23456789abcdefghij"
PASSWORD = "Correct-Horse-7"
WALLET = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8"
STRANGER = "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc"
START = 1_800_000_000.0


class FakeClock:
    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> float:
        return self.time

    def advance(self, seconds: float) -> None:
        self.time += seconds


class SeededBytes:
    """Different bytes on each call, the same ones in each run."""

    def __init__(self, seed: str = "seed") -> None:
        self.seed = seed
        self.calls = 0

    def __call__(self, count: int) -> bytes:
        self.calls += 1
        return hashlib.shake_256(f"{self.seed}{self.calls}".encode()).digest(count)


@functools.cache
def prepared_keys() -> tuple[RSAPrivateKey, ...]:
    return tuple(new_private_key() for _ in range(4))


type Answer = Callable[[dict[str, Any]], object]


class FakeTriggers:
    """The four triggers of a question whose answer is "open sesame"; at most three attempts.

    `overrides` replaces the answer of a trigger, by the name before the underscore.
    """

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.callers: list[tuple[str, str, str]] = []
        self.overrides: dict[str, Answer] = {}

    async def __call__(
        self, function_arn: str, event: Mapping[str, object], *, principal: str, source_arn: str
    ) -> object:
        received = json.loads(json.dumps(event))
        self.events.append(copy.deepcopy(received))
        self.callers.append((function_arn, principal, source_arn))
        name = received["triggerSource"].partition("_")[0]
        answer = self.overrides.get(name) or getattr(self, f"_{name}")
        result = answer(received)
        return await result if hasattr(result, "__await__") else result

    def requests(self, name: str) -> list[dict[str, Any]]:
        return [e["request"] for e in self.events if e["triggerSource"].startswith(name)]

    def _PreSignUp(self, event: dict[str, Any]) -> object:
        event["response"]["autoConfirmUser"] = True
        return event

    def _DefineAuthChallenge(self, event: dict[str, Any]) -> object:
        session = event["request"]["session"]
        solved = bool(session) and session[-1]["challengeResult"] is True
        event["response"] = {
            "challengeName": "CUSTOM_CHALLENGE",
            "issueTokens": solved,
            "failAuthentication": not solved and len(session) >= 3,
        }
        return event

    def _CreateAuthChallenge(self, event: dict[str, Any]) -> object:
        event["response"] = {
            "publicChallengeParameters": {"question": "password?"},
            "privateChallengeParameters": {"answer": "open sesame"},
            "challengeMetadata": f"round-{len(event['request']['session'])}",
        }
        return event

    def _VerifyAuthChallengeResponse(self, event: dict[str, Any]) -> object:
        request = event["request"]
        expected = request["privateChallengeParameters"]["answer"]
        event["response"]["answerCorrect"] = request["challengeAnswer"] == expected
        return event


def nobody_signs(request: Request, body: bytes) -> Session:
    """An endpoint without administrators."""
    raise SigV4Error("MissingAuthenticationTokenException", "Missing Authentication Token")


def pool_properties(**changes: object) -> dict[str, object]:
    names = ("PreSignUp", "DefineAuthChallenge", "CreateAuthChallenge")
    return {
        "UserPoolName": "gallery",
        "UsernameConfiguration": {"CaseSensitive": False},
        "LambdaConfig": {
            name: f"arn:aws:lambda:us-east-1:123456789012:function:{name}"
            for name in (*names, "VerifyAuthChallengeResponse")
        },
        **changes,
    }


def client_properties(**changes: object) -> dict[str, object]:
    return {
        "UserPoolId": POOL_ID,
        "ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        "PreventUserExistenceErrors": "ENABLED",
        "IdTokenValidity": 10,
        "AccessTokenValidity": 20,
        "RefreshTokenValidity": "1",
        "TokenValidityUnits": {"IdToken": "minutes", "AccessToken": "minutes"},
        **changes,
    }


def make_user_pools(
    triggers: FakeTriggers,
    clock: FakeClock,
    *,
    state: State | None = None,
    pool: Mapping[str, object] | None = None,
    client: Mapping[str, object] | None = None,
    seed: str = "seed",
) -> UserPools:
    keys = iter(prepared_keys())
    return UserPools(
        pools={
            POOL_ARN: pool_properties(**(pool or {})),
            OTHER_POOL_ARN: pool_properties(),
        },
        clients={
            CLIENT_ID: client_properties(**(client or {})),
            OTHER_CLIENT_ID: client_properties(),
        },
        invoke=triggers,
        state=state or State(None),
        now=clock,
        random_bytes=SeededBytes(seed),
        new_key=lambda: next(keys),
    )
