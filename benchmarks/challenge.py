"""The challenge every candidate is measured with: a signed 434-byte message in Cognito's events.

Made afresh for each run, because the triggers refuse old messages. eth-account signs, so that what
is measured does not check its own work.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import gmtime, strftime
from typing import Any

from eth_account import Account
from eth_account.messages import encode_defunct

MESSAGE_BYTES = 434
ORIGIN = "https://gallery.example"
NONCE = "000102030405060708090a0b0c0d0e0f"
LIFETIME_SECONDS = 3600
"""Longer than CreateAuthChallenge gives: a run on a busy machine takes minutes."""
PROVEN_AT = "2026-01-01T00:00:00Z"
"""The wallet has signed in before; its first sign-in also loads boto3 and calls Cognito once."""
KEY = "0x" + "01" * 32
"""Of no account: the key is public."""


@dataclass(frozen=True)
class SignedChallenge:
    """`signature` is 0x and 65 bytes; `address` canonical (lower case); times as RFC 3339."""

    message: str
    signature: str
    address: str
    statement: str
    issued_at: str
    expiration_time: str

    @property
    def settings(self) -> dict[str, str]:
        """The triggers' environment, contract wallets on: a wallet with a key asks no node."""
        return {
            "ALLOWED_ORIGINS": ORIGIN,
            "CHAIN_IDS": "1",
            "STATEMENT": self.statement,
            "RPC_URLS": "1=https://rpc.example",
        }


def sign_challenge(now: float) -> SignedChallenge:
    """A challenge issued at `now` (seconds since 1970) and its right answer."""
    account = Account.from_key(KEY)
    issued_at, expiration_time = _rfc3339(now), _rfc3339(now + LIFETIME_SECONDS)
    bare = _message(str(account.address), "", issued_at, expiration_time)
    statement = ("Sign in to NFT Gallery. " * MESSAGE_BYTES)[: MESSAGE_BYTES - len(bare)]
    statement = statement[:-1] + "."
    message = _message(str(account.address), statement, issued_at, expiration_time)
    return SignedChallenge(
        message=message,
        signature=sign(message),
        address=str(account.address).lower(),
        statement=statement,
        issued_at=issued_at,
        expiration_time=expiration_time,
    )


def sign(message: str, key: str = KEY) -> str:
    """EIP-191 signature of a text: 0x and 65 bytes."""
    signature: bytes = Account.from_key(key).sign_message(encode_defunct(text=message)).signature
    return f"0x{bytes(signature).hex()}"


def _message(address: str, statement: str, issued_at: str, expiration_time: str) -> str:
    host = ORIGIN.removeprefix("https://")
    return (
        f"{host} wants you to sign in with your Ethereum account:\n{address}\n\n{statement}\n\n"
        f"URI: {ORIGIN}\nVersion: 1\nChain ID: 1\nNonce: {NONCE}\n"
        f"Issued At: {issued_at}\nExpiration Time: {expiration_time}"
    )


def _rfc3339(epoch_seconds: float) -> str:
    return strftime("%Y-%m-%dT%H:%M:%SZ", gmtime(epoch_seconds))


def trigger_events(challenge: SignedChallenge) -> dict[str, dict[str, Any]]:
    """One event for each trigger, named after it, as Cognito sends them in a sign-in."""
    private = {
        "message": challenge.message,
        "nonce": NONCE,
        "issuedAt": challenge.issued_at,
        "expirationTime": challenge.expiration_time,
    }
    answer = {"privateChallengeParameters": private, "challengeAnswer": challenge.signature}
    created: dict[str, Any] = {"challengeName": "CUSTOM_CHALLENGE", "session": []}
    requests: dict[str, tuple[str, dict[str, Any]]] = {
        "PreSignUp": ("PreSignUp_SignUp", {"validationData": None}),
        "DefineAuthChallenge": ("DefineAuthChallenge_Authentication", {"session": []}),
        "CreateAuthChallenge": ("CreateAuthChallenge_Authentication", created),
        "VerifyAuthChallengeResponse": ("VerifyAuthChallengeResponse_Authentication", answer),
        "PreTokenGeneration": (
            "TokenGeneration_Authentication",
            {"groupConfiguration": {}, "userAttributes": {"custom:proven_at": PROVEN_AT}},
        ),
    }
    return {name: _event(challenge, *parts) for name, parts in requests.items()}


def right_answers(challenge: SignedChallenge) -> dict[str, dict[str, Any]]:
    """For each trigger, a part of the only right response to its event."""
    claims = {"wallet": challenge.message.split("\n")[1], "chain_id": "1"}
    return {
        "PreSignUp": {"autoConfirmUser": True},
        "DefineAuthChallenge": {"challengeName": "CUSTOM_CHALLENGE"},
        "CreateAuthChallenge": {"challengeMetadata": "SIWE"},
        "VerifyAuthChallengeResponse": {"answerCorrect": True},
        "PreTokenGeneration": {"claimsOverrideDetails": {"claimsToAddOrOverride": claims}},
    }


def _event(challenge: SignedChallenge, source: str, request: dict[str, Any]) -> dict[str, Any]:
    return {
        "version": "1",
        "region": "us-east-1",
        "userPoolId": "us-east-1_Example01",
        "userName": challenge.address,
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "example"},
        "triggerSource": source,
        "request": {"userAttributes": {}, **request},
        "response": {},
    }
