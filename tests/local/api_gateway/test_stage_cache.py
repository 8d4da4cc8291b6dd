"""The stage cache: what it keeps, under which key, for how long, and who may ask for more."""

from typing import Any

import httpx
import pytest

OWN = "/getNFTsAlchemy"
COLLECTION = "/getNFTsCollectionAlchemy"
ARN = "arn:aws:execute-api:us-east-1:123456789012:abcde12345/prod/GET"
PAGE_KEY = "method.request.querystring.pageKey"
SIGNED = {"Authorization": "AWS4-HMAC-SHA256 Credential=x"}
WARNING = "199 Cache-control headers were ignored because the caller was unauthorized."


def setting(path: str = "/*", verb: str = "*", **more: object) -> dict[str, Any]:
    return {"ResourcePath": path, "HttpMethod": verb, "CachingEnabled": "true", **more}


def cache(gateway: Any, *settings: dict[str, Any], enabled: object = "true") -> None:
    gateway.stage = {
        "CacheClusterEnabled": enabled,
        "CacheClusterSize": "0.5",
        "MethodSettings": list(settings or [setting(CacheTtlInSeconds="60")]),
    }


def upstream(gateway: Any) -> int:
    return len(gateway.endpoint.requests)


def test_the_same_request_is_asked_once(gateway: Any) -> None:
    cache(gateway)
    first, second = gateway.get(OWN, "good"), gateway.get(OWN, "good")
    assert (first.text, first.status_code) == (second.text, second.status_code)
    assert first.headers["access-control-allow-origin"]
    assert {n: v for n, v in first.headers.items() if n != "x-amzn-requestid"} == {
        n: v for n, v in second.headers.items() if n != "x-amzn-requestid"
    }
    assert upstream(gateway) == 1


@pytest.mark.parametrize(
    ("settings", "enabled"),
    [
        ([setting()], False),
        ([setting(CachingEnabled=False)], True),
        ([setting(CacheTtlInSeconds=0)], True),
        ([setting("/~1health", "GET")], True),
        ([setting(), setting("/~1getNFTsAlchemy", "GET", CachingEnabled="false")], True),
    ],
)
def test_nothing_is_kept_without_cluster_setting_and_time(
    gateway: Any, settings: Any, enabled: bool
) -> None:
    cache(gateway, *settings, enabled=enabled)
    gateway.get(OWN, "good")
    gateway.get(OWN, "good")
    assert upstream(gateway) == 2


def test_an_answer_is_kept_for_its_time_and_no_longer(gateway: Any) -> None:
    cache(gateway, setting(CacheTtlInSeconds=60))
    for passed, asked in [(0, 1), (59, 1), (1, 2), (59, 2), (1, 3)]:
        gateway.neighbours.time += passed
        gateway.get(OWN, "good")
        assert upstream(gateway) == asked


def test_without_a_time_of_its_own_an_answer_is_kept_for_five_minutes(gateway: Any) -> None:
    cache(gateway, setting())
    for passed, asked in [(0, 1), (299, 1), (1, 2)]:
        gateway.neighbours.time += passed
        gateway.get(OWN, "good")
        assert upstream(gateway) == asked


def test_what_is_not_in_the_key_does_not_tell_answers_apart(gateway: Any) -> None:
    cache(gateway)
    gateway.get(f"{OWN}?pageKey=a", "good")
    gateway.neighbours.claims |= {"cognito:username": "0xbb", "sub": "t"}
    assert gateway.get(f"{OWN}?pageKey=b", "good").status_code == 200
    assert upstream(gateway) == 1


def test_what_is_in_the_key_does(gateway: Any) -> None:
    gateway.integration["cacheKeyParameters"] = [PAGE_KEY]
    cache(gateway)
    for path in (OWN, f"{OWN}?pageKey=a", f"{OWN}?pageKey=b", f"{OWN}?pageKey=", OWN):
        gateway.get(path, "good")
    assert upstream(gateway) == 4


def test_a_mapped_claim_can_be_in_the_key(gateway: Any) -> None:
    mapped = "integration.request.querystring.owner"
    gateway.integration["requestParameters"][mapped] = "context.authorizer.claims.sub"
    gateway.integration["cacheKeyParameters"] = [mapped]
    cache(gateway)
    for subject in ("a", "b", "a"):
        gateway.neighbours.claims["sub"] = subject
        gateway.get(OWN, "good")
    asked = [request.url.params["owner"] for request in gateway.endpoint.requests]
    assert asked == [gateway.neighbours.claims["cognito:username"]] * 2


def test_a_functions_answers_are_kept_too(gateway: Any) -> None:
    route = "/getNFTsAlchemyLambda"
    mapped = "integration.request.header.X-Subject"
    gateway.body["paths"][route]["get"]["x-amazon-apigateway-integration"] |= {
        "requestParameters": {mapped: "context.authorizer.claims.sub"},
        "cacheKeyParameters": [mapped],
    }
    cache(gateway)
    for subject in ("a", "b", "a"):
        gateway.neighbours.claims["sub"] = subject
        gateway.get(route, "good")
    assert len(gateway.neighbours.invocations) == 2


def test_two_resources_share_answers_only_under_one_name(gateway: Any) -> None:
    cache(gateway)
    gateway.get(OWN, "good")
    gateway.get("/getNFTsMoralis", "good")
    assert upstream(gateway) == 2
    for route in (OWN, "/getNFTsMoralis"):
        operation = gateway.body["paths"][route]["get"]
        operation["x-amazon-apigateway-integration"]["cacheNamespace"] = "shared"
    gateway.build()
    gateway.get(OWN, "good")
    gateway.get("/getNFTsMoralis", "good")
    assert upstream(gateway) == 3


def test_only_get_is_kept(gateway: Any) -> None:
    paths = gateway.body["paths"][OWN]
    paths["post"] = paths["get"]
    cache(gateway)
    for _ in range(2):
        gateway.send("POST", OWN, headers={"Authorization": "Bearer good"})
    assert upstream(gateway) == 2


def test_a_kept_answer_is_for_callers_who_may_ask(gateway: Any) -> None:
    cache(gateway, setting(ThrottlingRateLimit=1, ThrottlingBurstLimit=2))
    gateway.get(OWN, "good")
    assert gateway.get(OWN).status_code == 401
    assert gateway.get(OWN, "old").status_code == 401
    assert [gateway.get(OWN, "good").status_code for _ in range(2)] == [200, 429]


def test_a_kept_answer_is_for_valid_requests(gateway: Any) -> None:
    gateway.neighbours.allowed = {f"{ARN}{COLLECTION}"}
    cache(gateway)
    assert gateway.get(f"{COLLECTION}?contractAddress=0xaa", **SIGNED).status_code == 200
    assert gateway.get(COLLECTION, **SIGNED).status_code == 400


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500])
def test_a_providers_failure_is_kept_like_any_answer(gateway: Any, status: int) -> None:
    cache(gateway)
    gateway.endpoint.status = status
    failed = gateway.get(OWN, "good").status_code
    gateway.endpoint.status = 200
    assert gateway.get(OWN, "good").status_code == failed >= 400
    assert upstream(gateway) == 1


def test_a_failure_of_the_gateway_is_not_kept(gateway: Any) -> None:
    cache(gateway)
    gateway.endpoint.failure = httpx.ReadTimeout("x")
    assert gateway.get(OWN, "good").status_code == 504
    gateway.endpoint.failure = None
    assert gateway.get(OWN, "good").status_code == 200


@pytest.mark.parametrize(("spare", "asked"), [(0, 1), (1, 2)])
def test_an_answer_over_one_megabyte_is_not_kept(gateway: Any, spare: int, asked: int) -> None:
    cache(gateway)
    gateway.endpoint.body = b"x" * (1_048_576 + spare)
    assert gateway.get(OWN, "good").content == gateway.get(OWN, "good").content
    assert upstream(gateway) == asked


@pytest.mark.parametrize("asking", ["max-age=0", "no-cache, Max-Age=0"])
def test_a_caller_without_permission_cannot_invalidate(gateway: Any, asking: str) -> None:
    gateway.neighbours.allowed = {f"{ARN}{COLLECTION}"}
    cache(gateway)
    bearer = {"Authorization": "Bearer good"}
    calls = [(f"{COLLECTION}?contractAddress=0xaa", SIGNED), (OWN, bearer), ("/health", {})]
    for path, who in calls:
        gateway.get(path, **who)
        answer = gateway.get(path, **who, Cache_Control=asking)
        assert (answer.status_code, answer.headers["warning"]) == (200, WARNING)
        assert "warning" not in gateway.get(path, **who).headers
    assert upstream(gateway) == 2


@pytest.mark.parametrize("asking", ["no-cache", "no-store", "max-age=01", "max-age=10", ""])
def test_other_cache_controls_change_nothing(gateway: Any, asking: str) -> None:
    cache(gateway)
    gateway.get(OWN, "good")
    answer = gateway.get(OWN, "good", Cache_Control=asking)
    assert "warning" not in answer.headers
    assert upstream(gateway) == 1


def test_a_signed_caller_with_permission_gets_and_leaves_a_new_answer(gateway: Any) -> None:
    gateway.neighbours.allowed = gateway.neighbours.may_invalidate = {f"{ARN}{COLLECTION}"}
    cache(gateway)
    path = f"{COLLECTION}?contractAddress=0xaa"
    gateway.get(path, **SIGNED)
    gateway.endpoint.body = b'{"new":1}'
    answer = gateway.get(path, **SIGNED, Cache_Control="max-age=0")
    assert (answer.json(), "warning" in answer.headers) == ({"new": 1}, False)
    assert gateway.get(path, **SIGNED).json() == {"new": 1}
    assert upstream(gateway) == 2
    asked = [action for action, _ in gateway.neighbours.asked]
    assert asked.count("execute-api:InvalidateCache") == 1
