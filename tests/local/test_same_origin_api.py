"""The API under /api of the site: tokens as they are, signatures for the API's own address."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest

from local.configuration import ROOT, stack_parameters
from local.errors import UnsupportedError
from local.server import api_app, site_app
from local.stack import build_stack
from local.template.stack_template import StackTemplate, load_stack_template
from tests.local.test_stack import PLACE, Caller, configuration

API = f"https://{PLACE.digits('GalleryApi', 10)}.execute-api.us-east-1.amazonaws.com/prod"
LOOKUP = "getNFTsCollectionAlchemy"


def load(folder: Path) -> StackTemplate:
    parameters = {**stack_parameters(configuration(folder)), "SameOriginApi": "on"}
    return load_stack_template(ROOT / "template.yaml", parameters, PLACE)


@pytest.fixture(scope="module")
def callers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Caller, Caller]]:
    """One calls the site, one the API."""
    folder = tmp_path_factory.mktemp("same-origin")
    template = load(folder)
    stack = build_stack(template, configuration(folder))
    site = Caller(site_app(stack), template)
    yield site, Caller(api_app(stack, PLACE, "prod"), template)
    asyncio.run(stack.close())


@pytest.fixture
def site(callers: tuple[Caller, Caller]) -> Caller:
    return callers[0]


def get(site: Caller, path: str, **headers: str) -> httpx.Response:
    return site.send("GET", path, {"Host": "localhost:3000", **headers})


def test_the_api_answers_under_the_site(site: Caller) -> None:
    answer = get(site, "/api/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("/api/getNFTsAlchemy", 401, "Unauthorized"),
        (f"/api/{LOOKUP}", 403, "Missing Authentication Token"),
        ("/api/nothing", 403, "Missing Authentication Token"),
        ("/api/", 403, "Missing Authentication Token"),
        ("/api/prod/health", 403, "Missing Authentication Token"),
    ],
)
def test_an_error_of_the_api_stays_one(site: Caller, path: str, status: int, message: str) -> None:
    answer = get(site, path)
    assert (answer.status_code, answer.json()) == (status, {"message": message})


@pytest.mark.parametrize(
    ("signed_for", "status", "told"),
    [
        (f"http://localhost:3001/prod/{LOOKUP}", 400, "missing_parameter"),
        (f"http://localhost:3000/prod/{LOOKUP}", 403, "signature we calculated"),
        (f"http://localhost:3001/api/{LOOKUP}", 403, "signature we calculated"),
        (f"http://localhost:3000/api/{LOOKUP}", 403, "signature we calculated"),
    ],
)
def test_a_signature_is_for_what_the_api_receives(
    callers: tuple[Caller, Caller], signed_for: str, status: int, told: str
) -> None:
    site, api = callers
    request = AWSRequest("GET", signed_for)
    SigV4Auth(api.guest(), "execute-api", PLACE.region).add_auth(request)
    answer = get(site, f"/api/{LOOKUP}", **dict(request.headers))
    assert answer.status_code == status
    assert told in answer.text


def test_the_site_is_compressed_from_1000_bytes_on(site: Caller) -> None:
    assert get(site, "/index.html").headers["content-encoding"] == "gzip"
    assert "content-encoding" not in get(site, "/index.html", **{"Accept-Encoding": "br"}).headers
    assert "content-encoding" not in get(site, "/api/health").headers


def test_a_verb_the_distribution_does_not_take_never_reaches_the_api(site: Caller) -> None:
    answer = site.send("POST", "/api/health", {})
    assert (answer.status_code, "x-amzn-requestid" in answer.headers) == (403, False)


def test_deep_links_are_the_page_and_missing_files_are_not(site: Caller) -> None:
    page = get(site, "/").text
    for path in ("/collections", "/collections/0x1", "/api", "/apix"):
        assert get(site, path).text == page
    missing = get(site, "/assets/missing.js")
    assert (missing.status_code, missing.text) == (403, "AccessDenied")


def test_the_page_loads_the_demo_wallet_that_the_site_serves(site: Caller) -> None:
    assert '<head><script src="./demo-wallet.js"></script>' in get(site, "/").text
    assert get(site, "/demo-wallet.js").headers["content-type"].startswith("text/javascript")
    call = {"Origin": "http://localhost:3000", "Content-Type": "application/json"}
    assert site.send("POST", "/demo-wallet", call, "{}").json()["error"]["code"] == -32602


def test_another_api_is_refused(tmp_path: Path) -> None:
    template = load(tmp_path)
    distribution = template.only("AWS::CloudFront::Distribution").properties["DistributionConfig"]
    distribution["Origins"][1]["DomainName"] = "api.example"
    with pytest.raises(UnsupportedError, match=f"behind the distribution.*{API}"):
        build_stack(template, configuration(tmp_path))
