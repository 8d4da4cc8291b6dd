import os
import string
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ethereum.address import Address, to_checksum_address
from ethereum.errors import SiweFormatError
from ethereum.siwe import (
    MAX_MESSAGE_LENGTH,
    SiweMessage,
    create_siwe_message,
    generate_siwe_nonce,
    parse_siwe_message,
)

ADDRESS = "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2"
MESSAGE = SiweMessage(
    domain="gallery.example",
    address=ADDRESS,
    uri="https://gallery.example",
    version="1",
    chain_id=1,
    nonce="0123456789abcdef",
    issued_at="2026-01-01T00:00:00Z",
    statement="Sign in to the gallery.",
    expiration_time="2026-01-01T00:05:00Z",
)
TEXT = """gallery.example wants you to sign in with your Ethereum account:
0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2

Sign in to the gallery.

URI: https://gallery.example
Version: 1
Chain ID: 1
Nonce: 0123456789abcdef
Issued At: 2026-01-01T00:00:00Z
Expiration Time: 2026-01-01T00:05:00Z"""
FULL = MESSAGE._replace(
    scheme="https", not_before="2026-01-01T00:00:00Z", request_id="a", resources=("a:b", "c:d")
)
UNRESERVED = string.ascii_letters + string.digits + "-._~"
PCHARS = UNRESERVED + "!$&'()*+,;=:@"
DOMAINS = st.sampled_from(["a", "a.b:1", "[::1]:8545", "u:p@a", "127.0.0.1", "[v1.x]"]) | st.text(
    UNRESERVED, min_size=1
)
URIS = st.builds(
    "{}:{}".format,
    st.sampled_from(["https", "did", "a+b-c.1"]),
    st.sampled_from(["", "//", "/x", "x/y", "//a:1/%41", "//[::]?q#f"])
    | st.text(PCHARS, min_size=1),
)
TIMES = st.builds(
    "{}{}".format,
    st.datetimes().map(datetime.isoformat),
    st.sampled_from(["Z", "+00:00", "-00:00", "+23:59", "-23:59"]),
)
MESSAGES = st.builds(
    SiweMessage,
    domain=DOMAINS,
    address=st.binary(min_size=20, max_size=20).flatmap(
        lambda raw: st.sampled_from(
            [
                to_checksum_address(Address("0x" + raw.hex())),
                "0x" + raw.hex(),
                "0x" + raw.hex().upper(),
            ]
        )
    ),
    uri=URIS,
    version=st.just("1"),
    chain_id=st.integers(0, 10**18),
    nonce=st.text(string.ascii_letters + string.digits, min_size=8, max_size=40),
    issued_at=TIMES,
    statement=st.none() | st.text(UNRESERVED + " :/?#[]@!$&'()*+,;=", max_size=60),
    scheme=st.none() | st.sampled_from(["https", "a+b"]),
    expiration_time=st.none() | TIMES,
    not_before=st.none() | TIMES,
    request_id=st.none() | st.text(PCHARS, max_size=20),
    resources=st.none() | st.lists(URIS, max_size=3).map(tuple),
)


def test_writes_the_text_of_eip_4361() -> None:
    assert create_siwe_message(MESSAGE) == TEXT
    assert parse_siwe_message(TEXT) == MESSAGE


@given(MESSAGES)
def test_every_message_written_parses_to_the_same_message(message: SiweMessage) -> None:
    assert parse_siwe_message(create_siwe_message(message)) == message


@settings(max_examples=400)
@given(st.data())
def test_every_altered_text_is_refused_or_writes_the_same_bytes(data: st.DataObject) -> None:
    text = create_siwe_message(FULL)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 4)))
    inserted = data.draw(st.text(max_size=3) | st.text("\r\n -:/@[]%0Zz", max_size=3))
    altered = text[:start] + inserted + text[end:]
    try:
        message = parse_siwe_message(altered)
    except SiweFormatError:
        return
    assert create_siwe_message(message) == altered


@given(st.text())
def test_raises_nothing_but_a_format_error_for_arbitrary_text(text: str) -> None:
    with pytest.raises(SiweFormatError):
        parse_siwe_message(text)


@pytest.mark.parametrize("field", ["statement", "request_id", "resources"])
def test_tells_an_empty_field_from_a_missing_one(field: str) -> None:
    empty: Any = () if field == "resources" else ""
    with_empty = create_siwe_message(MESSAGE._replace(**{field: empty}))
    missing: Any = {field: None}
    without = create_siwe_message(MESSAGE._replace(**missing))
    assert with_empty != without
    assert getattr(parse_siwe_message(with_empty), field) == empty
    assert getattr(parse_siwe_message(without), field) is None


INJECTIONS = {
    "statement with a line end": {"statement": "a\nURI: https://evil.example"},
    "statement with a second field": {"statement": "a\n\nURI: https://evil.example"},
    "statement not ASCII": {"statement": "caf\u00e9"},
    "statement with quotes": {"statement": 'say "yes"'},
    "statement with a percent": {"statement": "100%"},
    "statement with a tab": {"statement": "a\tb"},
    "domain with a slash": {"domain": "gallery.example/evil"},
    "domain with a scheme": {"domain": "https://gallery.example"},
    "domain with a space": {"domain": "evil.example wants"},
    "domain empty": {"domain": ""},
    "domain only a port": {"domain": ":80"},
    "domain only a user": {"domain": "user@"},
    "domain not an IP": {"domain": "[::cafe::]"},
    "domain with open bracket": {"domain": "[::1"},
    "address in capitals with its prefix": {"address": ADDRESS.upper()},
    "address too short": {"address": ADDRESS[:-1]},
    "address wrong checksum": {"address": ADDRESS[:-1] + "3"},
    "uri without scheme": {"uri": "gallery.example"},
    "uri relative": {"uri": "/login"},
    "uri with a space": {"uri": "https://gallery.example/a b"},
    "uri with half a percent": {"uri": "https://gallery.example/%4"},
    "uri with a bracket in its path": {"uri": "https://gallery.example/[::1]"},
    "uri not an IP": {"uri": "https://[::12345]"},
    "chain id negative": {"chain_id": -1},
    "chain id too long": {"chain_id": 10**19},
    "chain id text": {"chain_id": "1"},
    "chain id truth": {"chain_id": True},
    "nonce short": {"nonce": "1234567"},
    "nonce with a dash": {"nonce": "12345678-"},
    "nonce with a line end": {"nonce": "12345678\nIssued At: 2026-01-01T00:00:00Z"},
    "time with a space": {"issued_at": "2026-01-01 00:00:00Z"},
    "time without offset": {"issued_at": "2026-01-01T00:00:00"},
    "time without seconds": {"issued_at": "2026-01-01T00:00Z"},
    "time basic": {"issued_at": "20260101T000000Z"},
    "time week date": {"issued_at": "2026-W01-1T00:00:00Z"},
    "time with a comma": {"issued_at": "2026-01-01T00:00:00,5Z"},
    "time in year zero": {"issued_at": "0000-01-01T00:00:00Z"},
    "time on 31 February": {"expiration_time": "2026-02-31T00:00:00Z"},
    "time with a lower-case t": {"issued_at": "2026-01-01t00:00:00Z"},
    "time with a lower-case z": {"issued_at": "2026-01-01T00:00:00z"},
    "time at hour 24": {"not_before": "2026-01-01T24:00:00Z"},
    "time in a leap second": {"not_before": "2026-12-31T23:59:60Z"},
    "request id with a slash": {"request_id": "a/b"},
    "resource not a URI": {"resources": ("https://a", "b c")},
    "resource with a line end": {"resources": ("https://a\n- https://b",)},
    "version 2": {"version": "2"},
}


@pytest.mark.parametrize("fields", INJECTIONS.values(), ids=INJECTIONS)
def test_refuses_to_write_a_field_outside_the_grammar(fields: dict[str, Any]) -> None:
    with pytest.raises(SiweFormatError):
        create_siwe_message(MESSAGE._replace(**fields))


REFUSED_TEXTS = {
    "CRLF": TEXT.replace("\n", "\r\n"),
    "trailing line end": TEXT + "\n",
    "leading space": " " + TEXT,
    "trailing space": TEXT + " ",
    "byte order mark": "\ufeff" + TEXT,
    "lower-case label": TEXT.replace("Nonce:", "nonce:"),
    "chain id with leading zero": TEXT.replace("Chain ID: 1", "Chain ID: 01"),
    "full-width digit": TEXT.replace("Chain ID: 1", "Chain ID: \uff11"),
    "field twice": TEXT.replace("Version: 1", "Version: 1\nVersion: 1"),
    "unknown field": TEXT + "\nColour: red",
    "empty": "",
}


@pytest.mark.parametrize("text", REFUSED_TEXTS.values(), ids=REFUSED_TEXTS)
def test_refuses_to_parse_what_is_almost_a_message(text: str) -> None:
    with pytest.raises(SiweFormatError):
        parse_siwe_message(text)


def test_reads_no_message_over_the_cap() -> None:
    statement = "a" * (MAX_MESSAGE_LENGTH - len(TEXT) + len(str(MESSAGE.statement)))
    longest = create_siwe_message(MESSAGE._replace(statement=statement))
    assert len(longest) == MAX_MESSAGE_LENGTH
    with pytest.raises(SiweFormatError, match="too long"):
        create_siwe_message(MESSAGE._replace(statement=statement + "a"))


@pytest.mark.parametrize("extra", ["", "https://gallery.example/%", "a" * 3000 + "@"])
def test_a_hostile_text_of_full_size_is_refused_quickly(extra: str) -> None:
    hostile = (extra + "a:" * MAX_MESSAGE_LENGTH)[:MAX_MESSAGE_LENGTH]
    with pytest.raises(SiweFormatError):
        parse_siwe_message(hostile)


def test_a_nonce_is_all_of_16_random_bytes() -> None:
    assert generate_siwe_nonce(lambda count: bytes(range(count))) == bytes(range(16)).hex()


def test_nonces_from_the_system_differ_and_fit_the_grammar() -> None:
    nonces = {generate_siwe_nonce(os.urandom) for _ in range(1000)}
    assert len(nonces) == 1000
    assert all(create_siwe_message(MESSAGE._replace(nonce=nonce)) for nonce in nonces)
