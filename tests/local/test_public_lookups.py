"""PublicLookups on this machine: guests look up under /api/public of the site, and it caches."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from local.aws_lambda.function import Function
from local.configuration import ROOT, stack_parameters
from local.server import api_app, site_app
from local.stack import Stack, build_stack
from local.template.stack_template import StackTemplate, load_stack_template
from tests.local.test_stack import PLACE, configuration

ADDRESS = "0xbc4ca0eda7647a8ab7c2061c2e118a18a936f13d"
CONTRACT = f"/chains/1/contracts/{ADDRESS}"
SITE, API = "http://localhost:3000", "http://localhost:3001"
FRONT_END = "https://their.example"
EVERYBODY = {"Cache-Control": "public, max-age=30, stale-if-error=3600", "ETag": '"one"'}
BEHIND = {
    "/chains": "public-gallery",
    CONTRACT: "public-gallery",
    f"{CONTRACT}/nfts": "public-gallery",
    f"{CONTRACT}/nfts/1": "public-gallery",
    f"/chains/1/owners/{ADDRESS}/nfts": "owners",
    "/names/alice.eth": "names",
    f"/addresses/{ADDRESS}/name": "names",
    f"{CONTRACT}/nfts/1/metadata": "metadata",
}


@dataclass
class Calls:
    """Stands for the functions behind the API: what they were asked, and what they answer."""

    status: int = 200
    functions: list[str] = field(default_factory=list)
    events: list[Mapping[str, object]] = field(default_factory=list)

    async def start(self, function: Function) -> Answering:
        return Answering(function.name, self)


@dataclass(frozen=True)
class Answering:
    """A worker without a process."""

    name: str
    calls: Calls
    is_alive: bool = True

    async def ask(self, event: Mapping[str, object]) -> object:
        self.calls.functions.append(self.name.removeprefix("nft-gallery-"))
        self.calls.events.append(event)
        await asyncio.sleep(0)
        headers = EVERYBODY if self.calls.status == 200 else {"Cache-Control": "no-store"}
        body = json.dumps({"path": event["path"]})
        return {"statusCode": self.calls.status, "headers": headers, "body": body}

    async def end(self) -> None:
        pass


def template_with(folder: Path, **given: str) -> StackTemplate:
    parameters = {**stack_parameters(configuration(folder)), "AllowedOrigins": FRONT_END, **given}
    return load_stack_template(ROOT / "template.yaml", parameters, PLACE)


@dataclass
class Gallery:
    stack: Stack
    calls: Calls

    def at_once(self, *paths: str) -> list[httpx.Response]:
        async def send() -> list[httpx.Response]:
            transport = httpx.ASGITransport(site_app(self.stack))
            async with httpx.AsyncClient(transport=transport, base_url=SITE) as site:
                return list(await asyncio.gather(*map(site.get, paths)))

        return asyncio.run(send())

    def send(
        self, path: str, method: str = "GET", origin: str = SITE, **headers: str
    ) -> httpx.Response:
        app = site_app(self.stack) if origin != API else api_app(self.stack, PLACE, "prod")

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url=origin) as client:
                named = {name.replace("_", "-"): value for name, value in headers.items()}
                return await client.request(method, path, headers=named)

        return asyncio.run(send())

    @property
    def key(self) -> str:
        """As CloudFront has it from Secrets Manager."""
        return next(s.current for arn, s in self.stack.secrets.items() if "CloudFrontKey" in arn)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gallery]:
    folder, calls = tmp_path_factory.mktemp("public"), Calls()
    template = template_with(folder, PublicLookups="on")
    stack = build_stack(template, configuration(folder), start_worker=calls.start)
    yield Gallery(stack, calls)
    asyncio.run(stack.close())


@pytest.fixture
def gallery(running: Gallery) -> Gallery:
    running.calls.functions.clear()
    running.calls.events.clear()
    running.calls.status = 200
    return running


def test_a_thousand_identical_look_ups_are_one_call(gallery: Gallery) -> None:
    path = f"/api/public{CONTRACT}/nfts?limit=7"
    answers = [*gallery.at_once(*[path] * 500), *gallery.at_once(*[path] * 500)]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert gallery.calls.functions == ["public-gallery"]


@pytest.mark.parametrize(("path", "function"), BEHIND.items())
def test_each_guests_route_is_there_and_reaches_its_function(
    gallery: Gallery, path: str, function: str
) -> None:
    answer = gallery.send(f"/api/public{path}")
    assert (answer.status_code, answer.json()) == (200, {"path": f"/public{path}"})
    assert gallery.calls.functions == [function]


@pytest.mark.parametrize(
    "path",
    ["/me/nfts", f"/gate/1/{ADDRESS}", "/getNFTsCollectionAlchemy", "/health", "/nothing", "/"],
)
def test_no_other_route_is(gallery: Gallery, path: str) -> None:
    answer = gallery.send(f"/api/public{path}")
    assert (answer.status_code, answer.json()["message"]) == (403, "Missing Authentication Token")
    assert gallery.calls.functions == []


@pytest.mark.parametrize("key", ["", "wrong", "{{resolve:secretsmanager:x:SecretString}}"])
def test_the_api_itself_refuses_who_lacks_the_key(gallery: Gallery, key: str) -> None:
    answer = gallery.send("/prod/public/chains", origin=API, **({"x_api_key": key} if key else {}))
    assert answer.json() == {"message": "Forbidden"}
    assert (answer.status_code, gallery.calls.functions) == (403, [])


def test_who_has_the_key_skips_the_cache_and_no_more(gallery: Gallery) -> None:
    for _ in range(2):
        assert gallery.send("/prod/public/chains", origin=API, x_api_key=gallery.key).is_success
    assert gallery.calls.functions == ["public-gallery"] * 2
    for path in ("/me/nfts", f"/gate/1/{ADDRESS}", CONTRACT, "/public/me/nfts"):
        answer = gallery.send(f"/prod{path}", origin=API, x_api_key=gallery.key)
        assert answer.status_code in (401, 403), path


def test_of_a_viewer_only_the_path_and_what_a_route_reads_goes_on(gallery: Gallery) -> None:
    gallery.send(
        f"/api/public{CONTRACT}/nfts?limit=8&x=1&cursor=a%2Fb&owner=0x1&contract=c&chainId=2",
        **{"Authorization": "Bearer x", "Cookie": "a=b", "Origin": FRONT_END},
        **{"x-api-key": "theirs", "If-None-Match": '"one"', "Cache-Control": "max-age=0"},
    )
    (event,) = gallery.calls.events
    sent = event["headers"]
    assert isinstance(sent, dict)
    assert event["queryStringParameters"] == {"limit": "8", "cursor": "a/b", "contract": "c"}
    assert sent["x-api-key"] == gallery.key
    assert {name.lower() for name in sent} <= {
        *("accept-encoding", "host", "user-agent", "x-amzn-trace-id", "x-api-key"),
        *("x-forwarded-for", "x-forwarded-port", "x-forwarded-proto"),
    }


def test_the_key_is_in_no_answer(gallery: Gallery) -> None:
    for path in ("/api/public/chains", "/api/public/nothing", "/config.json", "/"):
        answer = gallery.send(path)
        assert gallery.key not in answer.text + str(answer.headers)


@pytest.mark.parametrize(("origin", "may_read"), [(FRONT_END, True), ("https://x.example", False)])
def test_pages_of_listed_origins_may_read_cached_answers_too(
    gallery: Gallery, origin: str, may_read: bool
) -> None:
    gallery.send("/api/public/names/bob.eth")
    answer = gallery.send("/api/public/names/bob.eth", Origin=origin)
    assert answer.headers["x-cache"] == "Hit from cloudfront"
    assert answer.headers.get("access-control-allow-origin") == (origin if may_read else None)


@pytest.mark.parametrize("method", ["OPTIONS", "POST", "DELETE"])
def test_other_verbs_never_reach_the_api(gallery: Gallery, method: str) -> None:
    answer = gallery.send("/api/public/chains", method)
    assert (answer.status_code, "x-amzn-requestid" in answer.headers) == (403, False)


def test_an_error_of_the_api_stays_one(gallery: Gallery) -> None:
    gallery.calls.status = 404
    for _ in range(2):
        answer = gallery.send(f"/api/public{CONTRACT}/nfts/404")
        assert (answer.status_code, "path" in answer.json()) == (404, True)
    assert len(gallery.calls.functions) == 2  # "no-store": the function remembers it, not the edge


@pytest.mark.parametrize(
    ("origin", "named"),
    [(SITE, SITE), ("http://127.0.0.1:3000", "http://127.0.0.1:3000"), ("http://evil:3000", SITE)],
)
def test_a_page_is_told_of_it_under_its_own_origin(
    gallery: Gallery, origin: str, named: str
) -> None:
    config = gallery.send("/config.json", origin=origin).json()
    assert config["publicUrl"] == f"{named}/api/public"


def test_it_can_be_switched_on_and_off_again(tmp_path: Path) -> None:
    calls, here = Calls(), configuration(tmp_path)
    stack = build_stack(template_with(tmp_path), here, start_worker=calls.start)
    for is_on in (False, True, False):
        given = {"PublicLookups": "on"} if is_on else {}
        after = build_stack(
            template_with(tmp_path, **given), here, before=stack, start_worker=calls.start
        )
        gallery, stack = Gallery(after, calls), after
        assert ("publicUrl" in gallery.send("/config.json").json()) is is_on
        shown = gallery.send("/api/public/chains").headers["content-type"]
        assert ("json" in shown) is is_on  # else it is the page, as for every deep link
    asyncio.run(stack.close())
