"""A URL that a browser may load, or none."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ethereum.data_uri import DataUri
from ethereum.errors import UriError
from ethereum.shown_url import Gateways, named_uri, remote_url, shown_url
from ethereum.token_uri import parse_token_uri

V0 = "QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o"
TRANSACTION = "bNbA3TEQVL60xlgCcqdz4ZPHFZ711cZ3hmkpGttDt_U"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"ipfs://{V0}/1.png", f"https://ipfs.io/ipfs/{V0}/1.png"),
        (f"ipfs://ipfs/{V0}/1.png", f"https://ipfs.io/ipfs/{V0}/1.png"),
        (f"ipfs://{V0}/Ape#525.png", f"https://ipfs.io/ipfs/{V0}/Ape%23525.png"),
        (V0, f"https://ipfs.io/ipfs/{V0}"),
        (f"https://cloudflare-ipfs.com/ipfs/{V0}", f"https://ipfs.io/ipfs/{V0}"),
        (f"http://some-gateway.example/ipfs/{V0}/1.png", f"https://ipfs.io/ipfs/{V0}/1.png"),
        (f"ar://{TRANSACTION}/1", f"https://arweave.net/{TRANSACTION}/1"),
        ("https://x.example/{id}.png", f"https://x.example/{255:064x}.png"),
        ("https://a.example/My Cat.png", "https://a.example/My%20Cat.png"),
        (" https://a.example/1.png", "https://a.example/1.png"),
        ("https://a.example/1.png#top", "https://a.example/1.png#top"),
        ("data:image/svg+xml;utf8,<svg onload='x'/>", "data:image/svg+xml;utf8,<svg onload='x'/>"),
        ("DATA:image/png;base64,AAAA", "DATA:image/png;base64,AAAA"),
        ("<svg fill='#f0f'/>", "data:image/svg+xml,<svg fill='%23f0f'/>"),
        ("data:text/html,<script>x()</script>", None),
        ("data:image/png", None),
        ("ipfs://Qm/1.png", None),
        ("ar://abc", None),
        ("javascript:alert(1)", None),
        ("http://169.254.169.254/latest", None),
        ("https://127.0.0.1/", None),
        ("file:///etc/passwd", None),
        ("https:///nowhere\n<script>", None),
        ("https://a.example\\@evil.example/", None),
        ("\ud800", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_shown_url_is_one_a_browser_may_load(text: str, shown: str | None) -> None:
    assert shown_url(text, 255) == shown
    assert remote_url(text, 255) == (None if str(shown).lower().startswith("data:") else shown)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (f"ipfs://{V0}/Ape#525.png", f"ipfs://{V0}/Ape#525.png"),
        (f" https://gateway.example/ipfs/{V0} ", f"https://gateway.example/ipfs/{V0}"),
        (f"http://gateway.example/ipfs/{V0}/1.png", f"ipfs://{V0}/1.png"),
        (f"ar://{TRANSACTION}", f"ar://{TRANSACTION}"),
        ("https://x.example/{id}.png", "https://x.example/{id}.png"),
        ("http://x.example/1", None),
        ("javascript:alert(1)", None),
        ("data:image/png;base64,AAAA", None),
        ('{"name":"bare"}', None),
    ],
)
def test_a_uri_is_named_as_it_is_written_where_it_has_an_https_form(
    text: str, named: str | None
) -> None:
    assert named_uri(text) == named


@given(st.text() | st.builds("data:image/svg+xml{},{}".format, st.text(max_size=9), st.text()))
def test_whatever_is_shown_is_https_or_an_image(text: str) -> None:
    shown = shown_url(text, 7)
    assert shown is None or shown.lower().startswith(("https://", "data:image/"))
    assert not shown or not set(shown.partition(",")[2]) & set("#\t\r\n")


hosts = st.text("abz019-.", min_size=1, max_size=20)
paths = st.text("abz019-._~!$&'()*+,;=:@%/?#[] {}\\ü", max_size=20)


def parsed(text: str) -> str | None:
    try:
        uri = parse_token_uri(text)
    except UriError:
        return None
    assert not isinstance(uri, DataUri)
    return Gateways().urls(uri)[0]


@given(hosts, paths)
@example("-a.example", "")
@example("a-.example", "")
@example("a.example", "#")
@example("a.example", "%zz[]")
def test_what_is_let_through_unparsed_is_what_parsing_gives(host: str, path: str) -> None:
    text = f"https://{host}/{path}"
    assert remote_url(text, 0) == parsed(text.replace("{id}", "0" * 64))


@given(st.sampled_from([V0, V0[:-1], "Qm" + "z" * 44, "ipfs/" + V0, "bafy"]), paths)
@example(V0, "..")
@example(V0, "1.png")
@example(V0, ".hidden")
@example("Qm" + "z" * 44, "1")
def test_what_ipfs_serves_is_the_same_unparsed(cid: str, path: str) -> None:
    text = f"ipfs://{cid}/{path}"
    assert remote_url(text, 0) == parsed(text.replace("{id}", "0" * 64))
