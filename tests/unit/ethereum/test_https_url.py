"""One meaning for every URL, and none for what parsers disagree on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethereum.errors import UriError
from ethereum.https_url import HttpsUrl


def words(text: str) -> list[str]:
    return text.split()


# getaddrinfo reads each of these as an address; the first eight as loopback or metadata service.
NUMBERS = words(
    """
2130706433 0x7f.1 017700000001 127.1 0 0xa9fea9fe 127.0.0.1 0x7f000001 ①②⑦.⓪.⓪.① 169.254.169.254
127.0.0.1. 1.1.1.1 1.0x7f 10.0.0.0x1 [::1] [::ffff:127.0.0.1] [2606:4700:4700::1111]
[fe80::1%25eth0]
"""
)
MALFORMED = [
    "https://",
    "https:///path",
    "https://user@host.example/",
    "https://user:password@host.example/",
    "https://@host.example/",
    "https://good.example%00.evil.example/",
    "https://good.example\\@evil.example/",
    "https://ho\tst.example/",
    "https://host.example/a\nb",
    "https://host.example/a\x00b",
    "https://host.example/\x7f",
    "https://host.example:99999/",
    "https://host.example:port/",
    "https://localhost/",
    "https://metadata/",
    "https://-a.example/",
    "https://a..example/",
    "https://a b.example/",
    "https://[::1/",
    "https://host.example/" + "a" * 8200,
    "https://" + "a" * 64 + ".example/",
    "https://" + "a." * 130 + "example/",
]


@pytest.mark.parametrize("host", NUMBERS)
def test_a_host_that_is_an_address_in_any_spelling_is_refused(host: str) -> None:
    with pytest.raises(UriError):
        HttpsUrl.parse(f"https://{host}/")


@pytest.mark.parametrize("text", MALFORMED)
def test_a_url_that_parsers_could_read_differently_is_refused(text: str) -> None:
    with pytest.raises(UriError):
        HttpsUrl.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "http://a.example/",
        "//a.example/",
        "a.example",
        "",
        "ftp://a.example/",
        "file:///etc/passwd",
    ],
)
def test_no_other_scheme_is_read(text: str) -> None:
    with pytest.raises(UriError):
        HttpsUrl.parse(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("https://A.Example", "https://a.example/"),
        ("HTTPS://a.example:443/x?y=1#pärt", "https://a.example/x?y=1#p%C3%A4rt"),
        ("https://a.example:8443/", "https://a.example:8443/"),
        ("https://a.example./", "https://a.example/"),
        ("https://bücher.example/ü b", "https://xn--bcher-kva.example/%C3%BC%20b"),
        ("https://a.example/%20?q=ü&r=%2F", "https://a.example/%20?q=%C3%BC&r=%2F"),
        ("https://_dnslink.a_b.example/", "https://_dnslink.a_b.example/"),
    ],
)
def test_a_url_is_written_as_it_is_used(text: str, written: str) -> None:
    assert str(HttpsUrl.parse(text)) == written
    assert str(HttpsUrl.parse(written)) == written


def test_no_server_is_told_of_a_fragment() -> None:
    assert HttpsUrl.parse("https://a.example/x?y=1#part").target == "/x?y=1"


@pytest.mark.parametrize(
    ("location", "written"),
    [
        ("/b", "https://a.example/b"),
        ("b?c", "https://a.example/x/b?c"),
        ("//b.example/c", "https://b.example/c"),
        ("https://b.example", "https://b.example/"),
    ],
)
def test_a_redirect_is_read_relative_to_where_it_stands(location: str, written: str) -> None:
    assert str(HttpsUrl.parse("https://a.example/x/y").redirected(location)) == written


@pytest.mark.parametrize(
    "location", ["http://a.example/", "https://127.1/", "javascript:1", "https://ho\tst.example/"]
)
def test_a_redirect_is_as_strictly_read_as_any_url(location: str) -> None:
    with pytest.raises(UriError):
        HttpsUrl.parse("https://a.example/x").redirected(location)


@given(st.text(max_size=60))
def test_whatever_follows_the_scheme_is_read_or_refused_with_one_error(rest: str) -> None:
    try:
        url = HttpsUrl.parse(f"https://{rest}")
    except UriError:
        return
    assert str(url).isascii()
    assert HttpsUrl.parse(str(url)) == url
    assert not set(url.host) & set("@:/\\?#% ")
