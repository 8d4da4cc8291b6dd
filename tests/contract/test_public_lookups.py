"""Guests at the edge, an option: what CloudFront may ask, with which key, and what it caches."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatchcase
from typing import Any

import pytest

from local.template.stack_template import StackTemplate
from nft.routes import public_gallery
from runtime.route import PUBLIC
from tests.contract.conftest import deployed_with
from tests.contract.production import DOMAINS, EVERYTHING, strings_in
from tests.contract.reading import (
    by_id,
    method_settings,
    operations,
    parameters_of,
    routes_of,
    variables_of,
)

ON = deployed_with(PublicLookups="on")
KEY = "{{resolve:secretsmanager:" + by_id(ON, "CloudFrontKey").physical_id + ":SecretString}}"
TWINS = {path for _, path in operations(ON) if path.startswith(f"{PUBLIC}/")}
MADE = {
    *("CloudFrontApiKey", "CloudFrontKey", "PublicCache", "PublicGalleryFunction", "PublicHeaders"),
    *("PublicGalleryPermission", "PublicOriginRequest", "PublicUsagePlan", "PublicUsagePlanKey"),
    *("DeepLinksFunction", "StripApiFunction"),
}


def config_of(stack: StackTemplate) -> dict[str, Any]:
    distribution = stack.only("AWS::CloudFront::Distribution").properties
    return dict(distribution["DistributionConfig"])


def is_for_guests(operation: dict[str, Any]) -> bool:
    """Of the API over both providers: it has a function, and no wallet is asked for."""
    is_by_function = operation["x-amazon-apigateway-integration"]["type"] == "aws_proxy"
    return is_by_function and {"CognitoUserPool": []} not in operation.get("security", [])


def test_off_by_default_it_adds_nothing(stack: StackTemplate) -> None:
    ids = {resource.logical_id for resource in stack.resources}
    assert {resource.logical_id for resource in ON.resources} - ids == MADE
    assert not [path for _, path in operations(stack) if path.startswith(PUBLIC)]
    assert "publicUrl" not in json.loads(stack.outputs["DappConfig"])
    assert "CacheBehaviors" not in config_of(stack)


def test_each_guests_route_has_its_twin_and_no_other_has(stack: StackTemplate) -> None:
    guests = {
        p for (verb, p), one in operations(stack).items() if verb == "get" and is_for_guests(one)
    }
    assert {path.removeprefix(PUBLIC) for path in TWINS} == guests
    assert {verb for verb, path in operations(ON) if path in TWINS} == {"get"}
    assert not [path for path in TWINS if "+" in path]


def test_the_other_routes_stay_as_they_are(stack: StackTemplate) -> None:
    kept = {key: one for key, one in operations(ON).items() if key[1] not in TWINS}
    assert kept == operations(stack)


@pytest.mark.parametrize("path", sorted(TWINS))
def test_a_twin_takes_and_answers_what_its_route_does(path: str) -> None:
    twin, route = operations(ON)["get", path], operations(ON)["get", path.removeprefix(PUBLIC)]
    for place in ("path", "query"):
        assert parameters_of(twin, place) == parameters_of(route, place)
    assert parameters_of(twin, "header") == []  # CloudFront sends none that a route could read
    assert twin["responses"] == route["responses"]


@pytest.mark.parametrize("path", sorted(TWINS))
def test_a_twin_wants_cloudfronts_key_and_no_caller(path: str) -> None:
    body = ON.only("AWS::ApiGateway::RestApi").properties["Body"]
    assert operations(ON)["get", path]["security"] == [{"CloudFrontKey": []}]
    scheme = body["components"]["securitySchemes"]["CloudFrontKey"]
    assert scheme == {"type": "apiKey", "name": "x-api-key", "in": "header"}


@pytest.mark.parametrize("path", sorted(TWINS))
def test_a_twin_has_the_limits_of_its_route_and_no_stage_cache(path: str) -> None:
    rows = method_settings(deployed_with(**EVERYTHING))
    twin, route = rows.get(("GET", path), rows["*", "*"]), rows["GET", path.removeprefix(PUBLIC)]
    assert twin["CachingEnabled"] is False
    for name in ("ThrottlingRateLimit", "ThrottlingBurstLimit"):
        assert twin[name] == route[name]


def test_a_flood_of_guests_takes_no_instance_from_wallets() -> None:
    stack = deployed_with(**EVERYTHING)
    served = {path: function.logical_id for (_, path), function in routes_of(stack).items()}
    of_wallets = {served["/me/nfts"], served["/gate/{chainId}/{contractAddress}"]}
    assert of_wallets == {"GalleryFunction"}
    assert of_wallets.isdisjoint(served[path] for path in TWINS)
    own = by_id(stack, "PublicGalleryFunction")
    assert own.properties["ReservedConcurrentExecutions"] == EVERYTHING["RouteConcurrency"]
    assert variables_of(own) == variables_of(by_id(stack, "GalleryFunction"))
    assert {path for path in served if path.removeprefix(PUBLIC) in public_gallery.ROUTES} >= {
        path for path in TWINS if served[path] == "PublicGalleryFunction"
    }


def test_the_key_is_read_from_secrets_manager_by_the_two_who_need_it() -> None:
    """As written: the template holds a reference, and nobody's role may read what it stands for."""
    holders = [r.logical_id for r in ON.resources if KEY in strings_in(dict(r.written))]
    assert sorted(holders) == ["CloudFrontApiKey", "Distribution"]
    assert KEY not in str(dict(ON.outputs))
    rule = by_id(ON, "CloudFrontKey").properties["GenerateSecretString"]
    assert 20 <= rule["PasswordLength"] <= 128  # what an API key may have
    readers = [r for r in ON.of_type("AWS::IAM::Role") if "CloudFrontKey" in str(r.properties)]
    assert readers == []


def test_the_key_opens_this_stage_alone_and_sets_no_limit_of_its_own() -> None:
    api = ON.only("AWS::ApiGateway::RestApi").physical_id
    plan = by_id(ON, "PublicUsagePlan").properties
    assert plan["ApiStages"] == [{"ApiId": api, "Stage": "prod"}]
    assert {"Throttle", "Quota"}.isdisjoint(plan)
    assert by_id(ON, "PublicUsagePlanKey").properties == {
        "KeyId": by_id(ON, "CloudFrontApiKey").physical_id,
        "KeyType": "API_KEY",
        "UsagePlanId": by_id(ON, "PublicUsagePlan").physical_id,
    }


@pytest.mark.parametrize("given", [{}, {"SameOriginApi": "on"}, DOMAINS])
def test_cloudfront_brings_the_key_to_the_public_routes_only(given: dict[str, str]) -> None:
    stack = deployed_with(PublicLookups="on", **given)
    config = config_of(stack)
    first = config["CacheBehaviors"][0]
    assert (first["PathPattern"], first["TargetOriginId"]) == ("/api/public/*", "public")
    assert first["ViewerProtocolPolicy"] == "https-only"
    assert (first["AllowedMethods"], first["Compress"]) == (["GET", "HEAD"], True)
    origins = {origin["Id"]: origin for origin in config["Origins"]}
    sent = origins["public"]["OriginCustomHeaders"]
    assert [header["HeaderName"] for header in sent] == ["x-api-key"]
    assert [name for name, one in origins.items() if "OriginCustomHeaders" in one] == ["public"]
    at = f"https://{origins['public']['DomainName']}{origins['public'].get('OriginPath', '')}"
    assert at == stack.outputs["ApiEndpoint"]
    site = stack.outputs["DappUrl"]
    assert json.loads(stack.outputs["DappConfig"])["publicUrl"] == f"{site}/api/public"


def test_the_caches_key_is_the_path_and_all_that_a_public_route_reads() -> None:
    config = by_id(ON, "PublicCache").properties["CachePolicyConfig"]
    key = config["ParametersInCacheKeyAndForwardedToOrigin"]
    read = {name for path in TWINS for name in parameters_of(operations(ON)["get", path], "query")}
    assert set(key["QueryStringsConfig"]["QueryStrings"]) == read
    assert read == {"contract", "cursor", "image", "limit", "spam"}
    assert key["CookiesConfig"] == {"CookieBehavior": "none"}
    assert key["HeadersConfig"] == {"HeaderBehavior": "none"}
    assert key["EnableAcceptEncodingGzip"] is key["EnableAcceptEncodingBrotli"] is True
    assert (config["MinTTL"], config["DefaultTTL"]) == (0, 0)  # as long as an answer itself says
    policies = [b["CachePolicyId"] for b in config_of(ON)["CacheBehaviors"]]
    assert policies == [by_id(ON, "PublicCache").physical_id]


def test_pages_of_listed_origins_may_read_and_others_may_not() -> None:
    def cors_of(stack: StackTemplate) -> dict[str, Any] | None:
        found = by_id(stack, "PublicHeaders").properties["ResponseHeadersPolicyConfig"]
        cors: dict[str, Any] | None = found.get("CorsConfig")
        return cors

    assert cors_of(ON) is None  # the site's own pages need none
    listed = "https://their.example,https://other.example"
    cors = cors_of(deployed_with(PublicLookups="on", AllowedOrigins=listed))
    assert cors is not None
    assert cors["AccessControlAllowOrigins"] == {"Items": listed.split(",")}
    assert cors["AccessControlAllowCredentials"] is False


def test_a_cached_answer_has_the_sites_own_headers() -> None:
    own, public = (
        by_id(ON, name).properties["ResponseHeadersPolicyConfig"]
        for name in ("SecurityHeaders", "PublicHeaders")
    )
    for part in ("SecurityHeadersConfig", "CustomHeadersConfig"):
        assert public[part] == own[part]


def test_rules_by_address_go_by_the_viewers_not_by_cloudfronts() -> None:
    rules = {
        rule["Name"]: rule["Statement"]["RateBasedStatement"]
        for rule in by_id(deployed_with(**EVERYTHING), "WebAcl").properties["Rules"]
        if "RateBasedStatement" in rule["Statement"]
    }
    by_connection, by_viewer = rules["requests-per-ip"], rules["public-misses-per-ip"]
    pattern = by_viewer["ScopeDownStatement"]["RegexMatchStatement"]
    assert by_connection["ScopeDownStatement"] == {
        "NotStatement": {"Statement": by_viewer["ScopeDownStatement"]}
    }
    assert pattern["FieldToMatch"] == {"UriPath": {}}
    for stage in ("", "/prod"):
        matched = {p for _, p in operations(ON) if re.match(pattern["RegexString"], f"{stage}{p}")}
        assert matched == TWINS
    named = by_viewer["ForwardedIPConfig"]["HeaderName"]
    code = by_id(ON, "StripApiFunction").properties["FunctionCode"]
    assert f"request.headers['{named}'] = {{ value: event.viewer.ip }}" in code
    sent = by_id(ON, "PublicOriginRequest").properties["OriginRequestPolicyConfig"]
    assert sent["HeadersConfig"] == {"HeaderBehavior": "whitelist", "Headers": [named]}
    assert by_viewer["AggregateKeyType"] == "FORWARDED_IP"
    assert by_viewer["Limit"] == by_connection["Limit"]


def test_without_it_the_rule_by_address_leaves_nothing_out() -> None:
    rules = by_id(deployed_with(Waf="on"), "WebAcl").properties["Rules"]
    named = {rule["Name"]: rule for rule in rules}
    assert "public-misses-per-ip" not in named
    limit = named["requests-per-ip"]["Statement"]["RateBasedStatement"]
    assert "ScopeDownStatement" not in limit


def test_guests_with_credentials_are_let_into_no_public_route() -> None:
    """Such a route has no SigV4 at all; a pattern that reached one would only look like a grant."""
    role = by_id(ON, "CognitoUnAuthorizedRole").properties["Policies"][0]["PolicyDocument"]
    patterns = [one for s in role["Statement"] for one in s["Resource"]]
    api = ON.only("AWS::ApiGateway::RestApi").physical_id
    for path in TWINS:
        arn = f"arn:aws:execute-api:us-east-1:123456789012:{api}/prod/GET{path}"
        assert not [pattern for pattern in patterns if fnmatchcase(arn, pattern)]
