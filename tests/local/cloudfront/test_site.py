"""The site answers as CloudFront in front of a private bucket would."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from local.cloudfront.security_headers import (
    ResponseHeaders,
    local_policy,
    read_response_headers,
)
from local.cloudfront.site import Site
from local.errors import ConfigurationError, UnsupportedError

DISTRIBUTION = {
    "DefaultRootObject": "index.html",
    "DefaultCacheBehavior": {
        "AllowedMethods": ["GET", "HEAD"],
        "ViewerProtocolPolicy": "redirect-to-https",
    },
    "Enabled": True,
    "Origins": [{"Id": "dapp", "DomainName": "bucket.s3.us-east-1.amazonaws.com"}],
    "CustomErrorResponses": [
        {"ErrorCode": 403, "ResponseCode": 200, "ResponsePagePath": "/index.html"}
    ],
}
PLACES = {
    "region": "us-east-1",
    "api_host": "api.gallery.example",
    "api_origin": "http://localhost:3001",
}
PAGE = "<html><head><title>Gallery</title></head></html>"


Ask = Callable[..., httpx.Response]


def config_json(origin: str) -> str:
    return f'{{"site":"{origin}"}}'


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """A function that sends one request to a small site."""
    (tmp_path / "secret.txt").write_text("outside")
    folder = tmp_path / "out"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE)
    (folder / "assets" / "a.js").write_text("1")
    (folder / ".prepared").write_text("stamp")
    headers = ResponseHeaders([("x-frame-options", "DENY")])
    site = Site(folder, DISTRIBUTION, headers, config_json, head="<meta charset=utf-8>")
    routes = [Route("/{path:path}", site.handle, methods=["GET", "HEAD", "POST"])]
    transport = httpx.ASGITransport(Starlette(routes=routes))

    async def send(path: str, method: str) -> httpx.Response:
        async with httpx.AsyncClient(transport=transport) as client:
            return await client.request(method, f"http://site{path}")

    return lambda path, method="GET": asyncio.run(send(path, method))


def test_the_root_is_the_page_with_the_given_html_in_its_head(ask: Ask) -> None:
    answer = ask("/")
    assert answer.text.startswith("<html><head><meta charset=utf-8><title>")
    assert answer.headers["x-frame-options"] == "DENY"


def test_deep_links_are_the_page_too(ask: Ask) -> None:
    answer = ask("/some/where")
    assert (answer.status_code, "Gallery" in answer.text) == (200, True)


def test_files_have_their_content_types(ask: Ask) -> None:
    assert ask("/assets/a.js").headers["content-type"].startswith("text/javascript")
    assert ask("/config.json").json() == {"site": "http://site"}


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/.prepared"])
def test_nothing_outside_or_hidden_is_served(ask: Ask, path: str) -> None:
    answer = ask(path)
    assert "outside" not in answer.text
    assert "stamp" not in answer.text


def test_a_key_that_is_an_absolute_path_is_not_that_file(ask: Ask, tmp_path: Path) -> None:
    page = ask("/").text
    for path in ("//etc/passwd", "/%2Fetc/passwd", "///etc/passwd", f"/{tmp_path}/secret.txt"):
        answer = ask(path)
        assert (answer.status_code, answer.text) == (200, page), path


def test_a_key_no_file_can_have_is_the_page(ask: Ask) -> None:
    page = ask("/").text
    for path in ("/%00", "/assets/a.js%00", "/%00/../index.html", f"/{'a' * 5000}"):
        answer = ask(path)
        assert (answer.status_code, answer.text) == (200, page), path[:20]


def test_a_key_no_file_can_have_is_403_without_a_page_for_it(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(PAGE)
    site = Site(
        tmp_path, {**DISTRIBUTION, "CustomErrorResponses": []}, ResponseHeaders([]), config_json
    )
    app = Starlette(routes=[Route("/{path:path}", site.handle)])

    async def statuses(*paths: str) -> list[int]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
            return [(await client.get(f"http://site{path}")).status_code for path in paths]

    asked = ("/", "/%00", f"/{'a' * 5000}", "//etc/passwd", "/nothing")
    assert asyncio.run(statuses(*asked)) == [200, 403, 403, 403, 403]


def test_other_methods_are_refused(ask: Ask) -> None:
    assert ask("/", "POST").status_code == 403


def test_a_distribution_it_does_not_model_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedError, match="Logging"):
        Site(tmp_path, {**DISTRIBUTION, "Logging": {}}, ResponseHeaders([]), config_json)


def test_a_missing_build_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="holds no built dApp"):
        Site(tmp_path, DISTRIBUTION, ResponseHeaders([]), config_json)


@pytest.mark.parametrize(
    "api_host", ["*.execute-api.us-east-1.amazonaws.com", "api.gallery.example"]
)
def test_the_policy_names_the_local_endpoint_instead_of_aws(api_host: str) -> None:
    csp = (
        "connect-src 'self' https://cognito-idp.us-east-1.amazonaws.com "
        f"https://{api_host}; upgrade-insecure-requests"
    )
    local = local_policy(csp, **PLACES)
    assert local == "connect-src 'self' http://localhost:3001"


def test_an_unmodelled_header_is_refused_by_name() -> None:
    policy = {"SecurityHeadersConfig": {"XSSProtection": {}}, "Name": "x"}
    with pytest.raises(UnsupportedError, match="XSSProtection"):
        read_response_headers(policy, **PLACES)
