"""What the browser is sent: no provider, no key, nothing inline. Needs `make dapp`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from deploy.site import read_site
from local.configuration import STAND_IN_KEYS

CONFIG = {
    "region": "us-east-1",
    "userPoolId": "us-east-1_a",
    "apiEndpoint": "https://a1.execute-api.us-east-1.amazonaws.com/prod",
}
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


def test_a_published_page_names_files_that_are_there_and_its_preview_by_the_whole_address() -> None:
    site = "https://site.example"
    files = {file.key: file for file in read_site(OUT, CONFIG, site_url=site)}
    page = files["index.html"].content.decode()
    named = re.findall(r'(?:src|href)="\./([^"#]+)"', page)
    preview = re.findall(rf'og:image" content="{site}/([^"]+)"', page)
    assert preview
    assert {*named, *preview} <= set(files)
    icons = json.loads(files["manifest.webmanifest"].content)["icons"]
    assert {icon["src"].removeprefix("./") for icon in icons} <= set(files)
