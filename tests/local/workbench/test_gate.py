"""No page on the web reaches `/_local/`: not by its own name, not by another site's page."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator

import httpx
import pytest

from local.cognito_idp.refresh_tokens import SignIn
from local.configuration import ROOT, Configuration
from local.running import Running
from local.workbench.page import Shown, render
from local.workbench.recent_requests import SeenRequest
from local.workbench.wallets import SeenSession, SeenUser

ORIGIN = "http://localhost:3000"
CHANGE = "/_local/providers/alchemy"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("gate")
    made = Running(Configuration(3000, 3001, folder / "none", folder / "state"))
    yield made
    asyncio.run(made.close())


def ask(
    running: Running,
    method: str,
    path: str,
    headers: dict[str, str] | list[tuple[str, str]],
    *,
    client: str = "127.0.0.1",
    port: int = 3000,
    body: str = '{"fault": "429"}',
) -> httpx.Response:
    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(running.apps[port], client=(client, 5))
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as browser:
            return await browser.request(method, path, headers=headers, content=body)

    return asyncio.run(send())


OWN = {"x-local": "1"}


@pytest.mark.parametrize("path", ["/_local/", "/_local/requests.json", "/_local/users.json"])
@pytest.mark.parametrize("host", ["localhost:3000", "127.0.0.1:3000"])
def test_the_developer_is_answered_by_either_name(running: Running, path: str, host: str) -> None:
    assert ask(running, "GET", path, {"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": ORIGIN, "sec-fetch-site": "same-origin", "sec-fetch-dest": "empty"},
        {"sec-fetch-site": "none", "sec-fetch-dest": "document"},
    ],
)
def test_its_own_page_and_a_typed_address_are_answered(
    running: Running, headers: dict[str, str]
) -> None:
    assert ask(running, "GET", "/_local/", headers).status_code == 200


STRANGERS: dict[str, dict[str, str]] = {
    "a rebound name": {"host": "evil.example:3000"},
    "a rebound name without a port": {"host": "evil.example"},
    "a name that begins alike": {"host": "localhost:3000.evil.example"},
    "another port": {"host": "localhost:3001"},
    "no port": {"host": "localhost"},
    "capitals": {"host": "LOCALHOST:3000"},
    "a trailing dot": {"host": "localhost.:3000"},
    "an empty host": {"host": ""},
    "a strange origin": {"origin": "https://evil.example"},
    "a sandboxed page": {"origin": "null"},
    "the other of our names": {"origin": "http://127.0.0.1:3000"},
    "our name by https": {"origin": "https://localhost:3000"},
    "a page of another port": {"origin": "http://localhost:5173", "sec-fetch-site": "same-site"},
    "a link on another site": {"sec-fetch-site": "cross-site", "sec-fetch-dest": "document"},
    "a page of the same site": {"sec-fetch-site": "same-site"},
    "a frame": {"sec-fetch-site": "same-origin", "sec-fetch-dest": "iframe"},
    "a picture": {"sec-fetch-dest": "image"},
    "a tunnel": {"x-forwarded-for": "203.0.113.9"},
    "a proxy": {"via": "1.1 proxy"},
    "a proxy of the standard": {"forwarded": "for=203.0.113.9"},
}


@pytest.mark.parametrize("headers", STRANGERS.values(), ids=list(STRANGERS))
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/_local/"), ("GET", "/_local/users.json"), ("GET", "/_local/x"), ("POST", CHANGE)],
)
def test_a_stranger_is_refused_everything(
    running: Running, headers: dict[str, str], method: str, path: str
) -> None:
    answer = ask(running, method, path, {**OWN, **headers})
    assert answer.status_code == 403
    assert set(answer.json()) == {"error"}
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert running.stack.stand_ins.switches.all()["alchemy"].fault == ""


def test_two_hosts_are_refused(running: Running) -> None:
    headers = [("host", "localhost:3000"), ("host", "evil.example")]
    assert ask(running, "GET", "/_local/", headers).status_code == 403


def test_another_machine_is_refused(running: Running) -> None:
    assert ask(running, "GET", "/_local/", {}, client="192.0.2.7").status_code == 403


@pytest.mark.parametrize("value", [None, "", "0", "true", "1, 1"])
def test_a_change_needs_the_header_that_no_form_can_send(
    running: Running, value: str | None
) -> None:
    headers = {} if value is None else {"x-local": value}
    assert ask(running, "POST", CHANGE, headers).status_code == 403
    assert running.stack.stand_ins.switches.all()["alchemy"].fault == ""


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "DELETE", "PATCH"])
def test_who_asks_beforehand_gets_no_leave(running: Running, method: str) -> None:
    asked = {"origin": "https://evil.example", "access-control-request-headers": "x-local"}
    answer = ask(running, method, CHANGE, {**asked, **OWN})
    assert answer.status_code in (403, 405)
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_get_changes_nothing(running: Running) -> None:
    assert ask(running, "GET", CHANGE, OWN).status_code in (404, 405)
    assert running.stack.stand_ins.switches.all()["alchemy"].fault == ""


def test_it_is_not_on_the_port_of_the_api(running: Running) -> None:
    answer = ask(running, "GET", "/_local/users.json", {"host": "localhost:3001"}, port=3001)
    assert answer.status_code == 403
    assert answer.json() == {"message": "Forbidden"}


@pytest.mark.parametrize(
    "path", ["/_local/", "/_local/users.json", "/_local/page.js", "/_local/no"]
)
def test_nothing_of_it_can_be_framed_cached_or_run_elsewhere(running: Running, path: str) -> None:
    headers = ask(running, "GET", path, {}).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store"
    assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/_local/../config.json", "/_localx", "/_Local/"])
def test_paths_beside_it_are_the_sites(running: Running, path: str) -> None:
    assert "workbench" not in ask(running, "GET", path, {}).text.lower()


def test_no_page_of_the_dapp_loads_or_names_it(running: Running) -> None:
    assert "_local" not in ask(running, "GET", "/", {}).text


def test_what_a_stranger_wrote_is_text_on_the_page() -> None:
    evil = "<script>alert('1')</script>\"'"
    session = SeenSession(evil, 0, 0, "current")
    shown = Shown(
        requests=[SeenRequest(1, 0, evil, evil, evil, evil, 400, 1, (evil,))],
        users=[SeenUser(evil, evil, 0, {evil: evil}, [session])],
        faults={evil: evil},
        choices=(evil,),
        stood_in={evil},
    )
    html = render(shown)
    assert "alert(" in html
    assert "<script>alert" not in html
    assert f"'{evil}'" not in html


def test_the_page_takes_nothing_from_elsewhere() -> None:
    folder = ROOT / "local" / "workbench"
    sources = [file.read_text() for file in folder.glob("page.*")]
    assert not [text for text in sources if "://" in text or "//cdn" in text]


def test_a_session_whose_end_cannot_be_saved_is_an_error_and_goes_on(running: Running) -> None:
    sign_in = SignIn("o", "e", "p", "c", "0xa", auth_time=1, expires_at=4e9)
    running.stack.user_pools.refresh_tokens.issue(sign_in)
    name = hashlib.sha256(b"o").hexdigest()[:16]
    for switch, status in (("ON", 500), ("OFF", 200)):
        running.stack.state.execute(f"PRAGMA query_only = {switch}")
        answer = ask(running, "POST", f"/_local/sessions/{name}/expire", OWN)
        assert answer.status_code == status
    assert running.stack.user_pools.refresh_tokens.has_aged("o")
