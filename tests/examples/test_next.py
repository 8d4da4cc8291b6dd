"""examples/next, built and served as in production: what the server makes of a session cookie."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from eth_account import Account
from playwright.sync_api import Page, expect

from local.cognito_idp.signing_keys import SigningKey, SigningKeys, new_private_key
from local.state import FILE, State
from nft_gallery_client import Session, WalletAuth
from tests.e2e.conftest import HOLDS_3, RunningStack, free_port
from tests.examples.conftest import HOLDER, Install, start_listing_stack
from tools.example_packages import EXAMPLES
from tools.node_packages import npm_environment

APP = EXAMPLES / "next"
COOKIE = "__Host-id-token"
NOBODY = "The server knows no wallet"
PATIENCE_MS = 30_000


@dataclass(frozen=True)
class Server:
    origin: str
    stack: RunningStack
    signing_key: SigningKey
    session: Session

    def post(self, token: object, **headers: str) -> httpx.Response:
        given = {"Origin": self.origin, **headers}
        return httpx.post(f"{self.origin}/api/session", json={"idToken": token}, headers=given)

    def page_for(self, token: str) -> str:
        return httpx.get(self.origin, headers={"Cookie": f"{COOKIE}={token}"}).text

    def signed(self, key: RSAPrivateKey | None = None, **claims: Any) -> str:
        own = jwt.decode(self.session.id_token, options={"verify_signature": False})
        headers = {"kid": self.signing_key.kid}
        by = key or self.signing_key.private_key
        return jwt.encode({**own, **claims}, by, algorithm="RS256", headers=headers)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder, port = tmp_path_factory.mktemp("stack"), str(free_port())
    origin = f"http://localhost:{port}"
    stack = start_listing_stack(folder, origin)
    env = {**npm_environment(), "GALLERY": stack.site, "ORIGIN": origin, "NODE_ENV": "production"}
    command = ["node", "node_modules/next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", port]
    env["NEXT_TELEMETRY_DISABLED"] = "1"
    process = subprocess.Popen(command, cwd=APP, env=env, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        wait_for(process, origin)
        auth = WalletAuth.from_site(stack.site)
        session = auth.sign_in(Account.from_key(HOLDS_3))
        yield Server(origin, stack, signing_key_of(folder, auth.config.user_pool_id), session)
    finally:
        process.terminate()
        process.wait(timeout=20)
        stack.stop()


def wait_for(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        try:
            httpx.get(url, timeout=60)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


def signing_key_of(folder: Path, user_pool_id: str) -> SigningKey:
    state = State(folder / "state" / FILE)
    return SigningKeys(state, new_private_key).find(user_pool_id, "id")


def sign_in(page: Page, server: Server) -> None:
    page.goto(server.origin)
    page.get_by_role("button", name="Sign in with Scripted Wallet").click()
    expect(page.get_by_role("heading", name=HOLDER)).to_be_visible(timeout=PATIENCE_MS)


def test_the_server_renders_whose_wallet_signed_in(
    open_page: Install, server: Server, hosts: set[str]
) -> None:
    page = open_page()
    sign_in(page, server)
    response = page.reload()
    assert response is not None
    assert f"The server knows {HOLDER}" in response.text()
    assert hosts == {url.partition("://")[2] for url in (server.origin, server.stack.api)}


def test_no_script_of_the_page_can_read_the_cookie(open_page: Install, server: Server) -> None:
    page = open_page()
    sign_in(page, server)
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["path"]) == (COOKIE, "/")
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (True, True, "Lax")
    claims = jwt.decode(cookie["value"], options={"verify_signature": False})
    assert cookie["expires"] == pytest.approx(claims["exp"], abs=1)
    assert page.evaluate("document.cookie") == ""


def test_a_sign_out_clears_the_cookie(open_page: Install, server: Server) -> None:
    page = open_page()
    sign_in(page, server)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name=NOBODY)).to_be_visible(timeout=PATIENCE_MS)
    assert page.context.cookies() == []
    response = page.reload()
    assert response is not None
    assert NOBODY in response.text()


def test_a_cookie_that_was_lost_is_given_again(open_page: Install, server: Server) -> None:
    page = open_page()
    sign_in(page, server)
    page.context.clear_cookies()
    page.reload()
    expect(page.get_by_role("heading", name=HOLDER)).to_be_visible(timeout=PATIENCE_MS)


def test_a_cookie_without_a_session_in_the_page_is_cleared(
    open_page: Install, server: Server
) -> None:
    page = open_page()
    sign_in(page, server)
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(page.get_by_role("heading", name=NOBODY)).to_be_visible(timeout=PATIENCE_MS)
    assert page.context.cookies() == []


def test_a_refusal_is_shown_and_sets_no_cookie(open_page: Install, server: Server) -> None:
    page = open_page(refuses=["personal_sign"])
    page.goto(server.origin)
    page.get_by_role("button", name="Sign in with Scripted Wallet").click()
    expect(page.get_by_role("alert").first).to_have_text("user_rejected", timeout=PATIENCE_MS)
    assert page.context.cookies() == []


def test_the_cookie_of_a_genuine_token_is_safe(server: Server) -> None:
    answer = server.post(server.session.id_token)
    assert answer.status_code == 204
    (cookie,) = answer.headers.get_list("set-cookie")
    assert re.search(r"; Path=/; Expires=[^;]+; Secure; HttpOnly; SameSite=lax$", cookie)


def bad_tokens(server: Server) -> dict[str, object]:
    now = int(time.time())
    return {
        "expired": server.signed(exp=now - 1),
        "forged": server.signed(new_private_key()),
        "for access": server.session.access_token,
        "for another client": server.signed(aud="another"),
        "of another pool": server.signed(iss="https://cognito-idp.us-east-1.amazonaws.com/x"),
        "unsigned": jwt.encode({"wallet": HOLDER}, "", algorithm="none"),
        "no token": "x",
    }


def test_bad_tokens_make_no_cookie_and_no_wallet(server: Server) -> None:
    assert server.post(server.signed()).status_code == 204
    assert HOLDER in server.page_for(server.signed())
    for name, token in bad_tokens(server).items():
        answer = server.post(token)
        assert (answer.status_code, "set-cookie" in answer.headers) == (401, False), name
        page = server.page_for(str(token))
        assert NOBODY in page, name
        assert HOLDER not in page, name


@pytest.mark.parametrize("body", ["", "null", "[]", "{", json.dumps({"idToken": {"a": 1}})])
def test_a_body_that_is_none_is_refused(server: Server, body: str) -> None:
    url, headers = f"{server.origin}/api/session", {"Origin": server.origin}
    assert httpx.post(url, content=body, headers=headers).status_code == 401


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost"])
def test_pages_elsewhere_sign_nobody_in_or_out(server: Server, origin: str) -> None:
    assert server.post(server.session.id_token, Origin=origin).status_code == 403
    url = f"{server.origin}/api/session"
    for headers in ({"Origin": origin}, {}):
        answer = httpx.delete(url, headers=headers)
        assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)
