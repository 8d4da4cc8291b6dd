"""A signed-in wallet: its tokens, refreshed in time and once at a time, and how it ends."""

from __future__ import annotations

import threading

from nft_gallery_client.connection import Connection
from nft_gallery_client.errors import CognitoRefusedError, SessionError
from nft_gallery_client.tokens import Tokens, read_tokens
from nft_gallery_client.visitor import Visitor

_LEFT_SECONDS = 60
"""An ID token with less time than that left is refreshed before it is sent."""


class Session(Visitor):
    """Safe to use from several threads. Whoever has `id_token` is the wallet until it expires."""

    def __init__(self, connection: Connection, tokens: Tokens) -> None:
        super().__init__(connection)
        self._lock = threading.RLock()
        self._tokens: Tokens | None = tokens
        self._wallet = tokens.wallet.address

    def __repr__(self) -> str:
        state = "signed in" if self._tokens else "over"
        return f"Session({self._wallet}, {state})"

    @property
    def wallet(self) -> str:
        """Its address, EIP-55; also after the session is over."""
        return self._wallet

    @property
    def chain_id(self) -> int | None:
        """None where the gallery allows several chains: nothing then proves the signed one."""
        return self._current.wallet.chain_id

    @property
    def expires_at(self) -> int:
        """When the ID token expires, in seconds since 1970. The session lives on by `refresh`."""
        return self._current.wallet.expires_at

    @property
    def id_token(self) -> str:
        """The last one; `refresh()` gives another. Send it to services of your own only."""
        return self._current.id_token

    @property
    def access_token(self) -> str:
        """For Cognito's own API."""
        return self._current.access_token

    @property
    def refresh_token(self) -> str:
        """For `WalletAuth.restore`. Each refresh gives a new one and ends the one before."""
        return self._current.refresh_token

    @property
    def is_over(self) -> bool:
        return self._tokens is None

    def refresh(self) -> None:
        """Get new tokens. Threads that ask at once share one request.

        Raises:
            SessionError: session_ended.
        """
        before = self._current
        with self._lock:
            if self._current is not before:
                return
            try:
                self._tokens = self._refreshed(before)
            except SessionError:
                self._tokens = None
                raise

    def sign_out(self, *, everywhere: bool = False) -> None:
        """End this session, or all of this wallet's.

        API Gateway takes an ID token until it expires. Where no answer came, the session goes on.
        """
        with self._lock:
            tokens = self._current
            try:
                self._end(tokens, everywhere=everywhere)
            except CognitoRefusedError as refusal:
                if refusal.code not in ("unauthorized", "session_ended"):
                    raise
            self._tokens = None
        self._source.forget()  # outside: whoever asks for credentials holds that lock first

    def _end(self, tokens: Tokens, *, everywhere: bool) -> None:
        cognito, client = self._connection.cognito, self._connection.config.user_pool_client_id
        if everywhere:
            cognito.user_pool("GlobalSignOut", AccessToken=self._fresh().access_token)
        else:
            cognito.user_pool("RevokeToken", ClientId=client, Token=tokens.refresh_token)

    @property
    def _current(self) -> Tokens:
        tokens = self._tokens
        if tokens is None:
            raise SessionError("session_ended")
        return tokens

    def _refreshed(self, tokens: Tokens) -> Tokens:
        refreshed = refresh_tokens(self._connection, tokens.refresh_token)
        if refreshed.wallet.address != self._wallet:
            raise SessionError("session_ended")
        return refreshed

    def _fresh(self) -> Tokens:
        if self._current.wallet.expires_at - self._connection.clock() < _LEFT_SECONDS:
            self.refresh()
        return self._current

    def _login(self) -> str | None:
        return self._fresh().id_token

    def _bearer(self) -> str:
        return self._fresh().id_token

    def _renew_token(self) -> bool:
        self.refresh()
        return True


def refresh_tokens(connection: Connection, refresh_token: str) -> Tokens:
    """Raises SessionError: session_ended, where Cognito takes the refresh token no more."""
    try:
        answer = connection.cognito.user_pool(
            "GetTokensFromRefreshToken",
            ClientId=connection.config.user_pool_client_id,
            RefreshToken=refresh_token,
        )
    except CognitoRefusedError as refusal:
        if refusal.code in ("unauthorized", "session_ended"):
            raise SessionError("session_ended") from None
        raise
    return read_tokens(answer.get("AuthenticationResult"), refresh_token=refresh_token)
