"""Every form that contracts and metadata use, read as the place it means."""

import base64
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethereum.data_uri import MAX_DATA_URI_LENGTH, DataUri
from ethereum.errors import LongUriError, UriError
from ethereum.https_url import HttpsUrl
from ethereum.token_uri import ArweaveUri, IpfsUri, parse_token_uri, with_token_id

V0 = "QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o"
V1 = "bafybeicg2rebjoofv4kbyovkw7af3rpiitvnl6i7ckcywaq6xjcxnc2mby"
TRANSACTION = "bNbA3TEQVL60xlgCcqdz4ZPHFZ711cZ3hmkpGttDt_U"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f"ipfs://{V0}", ""),
        (f"ipfs://{V0}/", ""),
        (f"ipfs://{V0}/1.json", "/1.json"),
        (f"IPFS://{V0}/1.json", "/1.json"),
        (f"  ipfs://{V0}/1.json\n", "/1.json"),
        (f"ipfs://ipfs/{V0}/a/b", "/a/b"),
        (f"ipfs:{V0}/1", "/1"),
        (f"{V0}", ""),
        (f"{V0}/1.json", "/1.json"),
        (f"https://gateway.example/ipfs/{V0}/1.json?filename=x", "/1.json"),
        (f"https://gateway.example/ipfs/{V0}", ""),
        (f"ipfs://{V0}/a b#c", "/a%20b%23c"),
        (f"ipfs://{V0}/Ape#525.png", "/Ape%23525.png"),
        (f"https://gateway.example/ipfs/{V0}/Ape#525.png", "/Ape%23525.png"),
        (f"ipfs://{V0}#top", ""),
        (f"http://gateway.example:8080/ipfs/{V0}/1.json", "/1.json"),
        (f"https://ipfs.moralis.io:2053/ipfs/{V0}/1.json", "/1.json"),
        (f"ipfs://{V0}/a%20b%23", "/a%20b%23"),
        (f"ipfs://{V0}/ü?x", "/%C3%BC"),
    ],
)
def test_ipfs_in_all_its_spellings(text: str, path: str) -> None:
    uri = parse_token_uri(text)
    assert isinstance(uri, IpfsUri)
    assert (uri.cid, uri.path) == (V0, path)


@pytest.mark.parametrize("text", [f"https://{V1}.ipfs.dweb.link/1.json", f"{V1}/1.json"])
def test_a_gateway_of_subdomains_is_ipfs_as_well(text: str) -> None:
    uri = parse_token_uri(text)
    assert isinstance(uri, IpfsUri)
    assert (uri.cid, uri.path) == (V1, "/1.json")


@pytest.mark.parametrize(
    "text", ["https://site.example/ipfs/of-mine/1", "https://a.ipfs.site.example/1"]
)
def test_what_only_looks_like_a_gateway_is_a_web_site(text: str) -> None:
    assert parse_token_uri(text) == HttpsUrl.parse(text)


@pytest.mark.parametrize(
    "path", ["/..", "/../x", "/a/../../x", "/%2e%2e/x", "/..%2fx", "/a/..\\x", "/./x", "/%00"]
)
@pytest.mark.parametrize("start", [f"ipfs://{V0}", f"ar://{TRANSACTION}"])
def test_no_path_leads_out_of_what_is_named(start: str, path: str) -> None:
    with pytest.raises(UriError):
        parse_token_uri(start + path)


def test_arweave() -> None:
    assert parse_token_uri(f"ar://{TRANSACTION}/1.json") == ArweaveUri(TRANSACTION, "/1.json")
    for text in ("ar://", "ar://short", f"ar://{TRANSACTION}x", "ar://../x"):
        with pytest.raises(UriError):
            parse_token_uri(text)


@pytest.mark.parametrize(
    "text",
    ["", "1.json", "http://a.example/", "ftp://a/", "javascript:alert(1)", "file:///etc/passwd",
     "ipns://a.example/", "//a.example/", "blob:x", "gopher://a/"],
)  # fmt: skip
def test_no_other_scheme_is_read(text: str) -> None:
    with pytest.raises(UriError):
        parse_token_uri(text)


@pytest.mark.parametrize(
    ("text", "media_type", "body"),
    [
        ("data:application/json;base64,eyJhIjoxfQ==", "application/json", b'{"a":1}'),
        ("data:application/json;base64,eyJhIjoxfQ", "application/json", b'{"a":1}'),
        ("data:application/json;charset=utf-8;base64,eyJhIjoxfQ==", "application/json", b'{"a":1}'),
        ("DATA:Application/JSON;BASE64,eyJh\nIjoxfQ%3D%3D", "application/json", b'{"a":1}'),
        ("data:application/octet-stream;base64,_-8=", "application/octet-stream", b"\xff\xef"),
        ("data:application/json;utf8,{\"a\":\"ü\"}", "application/json", '{"a":"ü"}'.encode()),
        ("data:application/json,%7B%22a%22%3A1%7D", "application/json", b'{"a":1}'),
        ('data:application/json,{"a":"100%"}', "application/json", b'{"a":"100%"}'),
        ("data:image/svg+xml;utf8,<svg fill='#fff'/>", "image/svg+xml", b"<svg fill='#fff'/>"),
        ("data:,x", "text/plain", b"x"),
    ],
)  # fmt: skip
def test_data_in_all_its_spellings(text: str, media_type: str, body: bytes) -> None:
    assert parse_token_uri(text) == DataUri(media_type, body)


@pytest.mark.parametrize(
    ("text", "media_type"),
    [(' {"a":"#100%"}', "application/json"), ("<svg fill='#fff'/>", "image/svg+xml")],
)
def test_a_document_without_a_scheme_is_data_as_well(text: str, media_type: str) -> None:
    assert parse_token_uri(text) == DataUri(media_type, text.strip().encode())
    with pytest.raises(LongUriError):
        parse_token_uri(text + " " * MAX_DATA_URI_LENGTH + "}")


@pytest.mark.parametrize(
    "text",
    ["data:", "data:application/json", "data:;base64,a", "data:;base64,a$b", "data:;base64,ü"],
)
def test_broken_data_is_refused(text: str) -> None:
    with pytest.raises(UriError):
        parse_token_uri(text)


def test_data_and_other_uris_have_a_longest() -> None:
    with pytest.raises(LongUriError):
        parse_token_uri("data:," + "a" * MAX_DATA_URI_LENGTH)
    with pytest.raises(UriError):
        parse_token_uri("ipfs://" + "a" * 5000)


def test_half_a_character_is_refused() -> None:
    for text in ("data:,\ud800", "https://a.example/\ud800", f"ipfs://{V0}/\udfff"):
        with pytest.raises(UriError):
            parse_token_uri(text)


@pytest.mark.parametrize(
    ("token_id", "digits"), [(0, "0" * 64), (314592, f"{'0' * 59}4cce0"), (2**256 - 1, "f" * 64)]
)
def test_the_id_takes_64_lower_case_hex_digits(token_id: int, digits: str) -> None:
    # 314592 is EIP-1155's own example
    uri = with_token_id("https://token-cdn-domain/{id}.json", token_id)
    assert uri == f"https://token-cdn-domain/{digits}.json"
    assert with_token_id("{id}/{id}", token_id) == f"{digits}/{digits}"
    assert with_token_id("%7Bid%7D/%7bid%7d", token_id) == f"{digits}/{digits}"
    for text in (
        "https://a.example/1",
        "https://a.example/%7B",
        "data:image/svg+xml,<svg id='{id}'/>",
    ):
        assert with_token_id(text, token_id) == text


@given(st.sampled_from(["", "ipfs://", "ar://", "https://", "data:", "data:;base64,"]), st.text())
def test_any_text_is_a_uri_or_refused_with_an_error_of_the_tree(scheme: str, text: str) -> None:
    with suppress(UriError):
        parse_token_uri(scheme + text)


@given(st.binary(max_size=200))
def test_what_is_encoded_in_base64_is_read_back(body: bytes) -> None:
    uri = DataUri.parse("data:image/png;base64," + base64.b64encode(body).decode())
    assert uri == DataUri("image/png", body)
