"""What the API adds to its provider's own answer, warm: a page of 100 tokens of the local stack.

The page is a stand-in's own, inlined pictures and all, and takes no time to come here. So what is
measured is ours: reading, normalising, writing, one metric, one log line.
"""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import replace
from statistics import median

from eth_abi.abi import encode

from ethereum.chains import CHAINS
from nft.gallery import Gallery
from nft.providers import alchemy_nfts, moralis_nfts, reading
from nft.providers.alchemy import AlchemyClient
from nft.providers.alchemy_nfts import AlchemyNfts
from nft.providers.client import ProviderKeys
from nft.providers.http import UpstreamReply, UpstreamRequest
from nft.providers.moralis import MoralisClient
from nft.providers.moralis_nfts import MoralisNfts
from nft.routes.gallery import ROUTES as GALLERY_ROUTES
from runtime.deadline import Deadline
from runtime.logging import build_logger
from runtime.metrics import EmfMetrics
from runtime.responses import ProxyResponse
from runtime.route import Router
from stand_ins.app import build_stand_ins
from stand_ins.holdings import WALLET_WITH_250
from tests.fixtures.asgi_client import asgi_client
from tests.fixtures.ens_answers import Gateways, Node, answered, ens
from tests.fixtures.nft_providers import FakeUpstream, raw_reply
from tests.fixtures.upstream import ALCHEMY_KEY, MORALIS_KEY
from tests.unit.nft.conftest import Context
from tests.unit.nft.gallery_fixtures import build_world

OWN_PAGE = "a page of 100 tokens of {}"
NORMALISING = "normalising 100 tokens of {}"
OWN_NAME = "an ENS name"
NAME = "three.demo-wallet.eth"
KEYS = {"AlchemyApiKey": ALCHEMY_KEY, "MoralisApiKey": MORALIS_KEY}
EVENT = {
    "resource": "/me/nfts",
    "headers": {"origin": "http://localhost:3000"},
    "queryStringParameters": {"limit": "100"},
    "requestContext": {"authorizer": {"claims": {"cognito:username": WALLET_WITH_250}}},
}
MAPPINGS: dict[str, tuple[str, Callable[..., object]]] = {
    "alchemy": ("ownedNfts", alchemy_nfts.nft),
    "moralis": ("result", moralis_nfts.nft),
}
ROUTES: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {
    "alchemy": (
        "alchemy/nft/v3/getNFTsForOwner",
        {"owner": WALLET_WITH_250, "withMetadata": "true", "pageSize": "100"},
        {"Authorization": f"Bearer {ALCHEMY_KEY}"},
    ),
    "moralis": (
        f"moralis/api/v2.2/{WALLET_WITH_250}/nft",
        {"chain": "eth", "limit": "100", "format": "decimal", "normalizeMetadata": "true"},
        {"X-API-Key": MORALIS_KEY},
    ),
}


def page_of_100(provider: str) -> bytes:
    """As the local stack's stand-in of the provider sends it."""
    stand_ins = build_stand_ins(
        alchemy_key=ALCHEMY_KEY, moralis_key=MORALIS_KEY, now=time.time, slow_seconds=2.0
    )
    path, params, headers = ROUTES[provider]
    with asgi_client(stand_ins.app, base_url="http://stand-ins", headers=headers) as client:
        return client.get(path, params=params).content


def gallery_of(provider: str, body: bytes) -> Gallery:
    """Only `provider` answers, with `body` and at once; the other is refused."""

    def transport(request: UpstreamRequest, _: Deadline) -> UpstreamReply:
        is_asked = ("X-API-Key" in request.secret_headers) == (provider == "moralis")
        return raw_reply(bytes(body)) if is_asked else UpstreamReply(404, "", None, b"")

    keys = ProviderKeys("arn", lambda _: json.dumps(KEYS), clock=time.monotonic)
    gallery = build_world(FakeUpstream("alchemy", []), FakeUpstream("moralis", [])).gallery
    return replace(
        gallery,
        providers={
            "alchemy": AlchemyNfts(
                AlchemyClient("https://{network}.alchemy.example", keys.alchemy, transport)
            ),
            "moralis": MoralisNfts(
                MoralisClient("https://moralis.example", keys.moralis, transport)
            ),
        },
        failover=replace(gallery.failover, metrics=EmfMetrics("NFTGallery/gallery")),
    )


def router_of(gallery: Gallery) -> Router[Gallery]:
    logger = build_logger("own-time", stream=io.StringIO())
    origins = ("http://localhost:3000",)
    return Router(
        GALLERY_ROUTES,
        gallery,
        logger,
        time.monotonic,
        timeout_seconds=8.0,
        allowed_origins=origins,
    )


def own_page(provider: str) -> Callable[[], ProxyResponse]:
    """The whole route, with a page of 100 tokens from this provider."""
    router = router_of(gallery_of(provider, page_of_100(provider)))
    return lambda: router(EVENT, Context())


def normalising(provider: str) -> Callable[[], list[object]]:
    """The mapping alone, over the tokens of the same page."""
    name, normalise = MAPPINGS[provider]
    items = reading.required_items(reading.document(reading.parsed(page_of_100(provider))), name)
    chain_id = CHAINS[1].chain_id
    return lambda: [normalise(item, chain_id=chain_id, owner=WALLET_WITH_250) for item in items]


def own_name() -> Callable[[], object]:
    """A name's look-up, beside any cache, with a node that answers at once."""
    lookup = ens(Node([answered(encode(["address"], [WALLET_WITH_250]))]), Gateways())
    return lambda: lookup.by_name(NAME, Deadline.after(8.0, time.monotonic))


def measure(rounds: int) -> dict[str, list[float]]:
    """Milliseconds by operation, a figure a round: the median of 30 calls."""
    calls: dict[str, Callable[[], object]] = {}
    for provider in ROUTES:
        calls[OWN_PAGE.format(provider)] = own_page(provider)
        calls[NORMALISING.format(provider)] = normalising(provider)
    calls[OWN_NAME] = own_name()
    with redirect_stdout(io.StringIO()):  # the metrics of each request
        return {name: [_p50_ms(call) for _ in range(rounds)] for name, call in calls.items()}


def _p50_ms(call: Callable[[], object]) -> float:
    times = []
    for _ in range(30):
        started = time.perf_counter()
        call()
        times.append(time.perf_counter() - started)
    return median(times) * 1000
