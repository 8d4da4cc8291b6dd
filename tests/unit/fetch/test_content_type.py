"""What a body is, by its first bytes, and what it must not be declared to be."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fetch.content_type import IMAGES, Kind, kind_of, sniff
from fetch.errors import WrongTypeError

SAMPLES = {
    Kind.JSON: [b"{}", b' \n\t{"a":1}', b'\xef\xbb\xbf{"a":1}'],
    Kind.PNG: [b"\x89PNG\r\n\x1a\n\0\0"],
    Kind.JPEG: [b"\xff\xd8\xff\xe0"],
    Kind.GIF: [b"GIF87a", b"GIF89a.."],
    Kind.WEBP: [b"RIFF\x10\0\0\0WEBPVP8 ", b"RIFF\x10\0\0\0WEBPVP8X"],
    Kind.AVIF: [b"\0\0\0\x1cftypavif", b"\0\0\0\x1cftypavis"],
    Kind.SVG: [
        b"<svg>",
        b"<SVG xmlns='x'>",
        b"\xef\xbb\xbf <?xml version='1.0'?>\n<!-- made --><!DOCTYPE svg PUBLIC '-//W3C'><svg ",
    ],
}
NEITHER = [
    b"", b"null", b"[1]", b'"text"', b"<html>", b"<!DOCTYPE html><svg>", b"<script>", b"%PDF-1.7",
    b"\x89PNG\n", b"GIF88a", b"RIFF\0\0\0\0WAVEfmt ", b"\0\0\0\x1cftypisom", b"<svgx>", b"MZ",
]  # fmt: skip


@pytest.mark.parametrize(("kind", "body"), [(k, b) for k, bs in SAMPLES.items() for b in bs])
def test_a_kind_is_known_by_its_first_bytes(kind: Kind, body: bytes) -> None:
    assert sniff(body) is kind
    for declared in (kind, f"{kind.upper()}; charset=utf-8", "", "application/octet-stream"):
        assert kind_of(body, declared=declared, accept=frozenset({kind})) is kind


@pytest.mark.parametrize("body", NEITHER)
def test_anything_else_is_of_no_kind(body: bytes) -> None:
    assert sniff(body) is None
    with pytest.raises(WrongTypeError):
        kind_of(body, declared="", accept=frozenset(Kind))


@pytest.mark.parametrize("declared", ["text/html", "application/javascript", "image/x-icon", "x"])
@pytest.mark.parametrize("kind", Kind)
def test_a_declaration_that_says_something_else_is_not_overruled(kind: Kind, declared: str) -> None:
    with pytest.raises(WrongTypeError):
        kind_of(SAMPLES[kind][0], declared=declared, accept=frozenset(Kind))


def test_json_is_no_image_and_an_image_no_json_however_declared() -> None:
    for kind in IMAGES:
        with pytest.raises(WrongTypeError):
            kind_of(SAMPLES[kind][0], declared="application/json", accept=frozenset(Kind))
        with pytest.raises(WrongTypeError):
            kind_of(SAMPLES[Kind.JSON][0], declared=kind, accept=frozenset(Kind))


def test_what_was_not_asked_for_is_refused() -> None:
    with pytest.raises(WrongTypeError):
        kind_of(b"<svg>", declared="image/svg+xml", accept=IMAGES - {Kind.SVG})


@given(st.binary(max_size=300) | st.text(alphabet="<!->svg? x", max_size=300).map(str.encode))
def test_sniffing_takes_any_bytes(body: bytes) -> None:
    assert sniff(body) in {*Kind, None}


def test_sniffing_is_quick_whatever_it_reads() -> None:
    started = time.thread_time()  # of this thread alone: others cannot lengthen it
    for piece in (b"<!--", b"<!-- -", b" ", b"<?xml ", b"<!---->", b"<!DOCTYPE svg "):
        sniff(piece * 2000)
    assert time.thread_time() - started < 0.5
