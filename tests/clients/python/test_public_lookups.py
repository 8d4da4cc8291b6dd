"""A gallery whose config.json has `publicUrl`: look-ups go there unsigned, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

from nft_gallery_client import ApiError, ConfigError, WalletAuth, WalletAuthError
from nft_gallery_client.config import read_config
from nft_gallery_client.gallery import Gallery
from tests.clients.python.fakes import (
    ADDRESS,
    API,
    CONFIG,
    ORIGIN,
    FakeGallery,
    Reply,
    Wallet,
    reply,
)

SITE = "https://site.example/api/public"
PAGE = reply(200, {"items": [], "nextCursor": None})
LOOK_UPS: dict[str, Callable[[Gallery], Any]] = {
    "/chains": lambda gallery: gallery.chains(),
    f"/chains/1/contracts/{ADDRESS}": lambda gallery: gallery.contract(1, ADDRESS),
    f"/chains/1/contracts/{ADDRESS}/nfts": lambda gallery: list(gallery.contract_nfts(1, ADDRESS)),
    f"/chains/1/contracts/{ADDRESS}/nfts/7": lambda gallery: gallery.nft(1, ADDRESS, 7),
    "/chains/1/owners/a.eth/nfts": lambda gallery: list(gallery.owned_nfts(1, "a.eth")),
    "/names/a.eth": lambda gallery: gallery.resolve_name("a.eth"),
    f"/addresses/{ADDRESS}/name": lambda gallery: gallery.name_of(ADDRESS),
    f"/chains/1/contracts/{ADDRESS}/nfts/7/metadata": (
        lambda gallery: gallery.metadata(1, ADDRESS, 7, image="inline")
    ),
}


@pytest.fixture
def fake() -> FakeGallery:
    query = f"/chains/1/contracts/{ADDRESS}/nfts/7/metadata?image=inline"
    replies: dict[str, list[Reply]] = {f"{SITE}{path}": [PAGE] for path in (*LOOK_UPS, query)}
    replies[f"{SITE}/chains"] = [reply(200, {"chains": []})]
    return FakeGallery(replies=replies)


def auth_of(fake: FakeGallery) -> WalletAuth:
    config = {**CONFIG, "publicUrl": f"{SITE}/"}
    return WalletAuth(
        config,
        origin=ORIGIN,
        http=fake,
        now=lambda: fake.time,
        sleep=fake.slept.append,
        random_bytes=bytes,
    )


@pytest.mark.parametrize("path", LOOK_UPS)
def test_a_look_up_is_one_unsigned_request_to_the_site(fake: FakeGallery, path: str) -> None:
    auth = auth_of(fake)
    for visitor in (auth.guest(), auth.sign_in(Wallet().account)):
        fake.requests.clear()
        LOOK_UPS[path](visitor.gallery)
        (sent,) = fake.requests
        assert (sent.url.partition("?")[0], sent.headers) == (f"{SITE}{path}", {})


def test_a_wallets_own_routes_stay_the_apis(fake: FakeGallery) -> None:
    session = auth_of(fake).sign_in(Wallet().account)
    fake.replies["/me/nfts"] = [PAGE]
    fake.replies["/me/name"] = [reply(200, {"name": "a.eth", "address": ADDRESS})]
    list(session.gallery.my_nfts(1))
    assert session.gallery.my_name()["name"] == "a.eth"
    for path in ("/me/nfts", "/me/name"):
        (sent,) = fake.sent(path)
        assert sent.headers["Authorization"] == f"Bearer {session.id_token}"
    assert fake.sent("GetId") == []


def test_nothing_is_signed_for_the_site_and_for_nobody_else_either(fake: FakeGallery) -> None:
    session = auth_of(fake).sign_in(Wallet().account)
    assert session.authorization("GET", f"{SITE}/me/nfts") == {}
    assert "Authorization" in session.authorization("GET", f"{API}/chains/1/contracts/0x1")
    for url in (f"{SITE}.evil.example/chains", "https://site.example/chains", SITE):
        with pytest.raises(WalletAuthError, match="foreign_url"):
            session.requests_auth()(requests.Request("GET", url).prepare())


def test_a_refusal_there_asks_for_no_new_credentials(fake: FakeGallery) -> None:
    fake.replies[f"{SITE}/names/a.eth"] = [reply(403, {"message": "Forbidden"})]
    with pytest.raises(ApiError, match="forbidden"):
        auth_of(fake).guest().gallery.resolve_name("a.eth")
    assert len(fake.requests) == 1


@pytest.mark.parametrize("url", ["http://site.example", "", 7, "https://site.example/?x"])
def test_a_site_that_cannot_be_used_is_named(url: object) -> None:
    with pytest.raises(ConfigError) as error:
        read_config({**CONFIG, "publicUrl": url})
    assert "publicUrl" in str(error.value)
