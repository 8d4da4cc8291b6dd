"""The Python client under the contract suite: in this process, or as `python -m` over lines."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any

import requests
from eth_account import Account

from nft_gallery_client import Session, Visitor, WalletAuth, WalletAuthError
from nft_gallery_client.http import Answer, Request, over_requests
from tests.clients.driver import Refreshed, RefusedError, View, Walk
from tests.e2e.client import sign_text


class RejectedError(Exception):
    """As a wallet says that its owner does not want to sign (EIP-1193)."""

    code = 4001


def said[**P, R](method: Callable[P, R]) -> Callable[P, R]:
    """With the client's error as the suite's."""

    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(*args, **kwargs)
        except WalletAuthError as error:
            raise RefusedError(error.code, error.retryable) from error

    return call


class PythonDriver:
    """`_stored` is what a bot would keep in a file: the refresh token."""

    def __init__(self, site: str, origin: str) -> None:
        self._send = over_requests(requests.Session())
        self._sent: list[str] = []
        self._fast = 0
        self._prompts = 0
        self._together = False
        self._all_asked = threading.Event()
        self._session: Session | None = None
        self._auth = WalletAuth.from_site(site, origin=origin, http=self._http, now=self._now)

    def _http(self, request: Request) -> Answer:
        operation = request.headers.get("x-amz-target", "").rpartition(".")[2]
        self._sent.append(operation)
        if operation == "GetTokensFromRefreshToken" and self._together:
            self._all_asked.wait(20)
            time.sleep(0.3)  # from "asks next" to "has asked", which no thread can say of itself
        return self._send(request)

    def _now(self) -> float:
        return time.time() + self._fast

    @said
    def sign_in(
        self,
        key: str,
        chain_id: int | None = None,
        signing_key: str | None = None,
        rejects: bool = False,
        takes_seconds: int = 0,
    ) -> View:
        def sign(message: str) -> str:
            self._prompts += 1
            self._fast += takes_seconds
            if rejects:
                raise RejectedError
            return sign_text(signing_key or key, message)

        address = str(Account.from_key(key).address)
        self._session = self._auth.sign_in((address, sign), chain_id=chain_id)
        return view(self._session)

    def session(self) -> View | None:
        alive = self._session and not self._session.is_over
        return view(self._session) if self._session and alive else None

    @said
    def restore(self) -> View | None:
        if self._session is None or self._session.is_over:
            return None
        self._session = self._auth.restore(self._session.refresh_token)
        return view(self._session)

    @said
    def refresh(self, times: int) -> Refreshed:
        session, before = self._signed_in(), len(self._sent)

        self._all_asked.clear()
        barrier = threading.Barrier(times, action=self._all_asked.set)

        def refresh(_: int) -> str:
            barrier.wait(20)
            session.refresh()
            return session.id_token

        self._together = True
        with ThreadPoolExecutor(times) as threads:
            tokens = set(threads.map(refresh, range(times)))
        self._together = False
        sent = self._sent[before:].count("GetTokensFromRefreshToken")
        return {"requests": sent, "tokens": len(tokens)}

    def switch_account(self, key: str) -> View | None:
        """A session has the account that signed; another account is another sign-in."""
        _ = key
        return self.session()

    @said
    def sign_out(self, everywhere: bool = False) -> None:
        self._signed_in().sign_out(everywhere=everywhere)

    def prompts(self) -> int:
        return self._prompts

    def set_clock(self, seconds: int) -> None:
        self._fast = seconds

    @said
    def chains(self) -> list[int]:
        return [chain["chainId"] for chain in self._visitor.gallery.chains()]

    @said
    def contract_name(self, chain_id: int, contract: str) -> str | None:
        return self._visitor.gallery.contract(chain_id, contract)["contract"]["name"]

    @said
    def contract_nfts(self, chain_id: int, contract: str, most: int) -> list[str]:
        listed = self._visitor.gallery.contract_nfts(chain_id, contract)
        return [nft["tokenId"] for nft in islice(listed, most)]

    @said
    def my_nfts(self, chain_id: int) -> Walk:
        pages = list(self._visitor.gallery.my_nfts(chain_id).pages())
        owned = [nft for page in pages for nft in page["items"]]
        distinct = {(nft["contract"]["address"], nft["tokenId"]) for nft in owned}
        return {"count": len(owned), "distinct": len(distinct), "pages": len(pages)}

    def close(self) -> None:
        pass

    @property
    def _visitor(self) -> Visitor:
        return self._session or self._auth.guest()

    def _signed_in(self) -> Session:
        if self._session is None:
            raise RefusedError("not_signed_in", False)
        return self._session


def view(session: Session) -> View:
    return {"wallet": session.wallet, "chain_id": session.chain_id}


def serve(driver: Any) -> None:
    """A command a line, an answer a line: see tests/clients/driver.py."""
    for line in sys.stdin:
        command = json.loads(line)
        try:
            answer: dict[str, Any] = {"gives": getattr(driver, command["do"])(**command["with"])}
        except RefusedError as error:
            answer = {"refuses": {"code": error.code, "retryable": error.retryable}}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    serve(PythonDriver(*sys.argv[1:]))
