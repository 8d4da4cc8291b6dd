"""One list of hosts that may learn that somebody looks: dapp/src/nft/pictureHosts.json."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, sync_playwright

from deploy.content_security_policy import page_policy, picture_hosts
from ethereum.shown_url import GATEWAYS
from local.cloudfront.security_headers import local_policy
from local.template.stack_template import StackTemplate
from tests.deploy.conftest import CONFIG

ROOT = Path(__file__).resolve().parents[2]
LISTED = json.loads((ROOT / "dapp/src/nft/pictureHosts.json").read_text())
CORPUS = json.loads((ROOT / "tests/fixtures/hostile_pictures.json").read_text())
CHROMIUM = shutil.which("chromium")
SITE = "https://gallery.example/"
LOAD = """urls => Promise.all(urls.flatMap(url => ['img', 'video', 'audio'].map(name =>
  new Promise(done => {
    const element = document.createElement(name);
    element.onload = element.onerror = element.onloadeddata = done;
    element.src = url;
  }))))"""


@pytest.fixture(scope="module")
def header(stack: StackTemplate) -> str:
    policy = stack.only("AWS::CloudFront::ResponseHeadersPolicy").properties
    headers = policy["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    return str(headers["ContentSecurityPolicy"]["ContentSecurityPolicy"])


def sources(policy: str, directive: str) -> list[str]:
    parts = [part.split() for part in policy.split(";")]
    return next(words[1:] for words in parts if words[:1] == [directive])


@pytest.mark.parametrize("directive", ["img-src", "media-src"])
def test_every_policy_lets_pictures_come_from_these_hosts_and_no_other(
    directive: str, header: str
) -> None:
    here = {"region": "us-east-1", "api_host": "x", "api_origin": "http://localhost:1"}
    for policy in (header, page_policy(CONFIG), local_policy(header, **here)):
        assert sources(policy, directive) == ["'self'", "data:", "blob:", *picture_hosts()]


def test_no_entry_is_a_whole_scheme_or_leaves_names_open() -> None:
    for entry in picture_hosts():
        url = urlsplit(entry)
        assert (url.scheme, url.port, url.query, url.path[-1:]) == ("https", None, "", "/")
        assert "*" not in entry


def test_gateways_and_shared_hosts_have_a_path() -> None:
    """A host without a path is a provider's alone."""
    bare = {urlsplit(entry).hostname for entry in picture_hosts() if urlsplit(entry).path == "/"}
    assert all(str(host).endswith((".alchemy.com", ".moralis.io")) for host in bare)


def test_browsers_use_no_gateway_that_the_backend_does_not_ask() -> None:
    assert set(LISTED["ipfs"]) <= set(GATEWAYS.ipfs)
    assert GATEWAYS.ipfs[0] == LISTED["ipfs"][0]
    assert [f"{gateway}raw/" for gateway in GATEWAYS.arweave] == LISTED["arweave"]


@pytest.fixture
def asked(header: str) -> Iterator[list[str]]:
    """What Chromium asks for where a page under the policy names the whole corpus."""
    with ThreadPoolExecutor(1) as thread:  # Playwright's sync API takes its thread over
        yield thread.submit(_asked_under, header).result()


def _asked_under(policy: str) -> list[str]:
    requests: list[str] = []

    def answer(route: Route) -> None:
        requests.append(route.request.url)
        headers = {"Content-Security-Policy": policy}
        route.fulfill(status=200, headers=headers, content_type="text/html", body="")

    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        page = browser.new_page()
        page.route("**/*", answer)
        page.goto(SITE)
        page.evaluate(LOAD, [*CORPUS["strangers"], *CORPUS["known"]])
        browser.close()
    return requests


@pytest.mark.skipif(CHROMIUM is None, reason="needs /usr/bin/chromium")
def test_a_browser_asks_no_stranger_for_a_picture_whatever_a_page_names(asked: list[str]) -> None:
    own = {url for url in asked if url.startswith(SITE)}
    listed = {url for url in asked if url.startswith(tuple(picture_hosts()))}
    assert set(asked) == own | listed
    assert set(CORPUS["known"]) <= listed
