import pytest

from ethereum.siwe_grammar import (
    has_only_ip_literals,
    is_same_origin,
    is_statement,
    origin_of_uri,
    rfc3339_to_epoch,
)


@pytest.mark.parametrize(
    "literal",
    ["::", "::1", "1::", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "1:2:3:4:5:6:7::", "v1.a:b"],
)
def test_knows_ip_literals(literal: str) -> None:
    assert has_only_ip_literals(f"[{literal}]:1")


@pytest.mark.parametrize(
    "literal",
    [
        "",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "12345::",
        "::1.2.3.256",
        "1.2.3.4",
        "::1%25eth0",
        "1::2:3:4:5:6:7:8",
        "::1.2.3",
        "::1.2.3.4.",
        "::01.2.3.4",
        "v.a",
        "v1.",
    ],
)
def test_refuses_what_is_no_ip_literal(literal: str) -> None:
    assert not has_only_ip_literals(f"[{literal}]")


@pytest.mark.parametrize(
    ("text", "epoch"),
    [
        ("1970-01-01T00:00:00Z", 0.0),
        ("1970-01-01T00:00:00.5Z", 0.5),
        ("1970-01-01T00:00:00.123456789Z", 0.123456),
        ("1970-01-01T02:00:00+02:00", 0.0),
        ("1969-12-31T23:00:00-01:00", 0.0),
    ],
)
def test_reads_rfc_3339_times(text: str, epoch: float) -> None:
    assert rfc3339_to_epoch(text) == epoch


def test_a_statement_is_one_line_of_plain_ascii() -> None:
    assert is_statement("Sign in: https://gallery.example/tos?a=b#c [1]")
    assert not is_statement("two\nlines")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-01-01",
        "2026-02-30T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "1970-01-01t00:00:01Z",
        "1970-01-01T00:00:01z",
    ],
)
def test_refuses_what_is_no_rfc_3339_time(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        rfc3339_to_epoch(text)


@pytest.mark.parametrize(
    ("uri", "origin"),
    [
        ("https://gallery.example", "https://gallery.example"),
        ("https://gallery.example/login?x=1#y", "https://gallery.example"),
        ("https://gallery.example?x=1", "https://gallery.example"),
        ("https://gallery.example#x", "https://gallery.example"),
        ("https://gallery.example/@evil.example", "https://gallery.example"),
        ("HTTPS://Gallery.EXAMPLE/", "https://gallery.example"),
        ("https://gallery.example:443/", "https://gallery.example"),
        ("https://gallery.example:/", "https://gallery.example"),
        ("http://localhost:80", "http://localhost"),
        ("http://localhost:443", "http://localhost:443"),
        ("https://[::1]:8443/x", "https://[::1]:8443"),
    ],
)
def test_reads_the_origin_of_a_uri(uri: str, origin: str) -> None:
    assert origin_of_uri(uri) == origin
    assert is_same_origin(uri, f"{origin}/")


@pytest.mark.parametrize(
    "uri",
    [
        "https://user@gallery.example",
        "https://user:password@gallery.example",
        "https://@gallery.example",
        "https://gallery.example:443@evil.example/",
        "https://gallery.example@evil.example",
        "https://",
        "https:///gallery.example",
        "https:gallery.example",
        "https:/gallery.example",
        "https://:443",
        "https://gallery.example\\@evil.example",
        "https://gallery.example:443x",
        "did:key:z6Mk",
        "urn:gallery.example",
        "gallery.example",
        "",
    ],
)
def test_knows_no_origin_of_a_uri_with_a_user_or_without_a_host(uri: str) -> None:
    assert origin_of_uri(uri) is None
    assert not is_same_origin(uri, "https://gallery.example")
    assert is_same_origin(uri, uri)


@pytest.mark.parametrize(
    "other",
    [
        "https://gallery.example.",
        "https://gallery.example.evil.example",
        "https://evil-gallery.example",
        "https://gallery%2Eexample",
        "https://gallery.example%2F.evil.example",
        "https://gallery.example:0443",
        "https://gallery.example:80",
        "https://gallery.example:8443",
        "http://gallery.example",
        "http://gallery.example:443",
        "wss://gallery.example",
        "https://www.gallery.example",
    ],
)
def test_tells_apart_what_only_looks_like_one_origin(other: str) -> None:
    assert not is_same_origin(other, "https://gallery.example")
