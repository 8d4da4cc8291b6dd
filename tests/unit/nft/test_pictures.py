"""A picture inside the answer about an NFT: who is asked, how often, and what comes of it."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from ethereum.chains import CHAINS
from fetch.errors import StatusError
from fetch.picture import MAX_PICTURE_BYTES
from fetch.strict_fetcher import StrictFetcher
from nft.errors import NftError
from nft.lookups import find_contract, find_nft
from nft.pictures import FAILED_SECONDS, FRESH_SECONDS, PICTURE_SECONDS, PictureChoice
from nft.routes import gallery
from runtime.answer import Answer
from runtime.responses import MAX_ESCAPED_BYTES, fits
from tests.fixtures.nft_providers import CONTRACT, FAULTS, FakeUpstream, json_reply, tokens
from tests.fixtures.token_web import PNG, Web
from tests.unit.nft.gallery_fixtures import World, build_world
from tests.unit.nft.response_schemas import violations

HELD = tokens(40)
TOKEN_ID = next(token_id for contract, token_id in HELD if contract == CONTRACT)
SMALL = 512 * 1024
WHOLE, ORIGINAL, THUMB = (f"https://{name}.example/1.png" for name in ("cdn", "maker", "thumb"))
CID = "QmRRPWG96cmgTn2qSzjwr2qvfNEuhunv6FNeMFGa9bx6mQ"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
IMAGE = {"cachedUrl": WHOLE, "originalUrl": ORIGINAL, "thumbnailUrl": THUMB}


def inline(kind: str, body: bytes, *, is_verified: bool = False) -> dict[str, object]:
    url = f"data:{kind};base64,{base64.b64encode(body).decode()}"
    return {
        **{"url": url, "contentType": kind, "isVerified": is_verified},
        **{"status": "inline", "error": None},
    }


def without(status: str, error: str | None) -> dict[str, object]:
    return {
        **{"url": None, "contentType": None, "isVerified": False},
        **{"status": status, "error": error},
    }


def world_naming(web: Web, image: dict[str, Any], **fields: Any) -> World:
    def change(item: dict[str, Any]) -> dict[str, Any]:
        return {**item, "image": image, "raw": {}, **fields}

    alchemy = FakeUpstream("alchemy", HELD, change=change)
    return build_world(alchemy, FakeUpstream("moralis", HELD), fetch=web.fetch)


def look(world: World, image: PictureChoice = "inline", *, seconds: float = 8.0) -> Answer:
    return find_nft(
        world.gallery,
        CHAINS[1],
        CONTRACT,
        TOKEN_ID,
        image=image,
        deadline=world.deadline(seconds),
    )


def inlined(answer: Answer) -> Any:
    return json.loads(answer.body)["media"]["inlined"]


@pytest.mark.parametrize("image", ["small", "inline"])
def test_the_answer_is_the_one_without_and_the_picture(image: PictureChoice) -> None:
    web = Web({WHOLE: PNG})
    world = world_naming(web, IMAGE)
    answer = look(world, image)
    plain = find_nft(world.gallery, CHAINS[1], CONTRACT, TOKEN_ID, deadline=world.deadline())
    nft, expected = json.loads(answer.body), json.loads(plain.body)
    assert violations("Nft", nft) == []
    assert nft["media"].pop("inlined") == inline("image/png", PNG)
    assert nft == expected
    assert (answer.max_age, answer.provider, web.urls) == (FRESH_SECONDS, "alchemy", [WHOLE])


def test_the_next_is_asked_where_one_gives_nothing_and_they_share_the_time() -> None:
    web = Web({WHOLE: StatusError(500), ORIGINAL: b"<html>", THUMB: PNG})
    assert inlined(look(world_naming(web, IMAGE))) == inline("image/png", PNG)
    assert web.urls == [WHOLE, ORIGINAL, THUMB]


def test_one_place_under_two_names_is_asked_once() -> None:
    image = {"cachedUrl": f"https://gone.example/ipfs/{CID}", "originalUrl": f"ipfs://{CID}"}
    web = Web({f"https://dweb.link/ipfs/{CID}": PNG})
    assert inlined(look(world_naming(web, image)))["status"] == "inline"
    assert web.urls == [f"https://ipfs.io/ipfs/{CID}", f"https://dweb.link/ipfs/{CID}"]


def test_the_id_is_put_into_an_original_of_erc_1155() -> None:
    url = f"https://maker.example/{int(TOKEN_ID):064x}.png"
    web = Web({url: PNG})
    assert inlined(look(world_naming(web, {"originalUrl": "https://maker.example/{id}.png"})))[
        "status"
    ] == ("inline")
    assert web.urls == [url]


def test_of_a_film_the_thumbnail_alone_is_fetched() -> None:
    web = Web({THUMB: PNG})
    assert inlined(look(world_naming(web, {**IMAGE, "contentType": "video/mp4"}))) == inline(
        "image/png", PNG
    )
    assert web.urls == [THUMB]


def test_svg_leaves_as_base64_for_an_image_alone() -> None:
    web = Web({WHOLE: SVG})
    assert inlined(look(world_naming(web, IMAGE))) == inline("image/svg+xml", SVG)


@pytest.mark.parametrize(
    "body", [b"<html><script>", b"GIF", b"%PDF-1.7", b"{}", b"\0\0\0\x1cftypmp42"]
)
def test_what_is_no_picture_is_not_passed_on(body: bytes) -> None:
    web = Web({WHOLE: body})
    world = world_naming(web, {"cachedUrl": WHOLE})
    assert inlined(look(world)) == without("unavailable", "metadata_wrong_type")


def test_a_picture_in_the_token_itself_asks_nobody() -> None:
    url = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    world = world_naming(Web({}), {"cachedUrl": url})
    assert inlined(look(world)) == inline("image/png", PNG, is_verified=True)


@pytest.mark.parametrize("url", [None, "http://maker.example/1.png", "https://127.0.0.1/1.png"])
def test_where_no_usable_place_is_named_nobody_is_asked(url: str | None) -> None:
    web = Web({})
    assert inlined(look(world_naming(web, {"cachedUrl": url}))) == without("missing", None)
    assert web.urls == []


def test_small_takes_what_is_small_and_says_where_more_may_be_had() -> None:
    fitting, larger = PNG + bytes(SMALL - len(PNG)), PNG + bytes(SMALL)
    assert inlined(look(world_naming(Web({WHOLE: fitting}), IMAGE), "small"))["status"] == "inline"
    world = world_naming(Web({WHOLE: larger}), IMAGE)
    assert inlined(look(world, "small")) == without("unavailable", "metadata_too_large")
    assert inlined(look(world, "inline")) == inline("image/png", larger)


def test_the_largest_picture_fits_into_lambdas_answer_beside_a_long_rest() -> None:
    largest = PNG + bytes(MAX_PICTURE_BYTES - len(PNG))
    answer = look(world_naming(Web({WHOLE: largest}), IMAGE))
    assert (inlined(answer)["status"], fits(answer.body, MAX_ESCAPED_BYTES)) == ("inline", True)
    long = world_naming(Web({WHOLE: largest}), IMAGE, description='"' * 500_000)
    assert inlined(look(long)) == without("unavailable", "metadata_too_large")


def test_a_picture_is_asked_for_once_in_its_time_and_a_failure_too() -> None:
    web = Web({WHOLE: PNG})
    world = world_naming(web, {"cachedUrl": WHOLE})
    assert look(world).max_age == FRESH_SECONDS
    world.clock.advance(FRESH_SECONDS - 1)
    assert (look(world).max_age, len(web.urls)) == (1, 1)
    world.clock.advance(1)
    web.pages[WHOLE] = StatusError(404)
    failed = [look(world) for _ in range(3)]
    assert [inlined(one)["error"] for one in failed] == ["metadata_unavailable"] * 3
    assert ([one.max_age for one in failed], len(web.urls)) == ([0, 0, 0], 2)
    web.pages[WHOLE] = PNG
    world.clock.advance(FAILED_SECONDS)
    assert (inlined(look(world))["status"], len(web.urls)) == ("inline", 3)


def test_two_pictures_in_tokens_themselves_are_not_taken_for_one_another() -> None:
    bodies = [PNG, PNG + b"other"]
    urls = [f"data:image/png;base64,{base64.b64encode(body).decode()}" for body in bodies]
    world = world_naming(Web({}), {"cachedUrl": urls[0]})
    assert inlined(look(world)) == inline("image/png", bodies[0], is_verified=True)
    world.alchemy.change = lambda item: {**item, "image": {"cachedUrl": urls[1]}, "raw": {}}
    world.clock.advance(60)
    assert inlined(look(world)) == inline("image/png", bodies[1], is_verified=True)


def test_a_host_that_hangs_leaves_the_nft() -> None:
    web = Web({}, slow={WHOLE: 60.0})
    answer = look(world_naming(web, {"cachedUrl": WHOLE}))
    assert inlined(answer) == without("unavailable", "metadata_timeout")
    assert json.loads(answer.body)["tokenId"] == TOKEN_ID
    assert answer.max_age == 0


def test_slow_providers_leave_time_for_the_picture() -> None:
    web = Web({WHOLE: PNG})
    world = world_naming(web, {"cachedUrl": WHOLE})
    world.alchemy.fault = lambda: FAULTS["slow"]
    named = {"normalized_metadata": {"image": WHOLE}}
    world.moralis.change = lambda item: {**item, **named}
    answer = look(world)
    assert (answer.provider, inlined(answer)["status"]) == ("moralis", "inline")
    assert web.asked[0][1] >= PICTURE_SECONDS


def test_what_no_provider_knows_is_an_error_and_no_host_is_asked() -> None:
    web = Web({WHOLE: PNG})
    world = world_naming(web, IMAGE)
    world.alchemy.fault = world.moralis.fault = lambda: FAULTS["404"]
    with pytest.raises(NftError):
        look(world)
    assert web.urls == []


def test_a_stale_nft_is_kept_by_nobody_with_its_picture() -> None:
    world = world_naming(Web({WHOLE: PNG}), IMAGE)
    look(world)
    world.alchemy.fault = world.moralis.fault = lambda: FAULTS["500"]
    world.clock.advance(60)
    answer = look(world)
    assert (json.loads(answer.body)["stale"], inlined(answer)["status"]) == (True, "inline")
    assert answer.max_age == 0


@pytest.mark.parametrize(
    ("query", "status"), [("link", 200), ("small", 200), ("inline", 200), ("", 400), ("raw", 400)]
)
def test_the_route_takes_three_words(
    query: str, status: int, event: Callable[..., Any], lambda_context: Any, stage: Any
) -> None:
    world = world_naming(Web({WHOLE: PNG}), IMAGE)
    path = {"chainId": "1", "contractAddress": CONTRACT, "tokenId": TOKEN_ID}
    request = {**event({"image": query}), "pathParameters": path}
    response = stage(None).answer(
        gallery.get_nft, world.gallery, request, lambda_context, clock=world.clock
    )
    body = json.loads(response["body"])
    assert response["statusCode"] == status
    has_picture = "inlined" in body.get("media", {})
    assert has_picture == (status == 200 and query != "link")


def test_a_private_host_behind_a_public_name_is_not_asked() -> None:
    """By the deployed fetcher, with a name that leads to a cloud's metadata service."""
    fetcher = StrictFetcher(resolve=lambda _: ["169.254.169.254"])
    alchemy = FakeUpstream("alchemy", HELD, change=lambda item: {**item, "image": IMAGE})
    world = build_world(alchemy, FakeUpstream("moralis", HELD), fetch=fetcher)
    assert inlined(look(world)) == without("unavailable", "metadata_unavailable")


def look_at_contract(world: World, image: PictureChoice = "inline") -> Answer:
    return find_contract(world.gallery, CHAINS[1], CONTRACT, image=image, deadline=world.deadline())


LOGO, BANNER = "https://logo.example/1.png", "https://banner.example/1.png"


def world_of_collection(web: Web) -> World:
    open_sea = {"imageUrl": LOGO, "bannerImageUrl": BANNER}
    body = {"address": CONTRACT, "name": "Pudgy", "openSeaMetadata": open_sea}
    world = world_naming(web, {})
    world.alchemy.fault = lambda: lambda _, __: json_reply(body)
    return world


@pytest.mark.parametrize("image", ["small", "inline"])
def test_a_contract_comes_with_both_pictures_of_its_collection(image: PictureChoice) -> None:
    world = world_of_collection(Web({LOGO: PNG, BANNER: SVG}))
    answer = look_at_contract(world, image)
    details = json.loads(answer.body)
    assert violations("ContractDetails", details) == []
    assert details["collection"]["inlined"] == {
        "image": inline("image/png", PNG),
        "bannerImage": inline("image/svg+xml", SVG),
    }
    assert answer.max_age == FRESH_SECONDS


def test_a_dead_banner_leaves_the_other_picture_and_its_time() -> None:
    world = world_of_collection(Web({BANNER: PNG}, slow={LOGO: 60.0}))
    answer = look_at_contract(world)
    both = json.loads(answer.body)["collection"]["inlined"]
    assert both["image"] == without("unavailable", "metadata_timeout")
    assert (both["bannerImage"]["status"], answer.max_age) == ("inline", 0)


def test_two_pictures_of_the_largest_size_fit_into_one_answer() -> None:
    largest = PNG + bytes(MAX_PICTURE_BYTES // 2 - len(PNG))
    answer = look_at_contract(world_of_collection(Web({LOGO: largest, BANNER: largest})))
    both = json.loads(answer.body)["collection"]["inlined"]
    assert [one["status"] for one in both.values()] == ["inline", "inline"]
    assert fits(answer.body, MAX_ESCAPED_BYTES)
