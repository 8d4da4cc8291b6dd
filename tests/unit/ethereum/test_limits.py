"""Each limit at its last value, and beyond: by one, and by more than one."""

import base64
from collections.abc import Callable

import pytest

from ethereum.cid import Cid, is_cid
from ethereum.contract_wallet import GAS, decode_contract_signature
from ethereum.data_uri import DataUri
from ethereum.errors import EthereumError, LongUriError, UriError
from ethereum.https_url import HttpsUrl
from ethereum.token_uri import parse_token_uri
from ethereum.uint256 import is_uint256, parse_uint256

BEYOND = (1, 2, 1000)


def url(length: int) -> str:
    return "https://host.example/".ljust(length, "a")


def url_of_a_host(length: int) -> str:
    return f"https://{'a.' * ((length - 7) // 2)}{'b' * ((length - 7) % 2)}example/"


def url_of_a_label(length: int) -> str:
    return f"https://{'a' * length}.example/"


def data_uri(length: int) -> str:
    return "data:,".ljust(length, "a")


def data_uri_of_a_type(length: int) -> str:
    return f"data:{'a' * length},"


def ipfs_uri(length: int) -> str:
    return "ipfs://QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o/".ljust(length, "a")


def signature(length: int) -> str:
    return "0x".ljust(length, "5")


LIMITS: dict[str, tuple[Callable[[str], object], Callable[[int], str], int]] = {
    "URL": (HttpsUrl.parse, url, 8192),
    "host": (HttpsUrl.parse, url_of_a_host, 253),
    "label": (HttpsUrl.parse, url_of_a_label, 63),
    "data URI": (DataUri.parse, data_uri, 2_097_152),
    "media type": (DataUri.parse, data_uri_of_a_type, 256),
    "token's URI": (parse_token_uri, ipfs_uri, 4096),
    "contract wallet's signature": (decode_contract_signature, signature, 32_770),
}
"""What reads it, what writes it at a length, and the greatest length that is read."""


@pytest.mark.parametrize(("read", "write", "limit"), LIMITS.values(), ids=LIMITS)
def test_what_is_as_long_as_the_limit_is_read_and_nothing_longer(
    read: Callable[[str], object], write: Callable[[int], str], limit: int
) -> None:
    assert read(write(limit))
    for more in BEYOND:
        with pytest.raises((EthereumError, UriError)):
            read(write(limit + more))


def test_a_data_uri_that_is_too_long_is_told_from_a_broken_one() -> None:
    with pytest.raises(LongUriError):
        DataUri.parse(data_uri(2_097_153))


def cid_of_bytes(count: int) -> str:
    """Version 1, raw, the identity as its hash: what it names stands in it."""
    binary = bytes([1, 0x55, 0, count - 4]) + bytes(count - 4)
    return "b" + base64.b32encode(binary).decode().rstrip("=").lower()


def test_a_cid_has_128_letters_at_most() -> None:
    longest, longer = cid_of_bytes(79), cid_of_bytes(80)
    assert (len(longest), len(longer)) == (128, 129)
    assert is_cid(longest)
    assert Cid.parse(longest).digest == bytes(75)
    for text in (longer, cid_of_bytes(81), cid_of_bytes(100)):
        assert not is_cid(text)


@pytest.mark.parametrize("number", [2**256, 2**256 + 1, 10**78 - 1])
def test_no_number_beyond_a_uint256_is_one(number: int) -> None:
    assert not is_uint256(str(number))
    assert parse_uint256(str(number)) is None


def test_a_node_spends_ten_million_gas_at_most() -> None:
    assert GAS == 10_000_000


@pytest.mark.parametrize("control", ["\x00", "\x1f", "\x7f", "\x80", "\x9e", "\x9f"])
def test_the_first_and_the_last_control_characters_are_refused(control: str) -> None:
    with pytest.raises(UriError, match="control character"):
        HttpsUrl.parse(f"https://host.example/{control}")


@pytest.mark.parametrize("neighbour", ["!", "~", "\xa0", "\xa1"])
def test_the_neighbours_of_control_characters_are_read(neighbour: str) -> None:
    assert HttpsUrl.parse(f"https://host.example/{neighbour}").host == "host.example"


def test_a_host_is_an_address_by_its_last_label_only() -> None:
    assert HttpsUrl.parse("https://a.7.example/").host == "a.7.example"
    assert HttpsUrl.parse("https://7.example/").host == "7.example"
    for last in ("7", "0x7", "0x"):
        with pytest.raises(UriError, match="an address"):
            HttpsUrl.parse(f"https://a.example.{last}/")


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("text/plain;base64", b"ABC"),
        ("text/plain;charset=utf-8;base64", b"ABC"),
        ("text/plain;charset=utf-8;name=a;base64", b"ABC"),
        ("base64", b"QUJD"),
        ("image/png", b"QUJD"),
    ],
)
def test_a_data_uri_is_base64_where_it_says_so_behind_its_media_type(
    head: str, body: bytes
) -> None:
    read = DataUri.parse(f"data:{head},QUJD")
    assert (read.media_type, read.body) == (head.partition(";")[0], body)


@pytest.mark.parametrize("head", ["", ";base64", ";charset=utf-8", " ; base64 "])
def test_a_data_uri_without_a_media_type_is_text(head: str) -> None:
    assert DataUri.parse(f"data:{head},").media_type == "text/plain"


@pytest.mark.parametrize("host", ["B\u00dcCHER.example", "\uff42\u00fccher\u3002example"])
def test_a_host_is_mapped_as_browsers_do(host: str) -> None:
    """https://www.unicode.org/reports/tr46/"""
    assert HttpsUrl.parse(f"https://{host}/").host == "xn--bcher-kva.example"


@pytest.mark.parametrize(
    "body", ["QQ", "QQ=", "QQ==", "QQ===", "QUI", "QUI=", "QUJD", "Q Q", "-_-_"]
)
def test_base64_is_read_with_padding_and_without(body: str) -> None:
    read = {"Q": b"A", "-": b"\xfb\xff\xbf"}[body[0]]
    read = {"QUI": b"AB", "QUJ": b"ABC"}.get(body[:3], read)
    assert DataUri.parse(f"data:;base64,{body}") == DataUri("text/plain", read)


@pytest.mark.parametrize("body", ["Q", "QUJDR", "Q!==", "QU!JD", "QQ\u00e9", "Q=Q="])
def test_broken_base64_is_refused(body: str) -> None:
    with pytest.raises(UriError, match="base64"):
        DataUri.parse(f"data:;base64,{body}")


@pytest.mark.parametrize("scheme", ["http", "httpt", "ipfs", "javascript", "wss", "z"])
def test_no_scheme_before_or_behind_https_is_read(scheme: str) -> None:
    with pytest.raises(UriError, match="not https"):
        HttpsUrl.parse(f"{scheme}://host.example/")


@pytest.mark.parametrize("port", [1, 80, 442, 444, 8443, 65_535])
def test_every_port_but_that_of_https_is_written(port: int) -> None:
    assert HttpsUrl.parse(f"https://host.example:{port}/").authority == f"host.example:{port}"
    assert HttpsUrl.parse("https://host.example:443/").authority == "host.example"
