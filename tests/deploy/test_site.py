"""Which files of a build are published, and what the page allows itself to call."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from deploy.content_security_policy import WALLET_CONNECT_RELAY, page_policy, with_policy
from deploy.errors import BadOutputError, NotBuiltError, UnknownContentTypeError
from deploy.site import SiteFile, read_site
from local.template.stack_template import StackTemplate
from tests.contract.conftest import deployed_with
from tests.deploy.conftest import CONFIG

LOCAL = {
    **CONFIG,
    "apiEndpoint": "http://localhost:3001/prod",
    "userPoolEndpoint": "http://localhost:3001/cognito-idp",
    "identityPoolEndpoint": "http://localhost:3001/cognito-identity",
}
USED = [
    "https://cognito-idp.us-east-1.amazonaws.com/",
    "https://cognito-identity.us-east-1.amazonaws.com/",
    "https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod/health",
]
OTHER_API = "https://zzzzzzzzzz.execute-api.us-east-1.amazonaws.com/prod/health"
# a <meta> policy cannot say these, or says them for itself
HEADER_ONLY = {"frame-ancestors"}


def directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {words[0]: words[1:] for words in parts}


def allows(policy: str, url: str) -> bool:
    """CSP's host match for connect-src: https://www.w3.org/TR/CSP3/#match-hosts"""
    host = urlsplit(url).netloc
    for source in directives(policy)["connect-src"]:
        wanted = urlsplit(source).netloc
        if wanted == host or (wanted.startswith("*.") and host.endswith(wanted[1:])):
            return True
    return False


def header_of(stack: StackTemplate) -> str:
    policy = stack.only("AWS::CloudFront::ResponseHeadersPolicy").properties
    config = policy["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    return str(config["ContentSecurityPolicy"]["ContentSecurityPolicy"])


@pytest.fixture(scope="module")
def header() -> str:
    return header_of(deployed_with())


def test_header_and_page_together_allow_this_api_and_no_other(header: str) -> None:
    page = page_policy(CONFIG)
    for url in USED:
        assert allows(header, url)
        assert allows(page, url)
    assert allows(header, OTHER_API)
    assert not allows(page, OTHER_API)


def test_the_page_says_what_the_header_says_but_for_the_hosts_it_calls(header: str) -> None:
    on_page, in_header = directives(page_policy(CONFIG)), directives(header)
    assert set(in_header) - set(on_page) == HEADER_ONLY
    for name in set(on_page) - {"connect-src"}:
        assert on_page[name] == in_header[name]


def test_walletconnect_may_be_called_where_there_is_a_project_only(header: str) -> None:
    project = "0123456789abcdef0123456789abcdef"
    assert "walletconnect" not in header + page_policy(CONFIG)
    page = directives(page_policy({**CONFIG, "walletConnectProjectId": project}))["connect-src"]
    assert [source for source in page if "walletconnect" in source] == [WALLET_CONNECT_RELAY]
    offered = header_of(deployed_with(WalletConnectProjectId=project))
    assert allows(offered, WALLET_CONNECT_RELAY)
    named = [
        name for name, sources in directives(offered).items() if WALLET_CONNECT_RELAY in sources
    ]
    assert named == ["connect-src"]


def test_the_local_stack_is_called_over_http_and_nothing_is_upgraded() -> None:
    page = directives(page_policy(LOCAL))
    assert page["connect-src"] == ["'self'", "http://localhost:3001"]
    assert "upgrade-insecure-requests" not in page


def test_a_stack_in_china_calls_chinas_hosts() -> None:
    api = "https://a1b2c3d4e5.execute-api.cn-north-1.amazonaws.com.cn/prod"
    page = page_policy({**CONFIG, "region": "cn-north-1", "apiEndpoint": api})
    assert "https://cognito-idp.cn-north-1.amazonaws.com.cn" in page


@pytest.mark.parametrize(
    "endpoint", ['https://x"><script>/prod', "https://a; script-src */prod", "ftp://a/prod", "x"]
)
def test_an_address_that_would_write_its_own_policy_is_refused(endpoint: str) -> None:
    with pytest.raises(BadOutputError):
        page_policy({**CONFIG, "apiEndpoint": endpoint})


def test_the_policy_stands_before_all_it_governs(built: Path) -> None:
    html = (built / "index.html").read_bytes()
    page = with_policy(html, page_policy(CONFIG)).decode()
    before, policy, after = page.partition("<meta http-equiv")
    assert policy
    assert "<script" not in before
    assert "<script" in after
    assert page.replace(page[len(before) : page.index("/>", len(before)) + 2], "", 1).split() == (
        html.decode().split()
    )


@pytest.mark.parametrize("html", [b"", b'<head><script></script><meta charset="utf-8" />'])
def test_a_page_that_is_not_ours_is_refused(html: bytes) -> None:
    with pytest.raises(NotBuiltError):
        with_policy(html, "default-src 'none'")


def test_the_sites_files_are_the_builds_visible_ones_and_the_stacks_configuration(
    built: Path,
) -> None:
    (built / ".vite").mkdir()
    (built / ".vite" / "manifest.json").write_text("{}")
    (built / "config.json").write_text('{"region": "of another stack"}')
    files = {file.key: file.content for file in read_site(built, CONFIG)}
    assert sorted(files) == [
        "assets/index-oneaaaaa.js",
        "assets/index-onebbbbb.css",
        "config.json",
        "favicon.svg",
        "index.html",
    ]
    assert json.loads(files["config.json"]) == CONFIG


def test_a_preview_of_the_page_has_its_pictures_whole_address(built: Path) -> None:
    index = built / "index.html"
    index.write_text(index.read_text() + '<meta property="og:image" content="./open-graph.png" />')
    files = {file.key: file for file in read_site(built, CONFIG, site_url="https://site.example")}
    assert b'content="https://site.example/open-graph.png"' in files["index.html"].content


def test_a_name_without_a_hash_is_never_kept_for_good() -> None:
    for key in ("assets/logo.svg", "index-12345678.js", "assets/.js", "index.html"):
        assert SiteFile(key, b"").cache_control == "no-cache"


def test_a_file_of_an_unknown_kind_is_refused_before_anything_is_uploaded(built: Path) -> None:
    (built / "backup.sqlite").write_bytes(b"")
    with pytest.raises(UnknownContentTypeError, match=r"backup\.sqlite"):
        read_site(built, CONFIG)


def test_a_folder_without_a_build_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError):
        read_site(tmp_path, CONFIG)


def test_the_same_build_and_configuration_make_the_same_files(built: Path) -> None:
    turned: Mapping[str, Any] = dict(reversed(CONFIG.items()))
    assert read_site(built, CONFIG) == read_site(built, turned)
