"""image=inline: a token's image in its metadata, or why not, with a web that is not there."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest

from ethereum.address import Address
from fetch.errors import FetchTimeoutError, ForbiddenTargetError, StatusError, UnreachableError
from fetch.picture import MAX_PICTURE_BYTES
from metadata.token_image import ImageChoice
from metadata.token_lookup import TokenLookup
from runtime.errors import RouteError
from runtime.responses import MAX_ESCAPED_BYTES
from tests.fixtures.token_web import PNG, Web, node_with
from tests.unit.nft.response_schemas import violations

CONTRACT = Address("0xbc4ca0eda7647a8ab7c2061c2e118a18a936f13d")
DOCUMENT, IMAGE = "https://a.example/7", "https://b.example/7.png"
GATEWAYS = ("https://ipfs.io", "https://dweb.link", "https://gateway.pinata.cloud")
LAMBDA_BYTES = 6_291_556
SVG = b"<svg><script>alert(1)</script></svg>"


def naming(image: object, **more: object) -> bytes:
    return json.dumps({"name": "Seven", "image": image, **more}).encode()


def look_up(web: Web, token_uri: str = DOCUMENT, image: ImageChoice = "inline") -> dict[str, Any]:
    tokens, deadline = TokenLookup({5: node_with(token_uri)}, web.fetch), web.deadline(12.0)
    answer = json.loads(json.dumps(tokens.find(5, CONTRACT, 7, image=image, deadline=deadline)))
    assert violations("TokenMetadata", answer) == []
    return dict(answer)


def inline(kind: str, body: bytes, *, verified: bool = False) -> dict[str, object]:
    url = f"data:{kind};base64,{base64.b64encode(body).decode()}"
    shown = {"url": url, "contentType": kind, "status": "inline"}
    return {**shown, "isVerified": verified, "error": None}


def failed(status: str, error: str | None, url: str | None = None) -> dict[str, object]:
    shown = {"url": url, "contentType": None, "status": status}
    return {**shown, "isVerified": False, "error": error}


def raw_cid(body: bytes) -> str:
    """Version 1, one block of sha2-256, in base32."""
    multihash = b"\x01\x55\x12\x20" + hashlib.sha256(body).digest()
    return "b" + base64.b32encode(multihash).decode().lower().rstrip("=")


def test_an_image_elsewhere_comes_along_and_nothing_is_asked_twice() -> None:
    web = Web({DOCUMENT: naming(IMAGE), IMAGE: PNG})
    answer = look_up(web)
    assert answer["name"] == "Seven"
    assert answer["image"] == inline("image/png", PNG)
    assert web.urls == [DOCUMENT, IMAGE]


def test_a_linked_image_is_named_and_not_fetched() -> None:
    web = Web({DOCUMENT: naming(IMAGE), IMAGE: PNG})
    answer = look_up(web, image="link")
    assert answer["image"] == {"url": IMAGE, "contentType": None, "status": "remote"}
    assert web.urls == [DOCUMENT]


def test_all_but_the_image_is_the_same_either_way() -> None:
    web = Web({DOCUMENT: naming(IMAGE, attributes=[1], external_url=IMAGE), IMAGE: PNG})
    linked, inlined = look_up(web, image="link"), look_up(web)
    assert linked.pop("image") != inlined.pop("image")
    assert linked == inlined


def test_the_id_stands_in_the_images_url() -> None:
    there = f"https://b.example/{7:064x}.png"
    web = Web({DOCUMENT: naming("https://b.example/{id}.png"), there: PNG})
    assert look_up(web)["image"] == inline("image/png", PNG)


def test_an_image_is_proven_by_its_cid_whatever_gateway_has_it() -> None:
    path = f"/ipfs/{raw_cid(PNG)}"
    web = Web({DOCUMENT: naming(f"ipfs://{raw_cid(PNG)}"), GATEWAYS[0] + path: PNG})
    assert look_up(web)["image"] == inline("image/png", PNG, verified=True)


def test_a_gateway_with_another_image_is_passed_over() -> None:
    path = f"/ipfs/{raw_cid(PNG)}"
    pages = {GATEWAYS[0] + path: PNG + b"wrong", GATEWAYS[1] + path: PNG}
    web = Web({DOCUMENT: naming(f"ipfs://{raw_cid(PNG)}"), **pages})
    assert look_up(web)["image"] == inline("image/png", PNG, verified=True)
    assert web.urls == [DOCUMENT, *pages]


def test_no_browser_is_led_to_what_is_proven_to_be_another_image() -> None:
    pages = {f"{gateway}/ipfs/{raw_cid(PNG)}": PNG + b"wrong" for gateway in GATEWAYS}
    web = Web({DOCUMENT: naming(f"ipfs://{raw_cid(PNG)}"), **pages})
    assert look_up(web)["image"] == failed("unavailable", "metadata_mismatch")


def test_what_is_below_a_cid_is_not_called_verified() -> None:
    url = f"{GATEWAYS[0]}/ipfs/{raw_cid(PNG)}/7.png"
    web = Web({DOCUMENT: naming(f"ipfs://{raw_cid(PNG)}/7.png"), url: PNG})
    assert look_up(web)["image"] == inline("image/png", PNG)


def test_an_image_on_arweave_is_asked_of_its_gateway() -> None:
    transaction = "bNbA3TEQVL60xlgCcqdz4ZPHFZ711cZ3hmkpGttDt_U"
    web = Web({DOCUMENT: naming(f"ar://{transaction}"), f"https://arweave.net/{transaction}": PNG})
    assert look_up(web)["image"] == inline("image/png", PNG)


@pytest.mark.parametrize(
    ("named", "kind", "body"),
    [
        (f"data:image/png;base64,{base64.b64encode(PNG).decode()}", "image/png", PNG),
        ("data:image/svg+xml;utf8," + SVG.decode(), "image/svg+xml", SVG),
        (SVG.decode(), "image/svg+xml", SVG),
    ],
)
def test_an_image_in_the_document_is_its_own_proof(named: str, kind: str, body: bytes) -> None:
    web = Web({DOCUMENT: naming(named)})
    assert look_up(web)["image"] == inline(kind, body, verified=True)
    assert web.urls == [DOCUMENT]


def test_an_svg_from_elsewhere_leaves_as_base64_and_never_as_text() -> None:
    answer = look_up(Web({DOCUMENT: naming(IMAGE), IMAGE: SVG}))
    assert answer["image"] == inline("image/svg+xml", SVG)
    assert "<" not in json.dumps(answer)


@pytest.mark.parametrize("body", [b"<html><svg>", b"{}", b"", b"\x00\x00\x00\x18ftypmp42", b"MZ"])
def test_what_is_no_image_is_not_passed_on_whatever_it_is_called(body: bytes) -> None:
    web = Web({DOCUMENT: naming(IMAGE), IMAGE: body})
    assert look_up(web)["image"] == failed("unavailable", "metadata_wrong_type", IMAGE)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (StatusError(404), "metadata_unavailable"),
        (UnreachableError("canary"), "metadata_unavailable"),
        (ForbiddenTargetError("canary"), "metadata_unavailable"),
        (FetchTimeoutError("canary"), "metadata_timeout"),
    ],
)
def test_a_failed_image_is_data_and_the_metadata_comes_all_the_same(
    error: RouteError, code: str
) -> None:
    answer = look_up(Web({DOCUMENT: naming(IMAGE), IMAGE: error}))
    assert (answer["name"], answer["image"]) == ("Seven", failed("unavailable", code, IMAGE))


@pytest.mark.parametrize(
    ("named", "error"),
    [
        ("http://169.254.169.254/latest/meta-data", "unsupported_uri"),
        ("javascript:alert(1)", "unsupported_uri"),
        ("https://127.0.0.1/", "unsupported_uri"),
        ("data:text/html,<script>alert(1)</script>", "metadata_wrong_type"),
        ("data:image/png;base64,PGh0bWw+", "metadata_wrong_type"),
        ("<html><script>alert(1)</script>", "metadata_wrong_type"),
    ],
)
def test_what_no_browser_should_be_led_to_is_not_asked_either(named: str, error: str) -> None:
    web = Web({DOCUMENT: naming(named)})
    assert look_up(web)["image"] == failed("unusable", error)
    assert web.urls == [DOCUMENT]


@pytest.mark.parametrize("named", [None, "", 7, ["x"]])
def test_a_document_that_names_no_image_has_none(named: object) -> None:
    web = Web({DOCUMENT: naming(named)})
    assert look_up(web)["image"] == failed("missing", None)


@pytest.mark.parametrize("choice", ["link", "inline"])
def test_an_image_in_the_place_of_a_document_is_linked_or_inlined_and_fetched_once(
    choice: ImageChoice,
) -> None:
    web = Web({DOCUMENT: PNG})
    answer = look_up(web, image=choice)
    assert (answer["name"], answer["attributes"], answer["tokenUri"]) == (None, [], DOCUMENT)
    linked = {"url": DOCUMENT, "contentType": None, "status": "remote"}
    assert answer["image"] == (linked if choice == "link" else inline("image/png", PNG))
    assert web.urls == [DOCUMENT]


def test_an_image_in_the_contract_in_the_place_of_a_document_is_inline() -> None:
    uri = "data:image/svg+xml;base64," + base64.b64encode(SVG).decode()
    answer = look_up(Web({}), uri)
    assert (answer["name"], answer["tokenUri"], answer["source"]) == (None, None, "data")
    assert answer["image"] == inline("image/svg+xml", SVG, verified=True)


def test_the_image_has_what_the_document_left_of_the_time() -> None:
    web = Web({DOCUMENT: naming(IMAGE), IMAGE: PNG}, slow={DOCUMENT: 7.0, IMAGE: 4.9})
    assert look_up(web)["image"]["status"] == "inline"
    assert web.asked == [(DOCUMENT, 12.0), (IMAGE, 5.0)]
    slower = Web({DOCUMENT: naming(IMAGE), IMAGE: PNG}, slow={DOCUMENT: 7.0, IMAGE: 5.1})
    assert look_up(slower)["image"] == failed("unavailable", "metadata_timeout", IMAGE)


def test_a_document_that_used_up_the_time_is_told_without_its_image() -> None:
    web = Web({DOCUMENT: naming(IMAGE), IMAGE: PNG}, slow={DOCUMENT: 12.0})
    answer = look_up(web)
    assert (answer["name"], answer["image"]) == (
        "Seven",
        failed("unavailable", "metadata_timeout", IMAGE),
    )
    assert web.urls == [DOCUMENT]


def test_dead_gateways_of_the_document_leave_a_third_to_the_image() -> None:
    cid = raw_cid(naming(IMAGE))
    urls = [f"{gateway}/ipfs/{cid}" for gateway in GATEWAYS]
    web = Web({urls[2]: naming(IMAGE), IMAGE: PNG}, slow=dict.fromkeys(urls[:2], 60.0))
    assert look_up(web, f"ipfs://{cid}")["image"]["status"] == "inline"
    seconds = [round(given, 3) for _, given in web.asked]
    assert seconds == [2.667, 2.667, 6.667, 6.667]
    linked = Web({urls[2]: naming(IMAGE)}, slow=dict.fromkeys(urls[:2], 60.0))
    look_up(linked, f"ipfs://{cid}", image="link")
    assert [given for _, given in linked.asked] == [4.0, 4.0, 4.0]


def lambda_bytes(answer: object) -> int:
    """Of the answer as the text it is in the function's own JSON."""
    return len(json.dumps(json.dumps(answer)))


def test_an_image_may_be_as_large_as_lambda_can_answer_and_not_a_byte_more() -> None:
    largest = PNG + bytes(MAX_PICTURE_BYTES - len(PNG))
    answer = look_up(Web({DOCUMENT: naming(IMAGE), IMAGE: largest}))
    assert answer["image"] == inline("image/png", largest)
    assert lambda_bytes(answer) < MAX_ESCAPED_BYTES < LAMBDA_BYTES
    for size in (1, 1_000_000):
        web = Web({DOCUMENT: naming(IMAGE), IMAGE: largest + bytes(size)})
        assert look_up(web)["image"] == failed("unavailable", "metadata_too_large", IMAGE)


@pytest.mark.parametrize(
    "more",
    [
        {"description": "\N{SNOWMAN}" * 170_000},
        {"description": "\u00fc" * 500_000},
        {"description": '"' * 500_000},
        {"attributes": [{"value": {"a": '"' * 250_000}}, {"value": ["\u00fc" * 80_000]}]},
    ],
)
def test_a_long_rest_takes_from_the_image_so_that_both_fit(more: dict[str, object]) -> None:
    document = json.dumps({"image": IMAGE, **more}, ensure_ascii=False).encode()
    web = Web({DOCUMENT: document})
    rest = lambda_bytes(look_up(web, image="link"))
    fitting = (MAX_ESCAPED_BYTES - rest) * 3 // 4
    assert fitting < MAX_PICTURE_BYTES
    web.pages[IMAGE] = PNG + bytes(fitting - len(PNG))
    answer = look_up(web)
    assert answer["image"]["status"] == "inline"
    assert LAMBDA_BYTES > lambda_bytes(answer) > MAX_ESCAPED_BYTES - 1000
    web.pages[IMAGE] = PNG + bytes(fitting + 1 - len(PNG))
    assert look_up(web)["image"] == failed("unavailable", "metadata_too_large", IMAGE)
