"""Token buckets per method, on an injected clock."""

from typing import Any

import pytest


def setting(path: str, verb: str = "GET", rate: object = 1, burst: object = 2) -> dict[str, Any]:
    return {
        "ResourcePath": path,
        "HttpMethod": verb,
        "ThrottlingRateLimit": rate,
        "ThrottlingBurstLimit": burst,
    }


def statuses(gateway: Any, path: Any, count: Any, token: Any = None) -> list[int]:
    return [gateway.get(path, token).status_code for _ in range(count)]


def test_the_burst_passes_and_the_rest_is_throttled(gateway: Any) -> None:
    gateway.stage = {"MethodSettings": [setting("/*", "*")]}
    assert statuses(gateway, "/health", 5) == [200, 200, 429, 429, 429]


def test_tokens_come_back_at_the_rate_and_never_past_the_burst(gateway: Any) -> None:
    gateway.stage = {"MethodSettings": [setting("/*", "*", rate="0.5", burst="2")]}
    statuses(gateway, "/health", 3)
    gateway.neighbours.time += 1.9
    assert statuses(gateway, "/health", 1) == [429]
    gateway.neighbours.time += 0.1
    assert statuses(gateway, "/health", 2) == [200, 429]
    gateway.neighbours.time += 3600
    assert statuses(gateway, "/health", 3) == [200, 200, 429]


def test_a_clock_that_goes_back_gives_and_takes_no_token(gateway: Any) -> None:
    gateway.stage = {"MethodSettings": [setting("/*", "*")]}
    statuses(gateway, "/health", 2)
    gateway.neighbours.time -= 3600
    assert statuses(gateway, "/health", 1) == [429]
    gateway.neighbours.time += 1
    assert statuses(gateway, "/health", 2) == [200, 429]


@pytest.mark.parametrize("path", ["/~1getNFTsAlchemy", "/getNFTsAlchemy"])
def test_a_method_setting_wins_over_the_stage_and_has_its_own_bucket(
    gateway: Any, path: Any
) -> None:
    gateway.stage = {"MethodSettings": [setting("/*", "*", burst=3), setting(path, burst=1)]}
    assert statuses(gateway, "/getNFTsAlchemy", 2, "good") == [200, 429]
    assert statuses(gateway, "/health", 4) == [200, 200, 200, 429]
    assert gateway.send("OPTIONS", "/getNFTsAlchemy").status_code == 204


def test_a_throttled_answer_has_the_customised_shape(gateway: Any) -> None:
    gateway.stage = {"MethodSettings": [setting("/*", "*", burst=0)]}
    response = gateway.get("/health")
    assert response.status_code == 429
    assert response.headers["x-amzn-errortype"] == "TooManyRequestsException"
    assert response.headers["retry-after"] == "1"
    assert response.json() == {
        "error": {
            "code": "rate_limited",
            "message": "Too Many Requests",
            "requestId": "11111111-2222-3333-4444-555555555555",
        }
    }


def test_an_unauthorized_request_takes_no_token(gateway: Any) -> None:
    gateway.stage = {"MethodSettings": [setting("/*", "*", burst=1)]}
    statuses(gateway, "/getNFTsAlchemy", 3, "garbage")
    assert statuses(gateway, "/getNFTsAlchemy", 1, "good") == [200]


def test_without_settings_the_accounts_limit_holds(gateway: Any) -> None:
    assert set(statuses(gateway, "/health", 20)) == {200}
    assert gateway.api._stage.limit("/health", "GET").rate == 10_000
