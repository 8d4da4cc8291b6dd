"""Look-ups by the Python client: authorization, patience, encoding, errors, endless lists."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from nft_gallery_client import ApiError, Session, SessionError, Visitor, WalletAuthError
from nft_gallery_client.http import Answer, Request, over_requests
from nft_gallery_client.signing import signable_url
from tests.clients.python.fakes import (
    ADDRESS,
    API,
    NOW,
    FakeGallery,
    Wallet,
    http_date,
    reply,
)

CHAINS = reply(200, {"chains": []})
BUSY = {"error": {"code": "rate_limited", "message": "m", "requestId": "r-1"}}


def page(*token_ids: str, cursor: str | None = None) -> Answer:
    return reply(200, {"items": [{"tokenId": name} for name in token_ids], "nextCursor": cursor})


@pytest.fixture
def gallery() -> FakeGallery:
    return FakeGallery(replies={"/chains": [CHAINS]})


@pytest.fixture
def guest(gallery: FakeGallery) -> Visitor:
    return gallery.auth().guest()


@pytest.fixture
def session(gallery: FakeGallery) -> Session:
    return gallery.auth().sign_in(Wallet().account)


def test_each_route_gets_what_it_needs(gallery: FakeGallery, session: Session) -> None:
    def authorization(path: str) -> str:
        return session.authorization("GET", f"{API}/{path}").get("Authorization", "nothing")

    assert authorization("chains") == "nothing"
    assert authorization("me/nfts?chainId=1") == f"Bearer {session.id_token}"
    assert authorization("gate/1/0x12") == f"Bearer {session.id_token}"
    assert authorization("chains/1/contracts/0x12").startswith("AWS4-HMAC-SHA256 Credential=ASIA")
    assert authorization("a/new/route").startswith("AWS4-HMAC-SHA256")


def test_a_guest_signs_and_has_no_token(gallery: FakeGallery, guest: Visitor) -> None:
    gallery.replies["/names/a.eth"] = [reply(200, {"name": "a.eth", "address": ADDRESS})]
    assert guest.gallery.resolve_name("a.eth")["address"] == ADDRESS
    sent = gallery.sent("/names/a.eth")[0].headers
    assert sent["X-Amz-Security-Token"] == "secret-session-token"
    for mine in (
        lambda: next(guest.gallery.my_nfts(1)),
        lambda: guest.gallery.holds(1, ADDRESS),
        guest.gallery.my_name,
    ):
        with pytest.raises(SessionError, match="not_signed_in"):
            mine()


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/prod/me/nfts",
        f"{API}.evil.example/me/nfts",
        API.replace("/prod", "/other/me/nfts"),
        f"{API}?me/nfts",
        "http://api.example/prod/me/nfts",
        "https://api.example@evil.example/prod/me/nfts",
    ],
)
def test_no_token_and_no_signature_is_made_for_a_strangers_url(session: Session, url: str) -> None:
    with pytest.raises(WalletAuthError, match="foreign_url"):
        session.requests_auth()(requests.Request("GET", url).prepare())


def test_requests_signs_the_url_that_it_sends(session: Session) -> None:
    asked = requests.Request("GET", f"{API}/names/don't (x)*!.eth", params={"a": "b c'"})
    prepared = session.requests_auth()(asked.prepare())
    assert prepared.url == f"{API}/names/don%27t%20%28x%29%2A%21.eth?a=b%20c%27"
    assert signable_url(prepared.url) == prepared.url


def test_a_path_is_encoded_whatever_stands_in_it(gallery: FakeGallery, guest: Visitor) -> None:
    with pytest.raises(WalletAuthError, match="unreachable"):
        guest.gallery.resolve_name("a/b?c#d%2F'é")
    assert gallery.requests[-1].url == f"{API}/names/a%2Fb%3Fc%23d%252F%27%C3%A9"


@pytest.mark.parametrize("name", ["", ".", ".."])
def test_a_name_that_would_be_another_path_is_not_sent(
    gallery: FakeGallery, guest: Visitor, name: str
) -> None:
    with pytest.raises(WalletAuthError, match="invalid_parameter"):
        guest.gallery.resolve_name(name)
    assert gallery.requests == []


@pytest.mark.parametrize(
    ("header", "waits"),
    [
        ({"Retry_After": "7"}, [7.0]),
        ({"retry_after": "0"}, [0.0]),
        ({"Retry_After": http_date(NOW + 30)}, [30.0]),
        ({"Retry_After": http_date(NOW - 30)}, [0.0]),
        ({"Retry_After": "soon"}, [1.0]),
        ({"Retry_After": "-1"}, [1.0]),
        ({"Retry_After": "nan"}, [1.0]),
        ({}, [1.0]),
    ],
)
def test_retry_after_is_honoured(
    gallery: FakeGallery, guest: Visitor, header: dict[str, str], waits: list[float]
) -> None:
    gallery.replies["/chains"] = [reply(429, BUSY, **header), CHAINS]
    assert guest.gallery.chains() == []
    assert gallery.slept == waits


def test_a_long_wait_is_the_callers_to_decide_about(gallery: FakeGallery, guest: Visitor) -> None:
    gallery.replies["/chains"] = [reply(429, BUSY, Retry_After="61")]
    with pytest.raises(ApiError) as error:
        guest.gallery.chains()
    found = error.value
    assert (found.code, found.retryable, found.retry_after) == ("rate_limited", True, 61.0)
    assert (found.status, found.request_id, gallery.slept) == (429, "r-1", [])


def test_a_throttle_that_does_not_end_is_asked_four_times(
    gallery: FakeGallery, guest: Visitor
) -> None:
    gallery.replies["/chains"] = [reply(429, BUSY)]
    with pytest.raises(ApiError, match="rate_limited"):
        guest.gallery.chains()
    assert (gallery.slept, len(gallery.sent("/chains"))) == ([1.0, 2.0, 4.0], 4)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_providers_failure_is_not_asked_again(
    gallery: FakeGallery, guest: Visitor, status: int
) -> None:
    gallery.replies["/chains"] = [reply(status, {"error": {"code": "upstream_timeout"}})]
    with pytest.raises(ApiError) as error:
        guest.gallery.chains()
    assert (error.value.code, len(gallery.requests)) == ("upstream_timeout", 1)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (reply(403, {"message": "Missing Authentication Token"}), "forbidden"),
        (reply(403, {"Message": "User: arn is not authorized"}), "forbidden"),
        (reply(401, {"message": "Unauthorized"}), "unauthorized"),
        (reply(404, {"error": {"code": "no_node"}}), "no_node"),
        (reply(418, {"error": {"code": "a_code_of_tomorrow"}}), "unreadable_response"),
        (reply(500, {"error": {"code": ["x"]}}), "unreadable_response"),
        (reply(500, {"error": "x"}), "internal_error"),
        (Answer(502, {}, b"<html>"), "internal_error"),
        (Answer(302, {"Location": "https://evil.example"}, b""), "unreadable_response"),
        (Answer(200, {}, b"<html>"), "unreadable_response"),
        (Answer(200, {}, b"[]"), "unreadable_response"),
    ],
)
def test_every_answer_that_is_none_has_a_code_of_ours(
    gallery: FakeGallery, guest: Visitor, answer: Answer, code: str
) -> None:
    gallery.replies["/chains"] = [answer]
    with pytest.raises(ApiError) as error:
        guest.gallery.chains()
    assert error.value.code == code


def test_a_list_is_read_page_by_page_as_it_is_needed(
    gallery: FakeGallery, session: Session
) -> None:
    pages = [page("1", "2", cursor="a"), page(cursor="b&c"), page("3")]
    gallery.replies["/me/nfts"] = list(pages)
    listed = session.gallery.my_nfts(1, spam="exclude", limit=2)
    assert next(listed)["tokenId"] == "1"
    assert len(gallery.sent("/me/nfts")) == 1
    assert [nft["tokenId"] for nft in listed] == ["2", "3"]
    urls = [request.url.partition("?")[2] for request in gallery.sent("/me/nfts")]
    assert urls[0] == "chainId=1&spam=exclude&limit=2"
    assert urls[2].endswith("&cursor=b%26c")


@pytest.mark.parametrize("cursors", [["a", "a"], ["a", "b", "a"]])
def test_a_list_that_goes_in_a_circle_ends_by_an_error(
    gallery: FakeGallery, session: Session, cursors: list[str]
) -> None:
    gallery.replies["/me/nfts"] = [page("1", cursor=cursor) for cursor in cursors]
    with pytest.raises(ApiError, match="list_broken"):
        list(session.gallery.my_nfts(1))
    assert len(gallery.sent("/me/nfts")) == len(cursors)


def test_the_gate_says_whether_a_wallet_holds(gallery: FakeGallery, session: Session) -> None:
    not_a_holder = reply(403, {"error": {"code": "not_a_holder"}})
    down = reply(503, {"error": {"code": "providers_unavailable"}})
    gallery.replies[f"/gate/1/{ADDRESS}"] = [reply(204), not_a_holder, down]
    assert session.gallery.holds(1, ADDRESS)
    assert not session.gallery.holds(1, ADDRESS)
    with pytest.raises(ApiError, match="providers_unavailable"):
        session.gallery.holds(1, ADDRESS)


def test_pictures_are_asked_for_by_one_word(gallery: FakeGallery, guest: Visitor) -> None:
    contract = f"/chains/1/contracts/{ADDRESS}"
    gallery.replies = {path: [reply(200, {})] for path in (contract, f"{contract}/nfts/7")}
    guest.gallery.contract(1, ADDRESS, image="inline")
    guest.gallery.nft(1, ADDRESS, 7, image="small")
    guest.gallery.nft(1, ADDRESS, 7)
    asked = [request.url for name in gallery.replies for request in gallery.sent(name)]
    words = ["?image=inline", "/nfts/7?image=small", "/nfts/7"]
    assert asked == [f"{API}{contract}{word}" for word in words]


@pytest.mark.parametrize("error", ["ExpiredTokenException", "InvalidSignatureException"])
def test_a_refused_signature_is_made_once_more_at_the_servers_time(
    gallery: FakeGallery, error: str
) -> None:
    """The machine slept: its clock stands where it was."""
    guest = gallery.auth(now=lambda: NOW).guest()
    stale = reply(403, {"message": "m"}, x_amzn_ErrorType=error, Date=http_date(NOW + 3600))
    gallery.replies["/addresses/0x1/name"] = [stale, reply(200, {"name": "a.eth"})]
    guest.credentials()
    gallery.time = NOW + 3600
    assert guest.gallery.name_of("0x1")["name"] == "a.eth"
    first, second = (request.headers for request in gallery.sent("/addresses/0x1/name"))
    assert first["X-Amz-Date"][:11] == "20270115T08"
    assert second["X-Amz-Date"][:11] == "20270115T09"


@pytest.mark.parametrize(
    ("error", "requests"), [("InvalidSignatureException", 2), ("AccessDeniedException", 1)]
)
def test_a_signature_that_stays_refused_is_an_error(
    gallery: FakeGallery, guest: Visitor, error: str, requests: int
) -> None:
    denied = reply(403, {"Message": "no"}, x_amzn_ErrorType=error)
    gallery.replies["/addresses/0x1/name"] = [denied]
    with pytest.raises(ApiError, match="forbidden"):
        guest.gallery.name_of("0x1")
    assert len(gallery.sent("/addresses/0x1/name")) == requests


class NetrcSession(requests.Session):
    """Sends nothing; what would go out is `sent`."""

    sent: requests.PreparedRequest

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:
        self.sent = request
        raise requests.ConnectionError


def test_a_netrc_file_does_not_replace_the_authorization(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path_factory.mktemp("home") / "netrc"
    netrc.write_text("machine api.example login someone password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    session = NetrcSession()
    with pytest.raises(WalletAuthError, match="unreachable"):
        over_requests(session)(Request("GET", f"{API}/me/nfts", {"Authorization": "Bearer t"}))
    assert session.sent.headers["Authorization"] == "Bearer t"
