"""The local stack with QUOTAS=aws refuses the very calls of a launch that the model refuses."""

import asyncio
import time
from collections.abc import Iterator
from functools import cache
from typing import Any

import httpx
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest

from benchmarks.scale.figures import Figures
from benchmarks.scale.gate import Gate
from benchmarks.scale.page import EXAMPLE
from benchmarks.scale.settings import COGNITO, GUEST_ROUTE, MARKS, OWN_ROUTE, Settings
from benchmarks.scale.simulation import demand
from benchmarks.scale.walls import Wall, walls
from tests.local.test_cognito_quotas import GUESTS, USERS, Cognito, refused
from tests.local.test_stack import LOOKUP, PLACE, Caller

SECONDS = 1
CALLS = {
    "GetId": (GUESTS, "GetId"),
    "UserCreation": (USERS, "SignUp"),
    "UserAuthentication": (USERS, "InitiateAuth"),
}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cognito]:
    found = Cognito(tmp_path_factory.mktemp("quotas"), has_quotas=True)
    found.clock.time = time.time()  # signatures are of today
    yield found
    asyncio.run(found.stack.close())


@pytest.fixture
def cognito(running: Cognito) -> Cognito:
    """With every quota whole again."""
    running.clock.time += 10
    return running


@cache
def found_walls() -> list[Wall]:
    settings = Settings()
    return walls(settings, demand(EXAMPLE, settings, Figures()).gates)


def admitted_by_the_model(gate: Gate, times: list[float]) -> list[bool]:
    """Of calls that are made once."""
    admitted = []
    for at in times:
        admitted.append(gate.wait(at, 1.0) == 0)
        if admitted[-1]:
            gate.take(at, 1.0)
    return admitted


def test_the_first_three_quotas_of_aws_are_these() -> None:
    of_cognito = [wall.name for wall in found_walls() if wall.name in COGNITO]
    assert [name for name in of_cognito if name != MARKS][:3] == list(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_a_quota_lets_through_whom_the_model_lets_through(cognito: Cognito, name: str) -> None:
    (wall,) = [wall for wall in found_walls() if wall.name == name]
    # steps that floating point holds exactly, so that no call falls on either side of a refill
    step = 1 / 2 ** round(wall.asked).bit_length()
    times = [number * step for number in range(int(SECONDS / step))]
    began, answers = cognito.clock.time, list[Any]()
    for at in times:
        cognito.clock.time = began + at
        answers += cognito.call(1, *CALLS[name])
    allowed = [not each for each in refused(answers)]
    modelled = admitted_by_the_model(Settings().gates()[name], times)
    assert not all(modelled)
    assert abs(sum(allowed) - sum(modelled)) <= 1
    assert allowed[: int(wall.lets_through)] == modelled[: int(wall.lets_through)]


def test_a_routes_throttle_is_the_first_wall_and_lets_five_through(cognito: Cognito) -> None:
    assert {wall.name for wall in found_walls()[:2]} == {GUEST_ROUTE, OWN_ROUTE}
    caller = Caller(cognito.app, cognito.template)
    credentials = caller.guest()

    def look_up() -> httpx.Response:
        request = AWSRequest("GET", f"http://localhost:3001{LOOKUP}")
        SigV4Auth(credentials, "execute-api", PLACE.region).add_auth(request)
        return caller.send("GET", LOOKUP, dict(request.headers))

    gate = Settings().gates()[GUEST_ROUTE]
    statuses = [look_up().status_code for _ in range(7)]
    # without its parameter a look-up that is let through ends at the validator
    admitted = admitted_by_the_model(gate, [0.0] * 7)
    assert [status == 400 for status in statuses] == admitted
    assert statuses[-1] == 429
