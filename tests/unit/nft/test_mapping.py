"""Both dialects into one schema: equal tokens are equal, hostile ones are data."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from nft.errors import UpstreamUnavailableError
from nft.model import Nft, to_json
from nft.providers import alchemy_nfts, moralis_nfts, reading
from nft.providers.http import UpstreamReply
from tests.fixtures.nft_providers import CONTRACT
from tests.unit.nft.conftest import OWNER
from tests.unit.nft.response_schemas import violations

META = {
    "name": "Penguin #7",
    "description": "Cute.\nChubby.",
    "image": "ipfs://QmNf1UsmdGaMbpatQ6toXSkzDpizaGmC9zfunCyoz1enD5/7.png",
    "external_url": "https://penguins.example/7",
    "animation_url": "ar://abc/7.mp4",
    "attributes": [
        {"trait_type": "Face", "value": "Squad"},
        {"trait_type": "Level", "value": 7, "display_type": "number", "max_value": 9},
        {"trait_type": "Rare", "value": True},
    ],
}
LARGE, SMALL = "https://pictures.example/large.png", "data:image/gif;base64,R0lGOA=="
ALCHEMY = {
    "contract": {
        "address": "0xBd3531dA5CF5857e7CfAA92426877b022e612cf8",
        "name": "PudgyPenguins",
        "symbol": "PPG",
        "tokenType": "ERC721",
        "isSpam": False,
        "spamClassifications": [],
    },
    "tokenId": "7",
    "tokenType": "ERC721",
    "name": META["name"],
    "description": META["description"],
    "image": {"cachedUrl": "https://ipfs.io/ipfs/" + str(META["image"])[7:]},
    "raw": {"tokenUri": "ipfs://bafy/7", "metadata": META, "error": None},
    "mint": {"mintAddress": "0xbff79922fcbf93f9c30abb22322b271460c6bebb", "blockNumber": 12878275},
    "timeLastUpdated": "2023-10-13T10:22:08.029Z",
    "balance": "1",
    "acquiredAt": {"blockNumber": 18333219},
}
MORALIS = {
    "token_address": CONTRACT,
    "token_id": "7",
    "contract_type": "ERC721",
    "owner_of": OWNER,
    "name": "PudgyPenguins",
    "symbol": "PPG",
    "token_uri": "https://ipfs.moralis.io:2053/ipfs/bafy/7",
    "metadata": json.dumps(META),
    "minter_address": "0xbff79922fcbf93f9c30abb22322b271460c6bebb",
    "block_number_minted": "12878275",
    "block_number": "18333219",
    "last_metadata_sync": "2023-10-13T10:22:08.029Z",
    "possible_spam": False,
    "amount": "1",
}


def of_alchemy(item: object) -> Nft:
    return alchemy_nfts.nft(item, chain_id=1, owner=OWNER)


def of_moralis(item: object) -> Nft:
    return moralis_nfts.nft(item, chain_id=1, owner=OWNER)


def alchemy_v2() -> dict[str, Any]:
    return {
        "contract": {"address": CONTRACT},
        "id": {"tokenId": "0x07", "tokenMetadata": {"tokenType": "ERC721"}},
        "contractMetadata": {"name": "PudgyPenguins", "symbol": "PPG", "tokenType": "ERC721"},
        "spamInfo": {"isSpam": "false", "classifications": []},
        "title": META["name"],
        "description": META["description"],
        "media": [{"gateway": "https://ipfs.io/ipfs/" + str(META["image"])[7:], "raw": ""}],
        "tokenUri": {"raw": "ipfs://bafy/7", "gateway": ""},
        "metadata": META,
        "timeLastUpdated": ALCHEMY["timeLastUpdated"],
        "balance": "1",
    }


def test_equal_tokens_of_both_providers_normalise_equal() -> None:
    alchemy, moralis = of_alchemy(ALCHEMY), of_moralis(MORALIS)
    assert alchemy.provider != moralis.provider
    assert replace(alchemy, provider="moralis") == moralis
    older = of_alchemy(alchemy_v2())
    assert replace(older, mint=alchemy.mint, acquired_at=alchemy.acquired_at) == alchemy


def test_an_older_item_says_what_it_says_of_its_balance_and_no_more() -> None:
    uncounted = {name: value for name, value in alchemy_v2().items() if name != "balance"}
    assert of_alchemy(uncounted).balance == "1"
    assert of_alchemy({**uncounted, "balance": None}).balance is None


def test_moralis_own_reading_of_metadata_comes_first() -> None:
    nft = of_moralis({**MORALIS, "normalized_metadata": {"name": "Other", "description": None}})
    assert (nft.name, nft.description) == ("Other", META["description"])


CID = "QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (f"ipfs://{CID}/Ape#7.png", f"https://ipfs.io/ipfs/{CID}/Ape%237.png"),
        (f"https://gone.example/ipfs/{CID}", f"https://ipfs.io/ipfs/{CID}"),
        ("https://x.example/{id}.png", f"https://x.example/{7:064x}.png"),
        ("data:image/png;base64,AAAA", "data:image/png;base64,AAAA"),
        ("data:text/html,<script>x()</script>", None),
        ("javascript:alert(1)", None),
        (7, None),
    ],
)
def test_a_picture_has_a_url_a_browser_may_load_or_none(url: object, shown: str | None) -> None:
    alchemy = of_alchemy({**ALCHEMY, "image": {"cachedUrl": url, "thumbnailUrl": url}}).media.image
    moralis = of_moralis({**MORALIS, "metadata": {"image": url}}).media.image
    assert alchemy
    assert (alchemy.url, alchemy.thumbnail_url) == (shown, shown)
    assert (moralis and moralis.url) == shown


def test_a_picture_keeps_the_url_that_the_token_gives() -> None:
    url = "https://x.example/{id}.png"
    alchemy = of_alchemy({**ALCHEMY, "image": {"originalUrl": url}}).media.image
    moralis = of_moralis({**MORALIS, "metadata": {"image": url}}).media.image
    assert alchemy
    assert moralis
    assert (alchemy.original_url, moralis.original_url) == (url, url)


@pytest.mark.parametrize(
    ("pictures", "shown"),
    [
        ({"thumbnailUrl": SMALL}, (None, SMALL)),
        ({"cachedUrl": SMALL, "thumbnailUrl": SMALL}, (SMALL, SMALL)),
        ({"cachedUrl": LARGE, "thumbnailUrl": SMALL}, (LARGE, SMALL)),
        ({"cachedUrl": "blob:x", "thumbnailUrl": "blob:x", "pngUrl": LARGE}, (LARGE, None)),
        ({"cachedUrl": SMALL, "thumbnailUrl": "blob:x"}, (SMALL, None)),
    ],
)
def test_a_thumbnail_is_shown_beside_its_picture_whether_or_not_they_are_one(
    pictures: dict[str, str], shown: tuple[str | None, str | None]
) -> None:
    item = {**ALCHEMY, "image": pictures, "raw": {}}
    image = alchemy_nfts.nft(item, chain_id=1, owner=OWNER).media.image
    assert image is not None
    assert (image.url, image.thumbnail_url) == shown


def test_a_token_without_a_picture_of_the_providers_has_its_own() -> None:
    for nothing in (None, {}, {"cachedUrl": None, "originalUrl": None}):
        image = of_alchemy({**ALCHEMY, "image": nothing}).media.image
        assert image
        assert image.url == "https://ipfs.io/ipfs/" + str(META["image"])[7:]


def test_a_token_without_a_name_of_the_providers_has_its_own() -> None:
    nft = of_alchemy({**ALCHEMY, "name": None, "description": ""})
    assert (nft.name, nft.description) == (META["name"], META["description"])


@pytest.mark.parametrize(
    "uri", ["data:image/svg+xml;base64,PHN2Zy8+", "data:image/svg+xml;utf8,<svg fill='#fff'/>"]
)
@pytest.mark.parametrize("nothing", [None, {}])
def test_a_token_uri_that_is_a_picture_is_the_image_of_an_empty_document(
    uri: str, nothing: object
) -> None:
    raw = {"tokenUri": uri, "metadata": nothing, "error": "Malformed token uri"}
    alchemy = {**ALCHEMY, "name": None, "description": None, "image": None, "raw": raw}
    for nft in (
        of_alchemy(alchemy),
        of_moralis({**MORALIS, "token_uri": uri, "metadata": nothing}),
    ):
        assert (nft.name, nft.token_uri, nft.attributes) == (None, None, ())
        assert (nft.metadata_status, nft.metadata_error) == ("ok", None)
        assert nft.media.image
        assert nft.media.image.url == uri.replace("#", "%23")


HOSTILE_URLS = [
    "javascript:alert(1)",
    " JavaScript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://a.example/1",
    "//a.example/1",
    "http://a.example/1",
    "https://user:pass@a.example/",
    "https://127.0.0.1/",
]
URL_NAMES = frozenset(
    {"imageUrl", "bannerImageUrl", "externalUrl", "tokenUri", "url", "thumbnailUrl", "originalUrl"}
    | {"discord", "website"}
)


def urls_of(value: object) -> list[object]:
    """What stands in the URL fields of an answer, however deep."""
    if isinstance(value, dict):
        own = [inner for name, inner in value.items() if name in URL_NAMES]
        return own + [url for inner in value.values() for url in urls_of(inner)]
    return [url for inner in value for url in urls_of(inner)] if isinstance(value, list) else []


@pytest.mark.parametrize("url", HOSTILE_URLS)
def test_no_url_field_leads_a_browser_anywhere_but_to_https_or_a_picture(url: str) -> None:
    open_sea = {name: url for name in ("imageUrl", "bannerImageUrl", "externalUrl", "discordUrl")}
    contract = {**ALCHEMY["contract"], "openSeaMetadata": open_sea}  # type: ignore[dict-item]
    media = {name: url for name in ("cachedUrl", "thumbnailUrl", "pngUrl", "originalUrl")}
    document = {name: url for name in ("image", "animation_url", "external_url")}
    alchemy = {
        **ALCHEMY,
        "contract": contract,
        "collection": {"externalUrl": url, "bannerImageUrl": url},
        "image": media,
        "animation": media,
        "raw": {"tokenUri": url, "metadata": document},
    }
    named = ("collection_logo", "collection_banner_image", "project_url", "discord_url")
    moralis = {
        **MORALIS,
        **dict.fromkeys(named, url),
        "token_uri": url,
        "metadata": json.dumps(document),
        "normalized_metadata": document,
        "media": {
            "original_media_url": url,
            "media_collection": {"high": {"url": url}, "low": {"url": url}},
        },
    }
    told = (
        of_alchemy(alchemy),
        of_moralis(moralis),
        alchemy_nfts.contract_details(contract, chain_id=1, address=CONTRACT),
        moralis_nfts.contract_details(moralis, chain_id=1, address=CONTRACT),
    )
    for answer in told:
        assert set(urls_of(json.loads(to_json(answer)))) <= {None}


def test_links_are_https_however_they_are_written() -> None:
    site = {"project_url": " HTTPS://Penguins.example/ ", "discord_url": "https://discord.gg/x"}
    links = moralis_nfts.contract_details(site, chain_id=1, address=CONTRACT).links
    assert (links.website, links.discord) == ("https://penguins.example/", "https://discord.gg/x")


def test_traits_have_the_documents_digits_where_a_provider_rounded_them() -> None:
    rounded = {"attributes": [{"trait_type": "Power", "value": 18446744073709552000}]}
    exact = '{"attributes":[{"trait_type":"Power","value":18446744073709551616}]}'
    nft = of_moralis({**MORALIS, "metadata": exact, "normalized_metadata": rounded})
    assert nft.attributes[0]["value"] == "18446744073709551616"
    only = of_moralis({**MORALIS, "metadata": None, "normalized_metadata": rounded})
    assert only.attributes[0]["value"] == "18446744073709552000"


def test_a_document_may_be_text_and_encoded_twice() -> None:
    once = json.dumps(META)
    for written in (once, json.dumps(once)):
        moralis = of_moralis({**MORALIS, "metadata": written})
        alchemy = of_alchemy({**ALCHEMY, "raw": {"metadata": written}})
        assert (moralis.name, moralis.metadata_status) == (META["name"], "ok")
        assert (alchemy.attributes, alchemy.metadata_status) == (moralis.attributes, "ok")
    thrice = json.dumps(json.dumps(once))
    assert of_moralis({**MORALIS, "metadata": thrice}).metadata_status == "error"
    assert of_alchemy({**ALCHEMY, "raw": {"metadata": thrice}}).metadata_status == "error"


def test_a_document_with_a_raw_line_feed_inside_a_string_is_read() -> None:
    nft = of_moralis({**MORALIS, "metadata": '{"name":"two\nlines","image":"https://a.b/1"}'})
    assert (nft.name, nft.metadata_status) == ("two\nlines", "ok")


ZALGO = "Z̸̡̢͓̪̮̦a̵͖l̴g̷o"
HOSTILE = [
    ZALGO,
    "\u202egnp.exe",
    "</script><img src=x onerror=alert(1)>",
    '"; DROP TABLE nfts; --',
    "\x00\x01\x1b[31m\x7f",
    "\ud800 alone",
    "\u2028\u2029",
    "={cmd|' /C calc'!A0}",
    "A" * 136_000,
    "👩‍👩‍👧‍👦" * 1000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_arrives_as_it_is_and_breaks_no_json(text: str) -> None:
    for nft in (
        of_alchemy({**ALCHEMY, "name": text, "description": text}),
        of_moralis({**MORALIS, "normalized_metadata": {"name": text, "description": text}}),
    ):
        sent = to_json(nft)
        body = json.loads(sent)
        assert body["name"] == body["description"] == text.replace("\ud800", "\ufffd")
        assert violations("Nft", body) == []


hostile_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_stands_in_a_field_the_token_is_still_valid(data: st.DataObject) -> None:
    for item, mapping, kept in (
        (ALCHEMY, of_alchemy, {"contract", "tokenId"}),
        (MORALIS, of_moralis, {"token_address", "token_id"}),
    ):
        fields = data.draw(st.lists(st.sampled_from(sorted(set(item) - kept)), max_size=4))
        changed = {**item, **{name: data.draw(hostile_json) for name in fields}}
        if "raw" in item and data.draw(st.booleans()):
            names = ["image", "attributes", "animation_url", "external_url", "name"]
            hostile = {name: data.draw(hostile_json) for name in names}
            changed["raw"] = {"metadata": hostile, "error": data.draw(hostile_json)}
        sent = to_json(mapping(changed))
        assert violations("Nft", json.loads(sent)) == []


@pytest.mark.parametrize(
    "item",
    [
        None,
        [],
        {},
        {**ALCHEMY, "tokenId": None},
        {**ALCHEMY, "tokenId": "-1"},
        {**ALCHEMY, "tokenId": 1.5},
        {**ALCHEMY, "contract": {"address": "0x12"}},
        {**MORALIS, "token_id": "seven"},
        {**MORALIS, "token_address": None},
    ],
)
def test_an_item_that_names_no_token_is_the_providers_failure(item: object) -> None:
    mapping = of_moralis if isinstance(item, dict) and "token_uri" in item else of_alchemy
    with pytest.raises(UpstreamUnavailableError):
        mapping(item)


def reply(body: bytes) -> UpstreamReply:
    return UpstreamReply(200, "application/json", None, body)


def test_numbers_no_javascript_holds_stay_text() -> None:
    digits = "9" * 5000
    text = f'{{"a":{digits},"b":1e999,"c":NaN,"d":7,"e":0.003,"f":9007199254740993}}'
    exact = {"a": digits, "b": "1e999", "f": "9007199254740993"}
    assert reading.document_of(reply(text.encode())) == {**exact, "c": None, "d": 7, "e": 0.003}


@pytest.mark.parametrize(
    ("given", "amount"),
    [
        (0.003, "0.003"),
        (11.4, "11.4"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e-7, "0.0000001"),
        (1e-18, "0.000000000000000001"),
        (1e22, "10000000000000000000000"),
        (12.0, "12"),
        (12, "12"),
        (100, "100"),
        ("12345.4899", "12345.4899"),
        ("11.40", "11.4"),
        ("012.", "12"),
        ("100", "100"),
        ("1e-7", "0.0000001"),
        ("0.123456789012345678", "0.123456789012345678"),
        (0, None),
        (0.0, None),
        ("0.000", None),
        (-1.5, None),
        ("-1", None),
        ("1_000", None),
        (" 12", None),
        ("0x10", None),
        ("", None),
        (float("inf"), None),
        (float("nan"), None),
        (1e300, None),
        ("1e99", None),
        (True, None),
        ("9" * 5000, None),
    ],
)
def test_a_price_is_a_positive_number_in_decimal_digits(given: object, amount: str | None) -> None:
    assert reading.price(given) == amount


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("11.4", "11.4"),
        ("11.400000000000000355", "11.4"),
        ("0.1000000000000000055511151231257827", "0.1"),
        ("1e-7", "0.0000001"),
        ("18446744073709551616", "18446744073709551616"),
    ],
)
def test_a_price_as_a_json_number_is_the_shortest_decimal_of_what_the_provider_had(
    written: str, amount: str
) -> None:
    body = reading.document_of(reply(f'{{"floorPrice":{written}}}'.encode()))
    market = {**body, "collectionName": "Penguins"}
    details = alchemy_nfts.contract_details(
        {"openSeaMetadata": market}, chain_id=1, address=CONTRACT
    )
    assert details.collection.floor_price
    assert details.collection.floor_price.amount == amount


@pytest.mark.parametrize("depth", [100, 200_000])
def test_a_value_nested_too_deep_is_left_out_and_the_rest_stays(depth: int) -> None:
    deep = "[" * depth + '"]["' + "]" * depth
    text = f'{{"ownedNfts":[{{"raw":{{"metadata":{{"a":{deep}}}}},"tokenId":"7"}}],"b":"\\"["}}'
    body = reading.document_of(reply(text.encode()))
    (item,) = reading.required_items(body, "ownedNfts")
    assert reading.document(item)["tokenId"] == "7"
    assert body["b"] == '"['


safe_integers = st.integers(-(2**53) + 1, 2**53 - 1)  # inside a list they leave as they came
slow_too = st.integers() | st.recursive(
    st.none() | st.booleans() | safe_integers | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(slow_too, st.booleans())
def test_fast_and_thorough_parsing_show_the_same_token(value: object, ascii_only: bool) -> None:
    """1e999, which the fast parser refuses, sends the same document to the thorough one."""
    item = {
        **ALCHEMY,
        "name": value,
        "balance": value,
        "raw": {"metadata": {"attributes": [value]}},
    }
    text = json.dumps(item, ensure_ascii=ascii_only).replace("Infinity", "1e400")
    fast, thorough = (reading.parsed(f"[{text}{more}]") for more in ("", ",1e999"))
    assert isinstance(fast, list)
    assert isinstance(thorough, list)
    assert to_json(of_alchemy(fast[0])) == to_json(of_alchemy(thorough[0]))


@pytest.mark.parametrize("text", ["[" * 200_000, "]" * 200_000, '{"a":' * 100_000, "{]" * 100_000])
def test_brackets_that_do_not_close_are_invalid_json(text: str) -> None:
    with pytest.raises(UpstreamUnavailableError):
        reading.document_of(reply(text.encode()))
