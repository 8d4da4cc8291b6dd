"""A page full of hostile tokens, in Chromium: whose hosts are asked for pictures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from deploy.content_security_policy import picture_hosts
from tests.e2e.conftest import RunningStack
from tests.e2e.test_search import APES

CORPUS = json.loads((Path(__file__).parents[1] / "fixtures/hostile_pictures.json").read_text())
NAMES = ("cachedUrl", "thumbnailUrl", "pngUrl", "originalUrl")


def hostile(number: int, url: str) -> dict[str, Any]:
    """A token that names one address wherever Alchemy's answers name any."""
    return {
        "contract": {"address": APES, "openSeaMetadata": {"imageUrl": url, "bannerImageUrl": url}},
        "tokenId": str(number),
        "image": dict.fromkeys(NAMES, url),
        "animation": {"cachedUrl": url, "originalUrl": url},
        "raw": {"metadata": {"image": url, "animation_url": url}, "tokenUri": url},
    }


@pytest.mark.usefixtures("complaints")
def test_looking_at_hostile_tokens_asks_no_stranger(page: Page, stack: RunningStack) -> None:
    items = [hostile(n, url) for n, url in enumerate([*CORPUS["strangers"], *CORPUS["known"]])]
    asked: list[str] = []

    def note(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(
            content_type="image/svg+xml", body='<svg xmlns="http://www.w3.org/2000/svg"/>'
        )

    def answer(route: Route) -> None:
        headers = {"Access-Control-Allow-Origin": stack.site}
        route.fulfill(json={"nfts": items}, headers=headers)

    page.route(lambda url: not url.startswith((stack.site, stack.api)), note)
    page.route("**/prod/getNFTsCollectionAlchemy*", answer)
    page.set_viewport_size({"width": 1440, "height": 12_000})  # all in view: nothing is put off
    page.goto(f"{stack.site}/#/compare")
    page.get_by_label("NFT contract address").fill(APES)
    page.get_by_role("button", name="Look up").click()
    nfts = page.get_by_role("list", name="NFTs by Alchemy").get_by_role("listitem")
    expect(nfts).to_have_count(len(items))
    page.evaluate("for (const image of document.images) image.loading = 'eager'")
    shown = "(url) => [...document.images].some((image) => image.src === url && image.complete)"
    page.wait_for_function(shown, arg=CORPUS["known"][0])
    page.wait_for_function("[...document.images].every((image) => image.complete)")
    known = [url for url in asked if url.startswith(tuple(picture_hosts()))]
    assert [url for url in asked if url not in known and not url.startswith("data:")] == []
    assert CORPUS["known"][0] in known
