"""Stand-ins for both providers in one app: /alchemy/nft/v3/... and /moralis/api/v2.2/..."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.routing import Mount, Router
from starlette.types import ASGIApp

from local.stand_ins.alchemy import build_alchemy
from local.stand_ins.moralis import build_moralis
from local.stand_ins.requests_seen import RequestsSeen

# Above the 29 s an API Gateway integration may take, and any function's time-out.
SLOW_SECONDS = 35.0


@dataclass(frozen=True)
class StandIns:
    """`app` is ASGI; `requests` holds what it was asked, `accepted` the one key each accepts."""

    app: ASGIApp
    requests: RequestsSeen
    accepted: dict[str, str]


def build_stand_ins(
    *,
    alchemy_key: str,
    moralis_key: str,
    now: Callable[[], float],
    slow_seconds: float = SLOW_SECONDS,
) -> StandIns:
    """`now` in seconds since the epoch; `slow_seconds` is how long `fault-slow` keeps silent."""
    requests = RequestsSeen()
    accepted = {"alchemy": alchemy_key, "moralis": moralis_key}
    alchemy = build_alchemy(key=lambda: accepted["alchemy"], now=now, slow_seconds=slow_seconds)
    moralis = build_moralis(key=lambda: accepted["moralis"], now=now, slow_seconds=slow_seconds)
    router = Router(routes=[Mount("/alchemy", alchemy), Mount("/moralis", moralis)])
    return StandIns(app=requests.around(router), requests=requests, accepted=accepted)
