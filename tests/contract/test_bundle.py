"""What the browser is sent: no provider, no key, nothing inline. Needs `make dapp`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from local.configuration import STAND_IN_KEYS

OUT = Path(__file__).resolve().parents[2] / "dapp" / "out"
pytestmark = pytest.mark.skipif(not OUT.is_dir(), reason="run `make dapp` first")


def shipped() -> dict[str, str]:
    """Text of every file that is uploaded, by name."""
    files = [path for path in OUT.rglob("*") if path.is_file() and path.suffix != ".png"]
    return {path.relative_to(OUT).as_posix(): path.read_text() for path in files}


def test_the_bundle_knows_no_provider_endpoint_and_no_key() -> None:
    text = "\n".join(shipped().values())
    hosts = ["g.alchemy.com", "deep-index.moralis.io"]
    assert not [word for word in [*hosts, *STAND_IN_KEYS.values(), "X-API-Key"] if word in text]


def test_the_bundle_holds_no_demo_wallet() -> None:
    assert "demo-wallet" not in "\n".join(shipped().values())


def test_the_page_has_nothing_a_strict_policy_would_block() -> None:
    page = shipped()["index.html"]
    inline_scripts = re.findall(r"<script(?![^>]*\bsrc=)", page)
    assert inline_scripts == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", page) == []


def test_the_page_works_below_any_path() -> None:
    assert re.findall(r'(?:src|href)="/', shipped()["index.html"]) == []
