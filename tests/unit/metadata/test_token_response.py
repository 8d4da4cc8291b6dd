"""A stranger's document as a response: a closed set of fields, nothing active, always JSON."""

import base64
import json
from typing import Any

import pytest

from ethereum.address import Address
from ethereum.token_document import TokenDocument
from ethereum.token_uri import parse_token_uri
from ethereum.untrusted_json import read_json
from metadata.token_metadata import TokenMetadata
from metadata.token_response import token_response
from nft.model import to_json
from tests.unit.ethereum.test_token_document import FORMS
from tests.unit.nft.test_mapping import ALCHEMY, MORALIS, of_alchemy, of_moralis

CONTRACT = Address("0xbc4ca0eda7647a8ab7c2061c2e118a18a936f13d")
CID = "QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o"
SVG = "<svg><script>alert(1)</script></svg>"
PNG = b"\x89PNG\r\n\x1a\n..."


def described(fields: dict[str, object], uri: str = "https://a.example/7") -> dict[str, Any]:
    token_id = 2**256 - 1
    document = TokenDocument(fields, token_id)
    metadata = TokenMetadata(token_id, uri, parse_token_uri(uri), document, is_verified=False)
    response = token_response(1, CONTRACT, metadata)
    return dict(json.loads(json.dumps(response, allow_nan=False)))


def test_an_empty_document_has_every_field() -> None:
    assert described({}) == {
        "chainId": 1,
        "contractAddress": "0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D",
        "tokenId": str(2**256 - 1),
        "tokenUri": "https://a.example/7",
        "source": "https",
        "isVerified": False,
        "name": None,
        "description": None,
        "externalUrl": None,
        "animationUrl": None,
        "attributes": [],
        "image": {"url": None, "contentType": None, "status": "missing"},
    }


def test_fields_nobody_knows_are_left_out() -> None:
    assert set(described({"evil": "x", "__proto__": {}})) == set(described({}))


@pytest.mark.parametrize(
    ("uri", "source", "shown"),
    [
        (f"ipfs://{CID}/7", "ipfs", f"ipfs://{CID}/7"),
        ("ar://bNbA3TEQVL60xlgCcqdz4ZPHFZ711cZ3hmkpGttDt_U", "arweave", "same"),
        ("data:application/json,{}", "data", None),
    ],
)
def test_tells_where_the_document_stands(uri: str, source: str, shown: str | None) -> None:
    answer = described({}, uri)
    assert (answer["source"], answer["tokenUri"]) == (source, uri if shown == "same" else shown)


@pytest.mark.parametrize(
    ("image", "url", "kind", "status"),
    [
        ("https://a.example/7.png", "https://a.example/7.png", None, "remote"),
        (f"ipfs://{CID}/7.png", f"https://ipfs.io/ipfs/{CID}/7.png", None, "remote"),
        ("https://a.example/{id}", f"https://a.example/{'f' * 64}", None, "remote"),
        ("data:image/svg+xml;utf8," + SVG, "base64", "image/svg+xml", "inline"),
        (SVG, "base64", "image/svg+xml", "inline"),
        (
            "data:image/png;base64," + base64.b64encode(PNG).decode(),
            "base64",
            "image/png",
            "inline",
        ),
        ("data:text/html,<script>alert(1)</script>", None, None, "unusable"),
        ("data:image/png;base64,PGh0bWw+", None, None, "unusable"),
        ("<html><script>alert(1)</script>", None, None, "unusable"),
        ("javascript:alert(1)", None, None, "unusable"),
        ("data:application/json,{}", None, None, "unusable"),
        ("http://169.254.169.254/latest/meta-data", None, None, "unusable"),
        ("https://127.0.0.1/", None, None, "unusable"),
        ("https://a.example\\@evil.example/", None, None, "unusable"),
        ("\ud800", None, None, "unusable"),
        ("", None, None, "missing"),
        (7, None, None, "missing"),
    ],
)
def test_an_image_has_a_url_a_browser_may_show_or_none(
    image: object, url: str | None, kind: str | None, status: str
) -> None:
    shown = described({"image": image})["image"]
    assert (shown["contentType"], shown["status"]) == (kind, status)
    if url == "base64":
        assert shown["url"].startswith(f"data:{kind};base64,")
        assert "<" not in shown["url"]
    else:
        assert shown["url"] == url


@pytest.mark.parametrize("field", ["external_url", "animation_url"])
def test_other_links_are_remote_or_left_out(field: str) -> None:
    name = {"external_url": "externalUrl", "animation_url": "animationUrl"}[field]
    assert described({field: f"ipfs://{CID}/a.html"})[name].startswith("https://ipfs.io/ipfs/")
    for hostile in ("data:text/html,<script>", "javascript:alert(1)", "http://a.example", 7, None):
        assert described({field: hostile})[name] is None


def test_texts_are_data_whatever_is_in_them() -> None:
    text = "<img src=x onerror=alert(1)>\u202e\0" + "Z\u0335" * 50
    answer = described({"name": text, "description": text})
    assert (answer["name"], answer["description"]) == (text, text)
    assert described({"name": ["x"], "description": 7})["name"] is None


@pytest.mark.parametrize(("text", "traits"), FORMS)
def test_both_routes_of_a_token_read_one_document_alike(
    text: str, traits: list[tuple[Any, ...]]
) -> None:
    fields = read_json(text)
    assert isinstance(fields, dict)
    attributes = described(fields)["attributes"]
    assert [tuple(trait.values()) for trait in attributes] == traits
    unified = of_alchemy({**ALCHEMY, "raw": {"metadata": fields}})
    assert json.loads(to_json(unified))["attributes"] == attributes
    assert of_moralis({**MORALIS, "metadata": text}).attributes == unified.attributes
