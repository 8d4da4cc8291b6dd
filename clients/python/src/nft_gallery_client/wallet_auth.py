"""Sign in with an Ethereum wallet: SignUp where need be, a challenge, one signature, tokens."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any

import requests

from nft_gallery_client.account import Account, Signer, signer_of
from nft_gallery_client.challenge import Challenge, compose_message, read_challenge
from nft_gallery_client.clock import Clock
from nft_gallery_client.config import Config, read_config, read_origin
from nft_gallery_client.connection import Connection
from nft_gallery_client.errors import CognitoRefusedError, ConfigError, SignInError
from nft_gallery_client.http import Http, Request, as_http
from nft_gallery_client.session import Session, refresh_tokens
from nft_gallery_client.tokens import Tokens, read_tokens
from nft_gallery_client.visitor import Visitor


class WalletAuth:
    """One gallery, asked for one origin: the site that the signed messages name.

    `http` is a `requests.Session` or a function of your own; `now` gives seconds since 1970.
    """

    def __init__(
        self,
        config: Mapping[str, object] | Config,
        *,
        origin: str,
        http: Http | requests.Session | None = None,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self._origin = read_origin(origin)
        self._connection = Connection(read_config(config), as_http(http), Clock(now), sleep)
        self._random_bytes = random_bytes
        self._signed_up: set[str] = set()

    @classmethod
    def from_site(cls, site: str, *, origin: str | None = None, **options: Any) -> WalletAuth:
        """Of a gallery's own page, whose config.json is read; its origin unless one is given.

        Raises:
            ConfigError: there is no configuration that can be used.
        """
        base, http = read_site(site), as_http(options.pop("http", None))
        answer = http(Request("GET", f"{base}/config.json"))
        try:
            config = json.loads(answer.body) if answer.status == 200 else None
        except ValueError:
            config = None
        if not isinstance(config, dict):
            raise ConfigError("config.json")
        own = "/".join(base.split("/")[:3])
        return cls(config, origin=origin or own, http=http, **options)

    def __repr__(self) -> str:
        return f"WalletAuth({self._origin})"

    @property
    def config(self) -> Config:
        return self._connection.config

    def guest(self) -> Visitor:
        """Look-ups and AWS credentials without a wallet."""
        return Visitor(self._connection)

    def restore(self, refresh_token: str) -> Session:
        """The session of a refresh token that was kept. Raises SessionError: session_ended."""
        return Session(self._connection, refresh_tokens(self._connection, refresh_token))

    def sign_in(
        self, account: Account, *, chain_id: int | None = None, statement: str | None = None
    ) -> Session:
        """Sign one message with the account. It makes a user of a new wallet by itself.

        `chain_id` is the gallery's first unless given; `statement` is what it must ask for.

        Raises:
            SignInError: before anything is signed, what the server would refuse (chain_id_mismatch,
                unlisted_origin, statement_mismatch, unreadable_challenge); then wallet_failed,
                expired_challenge, refused_signature.
            CognitoRefusedError: rate_limited, blocked, internal_error, sign_up_refused and such.
            UnreachableError: no answer.
        """
        signer = signer_of(account)
        is_first = signer.address not in self._signed_up
        if is_first:
            self._sign_up(signer.address)
        try:
            return self._answered(signer, chain_id, statement)
        except SignInError as refusal:
            # a record that was cleaned up since is asked and refused like a wrong answer
            if refusal.code != "refused_signature" or is_first or not self._sign_up(signer.address):
                raise
        return self._answered(signer, chain_id, statement)

    def _sign_up(self, address: str) -> bool:
        """Whether that made a user. Cognito wants a password; no flow takes it."""
        try:
            self._connection.cognito.user_pool(
                "SignUp",
                ClientId=self.config.user_pool_client_id,
                Username=address,
                Password=f"Aa0!{self._random_bytes(32).hex()}",
            )
        except CognitoRefusedError as refusal:
            if refusal.type != "UsernameExistsException":
                raise
            self._signed_up.add(address)
            return False
        self._signed_up.add(address)
        return True

    def _answered(self, signer: Signer, chain_id: int | None, statement: str | None) -> Session:
        started = self._start(signer.address)
        challenge = read_challenge(started.get("ChallengeParameters"))
        self._connection.clock.hear(challenge.issued)
        chosen = self._accept(challenge, chain_id, statement)
        message = compose_message(
            challenge, address=signer.address, origin=self._origin, chain_id=chosen
        )
        signature = signer.signature_of(message)
        if self._connection.clock() >= challenge.expires:
            raise SignInError("expired_challenge")
        answer = json.dumps({"message": message, "signature": signature})
        return Session(self._connection, self._tokens(signer.address, started, answer))

    def _start(self, address: str) -> dict[str, Any]:
        return self._connection.cognito.user_pool(
            "InitiateAuth",
            AuthFlow="CUSTOM_AUTH",
            AuthParameters={"USERNAME": address},
            ClientId=self.config.user_pool_client_id,
        )

    def _accept(self, challenge: Challenge, chain_id: int | None, statement: str | None) -> int:
        """The chain to sign for, where the server would take the signature."""
        chosen = challenge.chain_ids[0] if chain_id is None else chain_id
        if chosen not in challenge.chain_ids:
            raise SignInError("chain_id_mismatch")
        if statement is not None and statement != challenge.statement:
            raise SignInError("statement_mismatch")
        if self._origin not in challenge.origins:
            raise SignInError("unlisted_origin")
        return chosen

    def _tokens(self, address: str, started: Mapping[str, Any], answer: str) -> Tokens:
        try:
            answered = self._connection.cognito.user_pool(
                "RespondToAuthChallenge",
                ChallengeName="CUSTOM_CHALLENGE",
                ChallengeResponses={"USERNAME": address, "ANSWER": answer},
                ClientId=self.config.user_pool_client_id,
                Session=started.get("Session"),
            )
        except CognitoRefusedError as refusal:
            if refusal.code != "unauthorized":
                raise
            is_late = "session" in refusal.detail.lower()
            raise SignInError("expired_challenge" if is_late else "refused_signature") from None
        if "AuthenticationResult" not in answered:
            raise SignInError("refused_signature")
        tokens = read_tokens(answered["AuthenticationResult"])
        if tokens.wallet.address.lower() != address:
            raise SignInError("unreadable_response")
        return tokens


def read_site(site: str) -> str:
    """The page's address without a trailing slash. Raises ConfigError."""
    origin = read_origin("/".join(site.split("/")[:3]))
    path = site.partition("://")[2].partition("/")[2].strip("/")
    if any(letter in path for letter in "?#\\ "):
        raise ConfigError("site")
    return f"{origin}/{path}" if path else origin
