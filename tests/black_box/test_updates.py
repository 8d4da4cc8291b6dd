"""Other parameters on a stack that has users: what is live at once, and who notices nothing.

AWS gets them by a stack update; the suite's own local stack by a restart with the same ports and
state, since it reads its parameters when it starts.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx
import pytest

from tests.black_box.routes import OWN
from tests.black_box.test_raw_routes import assert_typed_error
from tests.black_box.visitor import Visitor
from verify.suite import Given, Updates

pytestmark = [pytest.mark.needs_updates, pytest.mark.needs_stand_in]
SECONDS_TO_BE_EVERYWHERE = 60
CACHED = [route.example for route in OWN if not route.path.startswith(("/gate", "/me/name"))]
"""The lists: new wallets hold nothing to be gated by, and have no names."""


@pytest.fixture(scope="module")
def updates(unshared: Given) -> Updates:
    assert unshared.updates is not None, "a target that takes no updates says so in its skips"
    return unshared.updates


@dataclass(frozen=True)
class Before:
    """Two wallets that signed in before any update."""

    wallets: tuple[dict[str, str], dict[str, str]]

    @property
    def token(self) -> str:
        return self.wallets[0]["IdToken"]


@pytest.fixture(scope="module")
def before(unshared_client: Visitor) -> Before:
    return Before((unshared_client.sign_in(), unshared_client.sign_in()))


@pytest.fixture(scope="module")
def refused_key(updates: Updates, before: Before) -> None:
    updates.change({"AlchemyApiKey": "a-key-that-is-refused", "ProviderKeysVersion": "verify-2"})


@pytest.fixture(scope="module")
def cached(updates: Updates, before: Before) -> None:
    """The right keys again, and the stage cache."""
    cache = {"CacheSizeGb": "0.5", "CacheTtlSeconds": "300"}
    updates.change({**updates.keys, "ProviderKeysVersion": "verify-3", **cache})


def eventually(ask: Callable[[], httpx.Response], status: int) -> httpx.Response:
    """The answer, once its status is right; AWS takes some seconds to be the same everywhere."""
    end = time.monotonic() + SECONDS_TO_BE_EVERYWHERE
    while (answer := ask()).status_code != status and time.monotonic() < end:
        time.sleep(1)
    return answer


@pytest.mark.usefixtures("refused_key")
def test_a_changed_key_is_in_use_at_once_and_no_other_providers(
    unshared_client: Visitor, before: Before
) -> None:
    answer = eventually(lambda: unshared_client.get("getNFTsAlchemy", token=before.token), 502)
    assert_typed_error(answer, 502, "upstream_auth")
    assert unshared_client.get("getNFTsMoralis", token=before.token).status_code == 200


@pytest.mark.usefixtures("cached")
def test_the_right_key_is_in_use_again(unshared_client: Visitor, before: Before) -> None:
    answer = eventually(lambda: unshared_client.get("getNFTsAlchemy", token=before.token), 200)
    assert answer.status_code == 200


@pytest.mark.usefixtures("cached")
@pytest.mark.parametrize("route", CACHED)
def test_with_the_cache_each_wallet_gets_its_own_page(
    unshared_client: Visitor, before: Before, route: str
) -> None:
    """Asked for in turn, so that each second page could be the other wallet's first."""
    first, second = (wallet["IdToken"] for wallet in before.wallets)
    pages = {
        token: [unshared_client.get(route, token=token) for _ in range(2)]
        for token in (first, second)
    }
    again = unshared_client.get(route, token=first)
    assert {page.status_code for each in pages.values() for page in each} == {200}
    assert tokens_in(pages[first][0]) == tokens_in(pages[first][1]) == tokens_in(again)
    assert tokens_in(pages[second][0]) == tokens_in(pages[second][1])
    assert tokens_in(pages[first][0]) != tokens_in(pages[second][0])


def tokens_in(answer: httpx.Response) -> object:
    """What is in a page, without its time."""
    page = answer.json()
    return next(page[name] for name in ("ownedNfts", "result", "items") if name in page)


@pytest.mark.usefixtures("cached")
def test_a_page_in_the_cache_wants_its_token_as_any_other(
    unshared_client: Visitor, before: Before
) -> None:
    assert unshared_client.get("getNFTsAlchemy", token=before.token).status_code == 200
    for wrong in ("", "garbage", before.token + "x"):
        assert unshared_client.get("getNFTsAlchemy", token=wrong).status_code == 401


@pytest.mark.usefixtures("cached")
def test_a_second_look_comes_from_the_cache(
    unshared_client: Visitor, before: Before, is_own: bool, note: Callable[[str], None]
) -> None:
    """The stand-in writes the time into its page. AWS promises no hit: there a miss is a note."""
    first = unshared_client.get("getNFTsAlchemy", token=before.token)
    time.sleep(1.1)
    second = unshared_client.get("getNFTsAlchemy", token=before.token)
    if first.text != second.text:
        assert not is_own
        note("a second look a second later did not come from the stage cache")


@pytest.mark.usefixtures("cached")
def test_users_and_their_sessions_outlive_every_update(
    unshared_client: Visitor, before: Before
) -> None:
    for wallet in before.wallets:
        assert unshared_client.user_pool("GetUser", AccessToken=wallet["AccessToken"])["Username"]
        refreshed = unshared_client.user_pool(
            "GetTokensFromRefreshToken",
            ClientId=unshared_client.config["userPoolClientId"],
            RefreshToken=wallet["RefreshToken"],
        )
        assert refreshed["AuthenticationResult"]["IdToken"]
