"""From contract and id to metadata and image, with a chain and a web that are not there."""

import base64

import pytest
from eth_abi.abi import encode

from ethereum.address import Address
from ethereum.shown_url import Gateways
from fetch.content import Content, ContentLoader
from fetch.content_type import Kind
from fetch.errors import (
    ContentMismatchError,
    FetchTimeoutError,
    TooLargeError,
    UnsupportedUriError,
    WrongTypeError,
)
from metadata.errors import TokenNotFoundError
from metadata.token_contract import TOKEN_URI, URI
from metadata.token_metadata import MAX_METADATA_BYTES, TokenMetadata, load_image, load_metadata
from nodes.errors import ContractRevertError
from runtime.errors import RouteError
from tests.fixtures.token_web import PNG, Web

CONTRACT = Address("0xbc4ca0eda7647a8ab7c2061c2e118a18a936f13d")
RAW = "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq"  # of b"hello"
DIRECTORY = "QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o"
GATEWAYS = Gateways(ipfs=("https://one/ipfs/", "https://two/ipfs/"), arweave=("https://ar/",))


def metadata(
    web: Web,
    uri: str = "https://a.example/7",
    selector: bytes = TOKEN_URI,
    *,
    seconds: float = 8.0,
    spared: float = 0.0,
) -> TokenMetadata:
    def read(to: Address, data: bytes) -> bytes:
        if data[:4] != selector:
            raise ContractRevertError(b"")
        return encode(["string"], [uri])

    deadline = web.deadline(seconds)
    return load_metadata(
        CONTRACT, 7, read=read, loader=loader(web), deadline=deadline, spared=spared
    )


def loader(web: Web) -> ContentLoader:
    return ContentLoader(web.fetch, gateways=GATEWAYS)


def name(web: Web, uri: str) -> str | None:
    return metadata(web, uri).document.name


def test_metadata_is_found_by_contract_and_id() -> None:
    web = Web({"https://a.example/7": b'{"name":"Seven","image":"x"}'})
    seven = metadata(web, "https://a.example/7")
    assert seven.token_uri == "https://a.example/7"
    assert (seven.document.name, seven.document.image) == ("Seven", "x")
    assert not seven.is_verified


def test_metadata_in_the_contract_needs_no_web() -> None:
    web = Web({})
    seven = metadata(web, 'data:application/json;utf8,{"name":"on chain"}')
    assert seven.document.name == "on chain"
    assert seven.is_verified
    assert web.asked == []


def test_another_gateway_is_asked_where_one_fails_each_with_its_share() -> None:
    path = f"/ipfs/{DIRECTORY}/7.json"
    web = Web({f"https://two{path}": b"{}"}, takes=1.0)
    assert not metadata(web, f"ipfs://{DIRECTORY}/7.json").is_verified
    assert web.asked == [(f"https://one{path}", 4.0), (f"https://two{path}", 7.0)]


def test_the_last_gateways_failure_is_told() -> None:
    web = Web({f"https://two/ipfs/{RAW}": FetchTimeoutError()})
    with pytest.raises(FetchTimeoutError):
        metadata(web, f"ipfs://{RAW}")


def test_an_arweave_transaction_is_asked_of_its_gateway() -> None:
    transaction = "bNbA3TEQVL60xlgCcqdz4ZPHFZ711cZ3hmkpGttDt_U"
    web = Web({f"https://ar/{transaction}/7": b'{"name":"Seven"}'})
    assert name(web, f"ar://{transaction}/7") == "Seven"


def test_a_gateway_that_answers_something_else_than_the_cid_is_passed_over() -> None:
    body = b'{"name":"right"}'
    cid = "bafkreie2rymvrrx664edzgpsablvutsdpdkpdxwgiihryj3tpttiwdbeby"
    url = f"/ipfs/{cid}"
    web = Web({f"https://one{url}": b'{"name":"wrong"}', f"https://two{url}": body})
    seven = metadata(web, f"ipfs://{cid}")
    assert (seven.document.name, seven.is_verified) == ("right", True)
    lying = Web({f"https://{host}{url}": b'{"name":"wrong"}' for host in ("one", "two")})
    with pytest.raises(ContentMismatchError):
        metadata(lying, f"ipfs://{cid}")


def test_what_is_below_a_cid_cannot_be_checked_and_is_not_called_verified() -> None:
    web = Web({f"https://one/ipfs/{RAW}/7": b"{}"})
    assert not metadata(web, f"ipfs://{RAW}/7").is_verified


SVG = b"<svg fill='#f0f'></svg>"
GIF, WEBP = b"GIF89a...", b"RIFF\0\0\0\0WEBPVP8 "


@pytest.mark.parametrize(
    ("body", "kind"), [(PNG, Kind.PNG), (SVG, Kind.SVG), (GIF, Kind.GIF), (WEBP, Kind.WEBP)]
)
def test_an_image_in_the_place_of_a_document_is_the_image_of_an_empty_one(
    body: bytes, kind: Kind
) -> None:
    web = Web({"https://a.example/7": body})
    seven = metadata(web, "https://a.example/7")
    assert (seven.document.name, seven.document.traits, seven.document.image) == (None, (), None)
    picture = load_image(seven, loader=loader(web), deadline=web.deadline(7.0), max_bytes=1000)
    assert (picture.kind, picture.body) == (kind, body)
    assert web.urls == ["https://a.example/7"]
    with pytest.raises(TooLargeError):
        load_image(seven, loader=loader(web), deadline=web.deadline(7.0), max_bytes=1)


@pytest.mark.parametrize(
    "uri",
    [
        "data:image/svg+xml;base64," + base64.b64encode(SVG).decode(),
        "data:image/svg+xml;utf8," + SVG.decode(),
        SVG.decode(),
    ],
)
def test_a_token_uri_may_be_its_image(uri: str) -> None:
    picture = image(Web({}), uri)
    assert (picture.kind, picture.body, picture.is_verified) == (Kind.SVG, SVG, True)


def test_a_token_uri_may_be_its_document_without_a_scheme() -> None:
    assert name(Web({}), '{"name":"Seven of 100%"}') == "Seven of 100%"


def test_an_image_in_the_place_of_a_document_may_be_as_large_as_an_image() -> None:
    body = PNG + bytes(MAX_METADATA_BYTES)
    assert image(Web({"https://a.example/7": body}), max_bytes=len(body)).body == body
    with pytest.raises(TooLargeError):
        metadata(Web({"https://a.example/7": b'{"a":"' + b"a" * MAX_METADATA_BYTES + b'"}'}))


@pytest.mark.parametrize("uri", ["data:text/html,<script>alert(1)</script>", "<html></html>"])
def test_a_token_uri_is_no_page(uri: str) -> None:
    with pytest.raises(WrongTypeError):
        metadata(Web({}), uri)


@pytest.mark.parametrize("body", [b"{", b'{"a":"\xff"}', b'{"a":' * 100_000, b"{}{}"])
def test_what_is_no_json_object_is_refused(body: bytes) -> None:
    web = Web({"https://a.example/7": body})
    with pytest.raises(WrongTypeError):
        metadata(web, "https://a.example/7")


@pytest.mark.parametrize(
    "body",
    [
        b'\xef\xbb\xbf{"name":"Seven"}',
        b'{"name":"Seven","a":NaN}',
        *(b'{"name":"Se%cven"}' % control for control in range(0x20)),
    ],
)
def test_json_is_read_as_leniently_as_a_providers(body: bytes) -> None:
    found = name(Web({"https://a.example/7": body}), "https://a.example/7") or ""
    assert "".join(char for char in found if char.isprintable()) == "Seven"


def image(
    web: Web,
    uri: str = "https://a.example/7",
    selector: bytes = TOKEN_URI,
    *,
    max_bytes: int = 1000,
) -> Content:
    seven = metadata(web, uri, selector)
    return load_image(seven, loader=loader(web), deadline=web.deadline(7.0), max_bytes=max_bytes)


def test_the_image_is_loaded_from_where_the_metadata_says() -> None:
    pages = {"https://a.example/7": b'{"image":"https://b.example/7.png"}'}
    web = Web({**pages, "https://b.example/7.png": PNG})
    picture = image(web)
    assert (picture.kind, picture.body) == (Kind.PNG, PNG)
    assert web.asked == [("https://a.example/7", 8.0), ("https://b.example/7.png", 7.0)]


def test_the_image_of_erc1155_takes_the_id_too() -> None:
    digits = f"{7:064x}"
    pages = {f"https://a.example/{digits}": b'{"image":"https://b.example/{id}.png"}'}
    web = Web({**pages, f"https://b.example/{digits}.png": PNG})
    assert image(web, "https://a.example/{id}", URI).body == PNG


@pytest.mark.parametrize("markup", ["<svg fill='#f0f' width='100%'/>", " <svg></svg>"])
@pytest.mark.parametrize("name", ["image", "image_data"])
def test_markup_in_the_metadata_is_an_svg(name: str, markup: str) -> None:
    document = f'{{"{name}":"{markup}"}}'
    uri = f"data:application/json,{document.replace('%', '%25')}"
    picture = image(Web({}), uri)
    assert (picture.kind, picture.body) == (Kind.SVG, markup.encode())


@pytest.mark.parametrize(
    ("named", "error"),
    [
        ("http://169.254.169.254/latest/meta-data/", UnsupportedUriError),
        ("file:///etc/passwd", UnsupportedUriError),
        ("data:text/html,<script>alert(1)</script>", WrongTypeError),
        ("data:image/png,<svg>", None),
        ("data:text/html,<svg>", WrongTypeError),
        ("", TokenNotFoundError),
    ],
)
def test_an_image_elsewhere_or_of_another_kind_is_refused(
    named: str, error: type[RouteError] | None
) -> None:
    web = Web({"https://a.example/7": f'{{"image":"{named}"}}'.encode()})
    if error is None:
        assert image(web).kind is Kind.SVG
        return
    with pytest.raises(error):
        image(web)


def test_gateways_asked_in_vain_spare_what_the_last_one_may_use_up() -> None:
    path = f"/ipfs/{DIRECTORY}/7.json"
    web = Web({f"https://two{path}": b"{}"}, slow={f"https://one{path}": 9.0})
    metadata(web, f"ipfs://{DIRECTORY}/7.json", seconds=12.0, spared=1 / 3)
    assert web.asked == [(f"https://one{path}", 4.0), (f"https://two{path}", 8.0)]


def test_data_is_held_to_the_same_caps() -> None:
    document = '{"a":"' + "a" * MAX_METADATA_BYTES + '"}'
    with pytest.raises(TooLargeError):
        metadata(Web({}), f"data:application/json,{document}")
