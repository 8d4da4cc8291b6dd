"""What the local stack offers beside AWS: providers and a node in one app, and the demo wallet.

The app answers /alchemy/nft/v3/..., /moralis/api/v2.2/... and /node/{chain id}.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from starlette.routing import Mount, Route, Router
from starlette.types import ASGIApp

from stand_ins.alchemy import build_alchemy
from stand_ins.demo_wallet.wallet import SCRIPT_TAG, demo_wallet_routes
from stand_ins.moralis import build_moralis
from stand_ins.node.node import build_node
from stand_ins.requests_seen import RequestsSeen
from stand_ins.switches import Switches

# Above the 29 s an API Gateway integration may take, and any function's time-out.
SLOW_SECONDS = 35.0


@dataclass(frozen=True)
class StandIns:
    """`app` is ASGI; `requests` holds what it was asked, `accepted` the one key each accepts.

    `switches` let a provider fail until further notice.

    The demo wallet answers `site_routes` on the site's origin; `site_head`, HTML for the head of
    the page, announces it.
    """

    app: ASGIApp
    requests: RequestsSeen
    accepted: dict[str, str]
    switches: Switches
    site_routes: Sequence[Route]
    site_head: str = SCRIPT_TAG


def build_stand_ins(
    *,
    alchemy_key: str,
    moralis_key: str,
    now: Callable[[], float],
    slow_seconds: float = SLOW_SECONDS,
    page_origins: Collection[str] = (),
) -> StandIns:
    """`now` in seconds since the epoch; `slow_seconds` is how long `fault-slow` keeps silent.

    Pages of `page_origins` alone may use the demo wallet.
    """
    requests = RequestsSeen()
    accepted = {"alchemy": alchemy_key, "moralis": moralis_key}
    alchemy = build_alchemy(key=lambda: accepted["alchemy"], now=now, slow_seconds=slow_seconds)
    moralis = build_moralis(key=lambda: accepted["moralis"], now=now, slow_seconds=slow_seconds)
    switches = Switches()
    mounted: dict[str, ASGIApp] = {
        "/alchemy": switches.around("alchemy", alchemy),
        "/moralis": switches.around("moralis", moralis),
        "/node": build_node(now=now, slow_seconds=slow_seconds),
    }
    router = Router(routes=[Mount(path, app) for path, app in mounted.items()])
    return StandIns(
        app=requests.around(router),
        requests=requests,
        accepted=accepted,
        switches=switches,
        site_routes=demo_wallet_routes(allowed_origins=page_origins),
    )
