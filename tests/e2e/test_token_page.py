"""One token, `#/t/…`: the dialog over a grid and the page of its own, in a real Chromium."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.conftest import HOLDS_250, RunningStack, Wallet, sign_in
from tests.e2e.nft_pages import CONTRACT, LISTS, answer, nft, nft_page, refuse

OWNER = Wallet(key=HOLDS_250).address
TOKEN = "**/contracts/*/nfts/*"
METADATA = "**/nfts/*/metadata?*"
NAME = "**/addresses/*/name*"
ROOM = "https://ipfs.io/ipfs/QmRRPWG96cmgTn2qSzjwr2qvfNEuhunv6FNeMFGa9bx6mQ"
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="3000" height="3000"/>'


def serve(page: Page, *items: Mapping[str, Any]) -> None:
    """An owner holds these tokens; the API knows of each what the list knows, and has no node."""
    tokens = {item["tokenId"]: item for item in items}

    def one(route: Route) -> None:
        answer(route, dict(tokens[route.request.url.partition("?")[0].rpartition("/")[2]]))

    page.route(LISTS, lambda route: answer(route, nft_page([dict(item) for item in items])))
    page.route(TOKEN, one)
    page.route(METADATA, lambda route: refuse(route, 400, "unsupported_chain"))
    page.route(NAME, lambda route: refuse(route, 404, "no_node"))


def open_token(page: Page, stack: RunningStack, number: int = 7) -> None:
    page.goto(f"{stack.site}/#/t/1/{CONTRACT}/{number}")


def open_from_grid(page: Page, stack: RunningStack, name: str) -> Locator:
    page.goto(f"{stack.site}/#/w/{OWNER}?chain=1")
    page.get_by_role("main").get_by_role("link", name=name).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", level=1)).to_contain_text(name)
    return dialog


def media(image: str | None = None, animation: str | None = None) -> dict[str, Any]:
    picture = {"thumbnailUrl": None, "originalUrl": None, "contentType": None, "bytes": None}
    moving = {"originalUrl": None, "contentType": None}
    return {
        "image": {"url": image, **picture} if image else None,
        "animation": {"url": animation, **moving} if animation else None,
        "status": "ready",
    }


@pytest.mark.usefixtures("complaints")
def test_the_arrows_walk_through_the_list_and_escape_gives_the_focus_to_the_card(
    page: Page, stack: RunningStack
) -> None:
    serve(page, nft(1), nft(2), nft(3))
    dialog = open_from_grid(page, stack, "Token 2")
    expect(page).to_have_title("Token 2 · NFT Gallery")
    expect(dialog.get_by_role("status").first).to_have_text("Token 2. 2 of 3 loaded")
    dialog.get_by_role("button", name="Copy link").press("ArrowRight")
    expect(dialog.get_by_role("heading", level=1)).to_have_text("Token 3")
    expect(dialog).to_be_focused()  # what had the focus is gone
    expect(page).to_have_url(re.compile(rf"#/t/1/{CONTRACT}/3$"))
    page.keyboard.press("ArrowRight")  # there is none
    dialog.get_by_role("button", name="Previous").click()
    dialog.get_by_role("button", name="Previous").click()
    expect(dialog.get_by_role("button", name="Previous")).to_be_focused()
    expect(dialog.get_by_role("heading", level=1)).to_have_text("Token 1")
    page.evaluate("document.documentElement.dir = 'rtl'")
    page.keyboard.press("ArrowLeft")
    expect(dialog.get_by_role("heading", level=1)).to_have_text("Token 2")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("link", name="Token 2")).to_be_focused()
    expect(page).to_have_url(re.compile(rf"#/w/{OWNER}"))
    expect(page).not_to_have_title(re.compile("Token"))


@pytest.mark.usefixtures("complaints")
def test_back_and_a_click_beside_it_close_the_dialog(page: Page, stack: RunningStack) -> None:
    serve(page, nft(1), nft(2))
    dialog = open_from_grid(page, stack, "Token 1")
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_role("heading", level=1)).to_have_text("Token 2")
    page.go_back()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("link", name="Token 2")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    page.mouse.click(5, 5)
    expect(dialog).to_have_count(0)
    expect(page).to_have_url(re.compile(rf"#/w/{OWNER}"))  # it goes back after it is closed
    page.go_forward()
    expect(dialog.get_by_role("heading", level=1)).to_have_text("Token 2")


@pytest.mark.usefixtures("complaints")
def test_a_token_opened_directly_is_a_page_with_all_that_is_known(
    page: Page, stack: RunningStack
) -> None:
    open_token(page, stack)
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", level=1)).to_have_text("Bored Ape #7")
    expect(page).to_have_title("Bored Ape #7 · NFT Gallery")
    expect(main.get_by_role("img", name="Bored Ape #7")).to_be_visible()
    collection = main.get_by_role("link", name="Bored Ape Yacht Club")
    expect(collection).to_have_attribute("href", f"#/c/1/{CONTRACT}")
    expect(main.locator("dt", has_text="Mood")).to_be_visible()
    for fact in ("ERC-721", "Ethereum", "Alchemy", "ipfs://bafy"):
        expect(main).to_contain_text(fact)
    expect(main).to_contain_text("This site reads no contracts of this chain.")


@pytest.mark.usefixtures("complaints")
def test_links_to_elsewhere_show_their_host_and_tell_it_nothing(
    page: Page, stack: RunningStack
) -> None:
    site = "https://maker.example/7"
    serve(page, nft(7, externalUrl=site, media=media(animation="https://strange.example/7.html")))
    open_token(page, stack)
    main = page.get_by_role("main")
    for name, url in {
        "Block explorer": f"https://etherscan.io/nft/{CONTRACT}/7",
        "OpenSea": f"https://opensea.io/item/ethereum/{CONTRACT.lower()}/7",
        "Blur": f"https://blur.io/eth/asset/{CONTRACT.lower()}/7",
        "Rarible": f"https://rarible.com/ethereum/items/{CONTRACT.lower()}:7",
        "Zora": f"https://zora.co/collect/eth:{CONTRACT.lower()}/7",
        "Its maker": site,
        "Interactive page": "https://strange.example/7.html",
    }.items():
        link = main.get_by_role("link", name=name).first
        expect(link).to_have_attribute("href", url)
        expect(link).to_contain_text(url.split("/")[2])
    elsewhere = main.locator('a[href^="http"]').all()
    assert elsewhere
    for link in elsewhere:
        assert link.get_attribute("target") == "_blank"
        assert link.get_attribute("rel") == "noopener noreferrer"


@pytest.mark.usefixtures("complaints")
def test_an_owner_a_balance_and_what_the_signed_in_wallet_holds_are_said(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    cards = nft(7, tokenType="ERC1155", owner=OWNER, balance="1234567")
    serve(page, cards)
    page.route("**/me/nfts?*", lambda route: answer(route, nft_page([{**cards, "balance": "15"}])))
    sign_in(page, stack, wallet)
    open_token(page, stack)
    main = page.get_by_role("main")
    owner = main.get_by_role("link", name=f"{OWNER[:6]}…{OWNER[-4:]}").first
    expect(owner).to_have_attribute("href", f"#/w/{OWNER}")
    expect(
        main.locator("div", has=page.locator("dt", has_text="The owner holds")).last
    ).to_have_text("The owner holds1,234,567")
    expect(main.locator("div", has=page.locator("dt", has_text="You hold")).last).to_have_text(
        "You hold15"
    )


@pytest.mark.usefixtures("complaints")
def test_how_the_token_uri_was_fetched_is_said(page: Page, stack: RunningStack) -> None:
    serve(page, nft(7, tokenUri="ipfs://old"))
    said = {
        **{"chainId": 1, "contractAddress": CONTRACT, "tokenId": "7", "source": "ipfs"},
        **{"tokenUri": ROOM.replace("https://ipfs.io/ipfs/", "ipfs://"), "isVerified": True},
        **{"name": None, "description": None, "externalUrl": None, "animationUrl": None},
        **{"attributes": [], "image": {"url": None, "contentType": None, "status": "missing"}},
    }
    page.route(METADATA, lambda route: answer(route, said))
    open_token(page, stack)
    main = page.get_by_role("main")
    expect(main).to_contain_text("fetched from IPFS. Proven: it is what the URI names.")
    expect(main).to_contain_text(str(said["tokenUri"]))
    expect(main.get_by_role("link", name="Open it")).to_have_attribute("href", ROOM)


def test_a_contract_that_does_not_answer_can_be_asked_again(
    page: Page, stack: RunningStack
) -> None:
    serve(page, nft(7))
    page.route(METADATA, lambda route: refuse(route, 504, "metadata_timeout"))
    open_token(page, stack)
    main = page.get_by_role("main")
    expect(main).to_contain_text("The contract was asked, without success.")
    page.route(METADATA, lambda route: refuse(route, 400, "unsupported_chain"))
    main.get_by_role("button", name="Ask again").click()
    expect(main).to_contain_text("This site reads no contracts of this chain.")


@pytest.mark.usefixtures("complaints")
def test_the_picture_is_enlarged_by_keys_scrolls_and_escape_shows_it_whole(
    page: Page, stack: RunningStack
) -> None:
    page.route(f"{ROOM}/*", lambda route: route.fulfill(body=SQUARE, content_type="image/svg+xml"))
    serve(page, nft(1, media=media(f"{ROOM}/1.svg")), nft(2))
    dialog = open_from_grid(page, stack, "Token 1")
    expect(dialog.get_by_role("img", name="Token 1")).to_have_css("opacity", "1")
    dialog.get_by_role("button", name="Zoom in").press("Enter")
    frame = dialog.get_by_role("region", name="Enlarged picture")
    expect(frame).to_be_focused()
    before = frame.evaluate("frame => frame.scrollLeft")
    assert before > 0
    page.keyboard.press("ArrowRight")
    page.wait_for_function("before => document.activeElement.scrollLeft > before", arg=before)
    expect(dialog.get_by_role("heading", level=1)).to_have_text("Token 1")
    page.keyboard.press("Escape")
    expect(frame).to_have_count(0)
    expect(dialog.get_by_role("button", name="Zoom in")).to_be_focused()
    dialog.get_by_role("img", name="Token 1").click(position={"x": 40, "y": 40})
    expect(frame).to_be_visible()
    assert frame.evaluate("frame => frame.scrollLeft") < before
    dialog.get_by_role("img", name="Token 1").click()
    expect(frame).to_have_count(0)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


@pytest.mark.usefixtures("complaints")
def test_a_picture_that_never_comes_gives_way_to_the_next(page: Page, stack: RunningStack) -> None:
    page.clock.install()
    hanging = f"{ROOM}/1.png"
    page.route(hanging, lambda _: None)
    next_way = hanging.replace("https://ipfs.io", "https://gateway.pinata.cloud")
    page.route(next_way, lambda route: route.fulfill(body=SQUARE, content_type="image/svg+xml"))
    serve(page, nft(7, media=media(hanging)))
    open_token(page, stack)
    picture = page.get_by_role("main").get_by_role("img", name="Token 7")
    expect(picture).to_have_attribute("src", hanging)
    page.clock.fast_forward(7000)
    expect(picture).to_have_attribute("src", next_way)
    page.clock.fast_forward(1000)
    expect(picture).to_have_css("opacity", "1")


def test_a_picture_that_failed_offline_comes_when_the_network_is_back(
    page: Page, stack: RunningStack
) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'onLine', { get: () => !window.off })")
    page.add_init_script("window.off = true")
    page.route(f"{ROOM}/*", lambda route: route.abort("internetdisconnected"))
    page.route("https://gateway.pinata.cloud/**", lambda route: route.abort("internetdisconnected"))
    serve(page, nft(7, media=media(f"{ROOM}/1.svg")))
    open_token(page, stack)
    main = page.get_by_role("main")
    expect(main.get_by_role("button", name="Load the large picture")).to_be_visible()
    page.unroute(f"{ROOM}/*")
    page.route(f"{ROOM}/*", lambda route: route.fulfill(body=SQUARE, content_type="image/svg+xml"))
    page.evaluate("window.off = false; window.dispatchEvent(new Event('online'))")
    expect(main.get_by_role("img", name="Token 7")).to_have_css("opacity", "1")


@pytest.mark.usefixtures("complaints")
def test_a_strangers_picture_comes_through_the_api_and_a_large_one_on_a_tap(
    page: Page, stack: RunningStack
) -> None:
    token = nft(7, media=media("https://strange.example/7.png"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    serve(page, token)

    def picture(route: Route) -> None:
        url = PIXEL_OF_API if "image=inline" in route.request.url else None
        inlined = {"url": url, "contentType": "image/gif", "isVerified": False, "error": None}
        shown = {**token["media"], "inlined": {**inlined, "status": "inline"}}
        answer(route, {**token, "media": shown})

    page.route("**/nfts/7?image=*", picture)
    open_token(page, stack)
    main = page.get_by_role("main")
    main.get_by_role("button", name="Load the large picture").click()
    expect(main.get_by_role("img", name="Token 7")).to_have_attribute("src", PIXEL_OF_API)
    assert not [url for url in asked if "strange.example" in url]


PIXEL_OF_API = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


@pytest.mark.usefixtures("complaints")
def test_a_video_waits_for_a_tap(page: Page, stack: RunningStack) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    clip = f"{ROOM}/1.mp4"
    page.route("**/*.mp4", lambda route: route.fulfill(body="", content_type="video/mp4"))
    serve(page, nft(7, media=media(animation=clip)))
    open_token(page, stack)
    main = page.get_by_role("main")
    play = main.get_by_role("button", name="Play the video")
    expect(play).to_be_visible()
    assert not [url for url in asked if url.endswith(".mp4")]
    play.click()
    expect(main.get_by_text("This does not play here.")).to_be_visible()
    assert clip in asked
    main.get_by_role("button", name="Back to the picture").click()
    expect(play).to_be_focused()


@pytest.mark.usefixtures("complaints")
def test_spam_is_folded_with_its_reason_and_nothing_of_it_is_fetched(
    page: Page, stack: RunningStack
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    spam = {"isSpam": True, "classifications": ["Airdrop\u202e"]}
    parts = media(f"{ROOM}/1.png", "https://claim.example/1.mp4")
    serve(page, nft(7, spam=spam, media=parts, externalUrl="https://claim.example/"))
    open_token(page, stack)
    main = page.get_by_role("main")
    expect(main.get_by_text("Folded away as likely spam")).to_be_visible()
    expect(main.get_by_text("Airdrop", exact=True)).to_be_visible()
    expect(main.locator("img, video")).to_have_count(0)
    expect(main.locator('a[href*="claim.example"]')).to_have_count(0)
    assert not [url for url in asked if "ipfs.io" in url or "claim.example" in url]


@pytest.mark.usefixtures("complaints")
def test_a_token_is_hidden_in_this_browser_reported_elsewhere_and_shown_again(
    page: Page, stack: RunningStack
) -> None:
    serve(page, nft(7))
    open_token(page, stack)
    main = page.get_by_role("main")
    main.get_by_text("Hide or report").click()
    main.get_by_label("It tries to cheat people").check()
    main.get_by_role("button", name="Hide it here").click()
    said = "You have hidden this token in this browser: It tries to cheat people."
    expect(main.get_by_text(said)).to_be_visible()
    expect(main.get_by_role("link", name="OpenSea")).to_have_count(2)
    page.reload()
    expect(main.get_by_text(said)).to_be_visible()
    kept = json.loads(page.evaluate("localStorage['nft-gallery.hidden']"))
    assert [(token["tokenId"], token["reason"]) for token in kept] == [("7", "scam")]
    main.get_by_role("button", name="Show it again").click()
    expect(main.get_by_text("Hide or report")).to_be_visible()
    assert page.evaluate("localStorage['nft-gallery.hidden']") == "[]"


@pytest.mark.usefixtures("complaints")
def test_a_token_hidden_in_the_dialog_stays_in_view_and_the_arrows_go_on(
    page: Page, stack: RunningStack
) -> None:
    serve(page, nft(1), nft(2), nft(3))
    dialog = open_from_grid(page, stack, "Token 2")
    dialog.get_by_text("Hide or report").click()
    dialog.get_by_role("button", name="Hide it here").click()
    expect(dialog.get_by_text("You have hidden this token")).to_be_visible()
    expect(dialog.get_by_role("heading", level=1)).to_have_text("Token 2")
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_role("heading", level=1)).to_have_text("Token 3")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Token 2")).to_have_count(0)


@pytest.mark.usefixtures("complaints")
def test_hostile_text_is_contained_on_the_smallest_screen(page: Page, stack: RunningStack) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    word, marks = "W" * 400, "Z" + "\u0335\u0321\u0301" * 60
    traits = [{"trait_type": word, "value": marks, "display_type": None, "max_value": None}]
    serve(
        page,
        nft(
            7,
            **{"name": f"\u202e<img src=x onerror=alert(1)>{word}", "attributes": traits},
            **{"description": f"{word}\n\u2066{marks}<script>alert(1)</script>"},
            **{"tokenUri": f"ipfs://{word}", "owner": OWNER, "balance": str(2**256 - 1)},
            **{"tokenType": "ERC1155", "externalUrl": f"https://{'a' * 60}.{'b' * 60}.example/"},
        ),
    )
    dialog = open_from_grid(page, stack, "<img")
    dialog.get_by_text("Raw data (JSON)").click()
    expect(dialog.locator("pre")).to_contain_text('"name": "\\u202e<img')
    assert dialog.locator("img, script, iframe").count() == 1  # its picture
    assert (
        page.evaluate(
            """[...document.querySelectorAll('dialog, dialog *')].filter(
            (part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0
              && !part.closest('pre') && getComputedStyle(part).overflowX !== 'visible'
              && !part.matches('.truncate, .sr-only, .sr-only *')).length"""
        )
        == 0
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_token_that_nobody_knows_says_so(page: Page, stack: RunningStack) -> None:
    page.route(TOKEN, lambda route: refuse(route, 404, "not_found"))
    open_token(page, stack)
    expect(page.get_by_role("main")).to_contain_text("Nothing was found here.")
