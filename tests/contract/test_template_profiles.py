"""What `Profile` switches, and that each switch can be set by itself."""

from __future__ import annotations

import json
from typing import Any

import pytest

from local.errors import ConfigurationError
from local.template.stack_template import StackTemplate
from tests.contract.conftest import deployed_with
from tests.contract.production import PROD
from tests.contract.reading import by_id, functions, statements_of


def switches_of(stack: StackTemplate) -> dict[str, bool]:
    """What costs or binds, as found in the resources."""
    types = {resource.type for resource in stack.resources}
    protection = stack.only("AWS::Cognito::UserPool").properties["DeletionProtection"]
    return {
        "UserDeletionProtection": protection == "ACTIVE",
        "Waf": "AWS::WAFv2::WebACL" in types,
        "AccessLogs": "AccessLogSetting" in stack.only("AWS::ApiGateway::Stage").properties,
    }


SWITCHES = ["UserDeletionProtection", "Waf", "AccessLogs"]


@pytest.mark.parametrize(("profile", "is_on"), [("dev", False), ("prod", True)])
def test_a_profile_sets_every_switch(profile: str, is_on: bool) -> None:
    assert switches_of(deployed_with(Profile=profile)) == dict.fromkeys(SWITCHES, is_on)


def test_dev_is_what_you_get_unasked(document: dict[str, Any]) -> None:
    assert document["Parameters"]["Profile"]["Default"] == "dev"


@pytest.mark.parametrize("switch", SWITCHES)
@pytest.mark.parametrize(("profile", "value"), [("dev", "on"), ("prod", "off")])
def test_a_switch_can_be_set_against_its_profile(switch: str, profile: str, value: str) -> None:
    found = switches_of(deployed_with(Profile=profile, **{switch: value}))
    others = {name: profile == "prod" for name in SWITCHES}
    assert found == {**others, switch: value == "on"}


def test_dev_makes_nothing_with_a_monthly_fee_but_the_secret(stack: StackTemplate) -> None:
    services = {resource.type.split("::")[1] for resource in stack.resources}
    assert not services & {"WAFv2", "CloudWatch", "SNS", "Route53"}


def test_no_switch_changes_what_is_served() -> None:
    dev, prod = deployed_with(), deployed_with(**PROD)
    for type_name in ("AWS::ApiGateway::RestApi", "AWS::Lambda::Function"):
        assert [r.properties for r in dev.of_type(type_name)] == [
            r.properties for r in prod.of_type(type_name)
        ]
    assert dict(dev.outputs) == dict(prod.outputs)


def test_in_prod_logs_live_as_long_as_the_parameter_says() -> None:
    groups = deployed_with(**PROD, LogRetentionDays="7").of_type("AWS::Logs::LogGroup")
    assert {"AccessLogGroup", "WebAclLogGroup"} <= {group.logical_id for group in groups}
    assert {group.properties["RetentionInDays"] for group in groups} == {"7"}


def test_what_outlives_the_stack_is_the_accounts_log_role_and_what_wallets_stored(
    document: dict[str, Any],
) -> None:
    kept = {
        name
        for name, resource in document["Resources"].items()
        if resource.get("DeletionPolicy", "Delete") != "Delete"
    }
    assert kept == {"ApiGatewayLogRoleOfAccount", "ApiGatewayAccount", "WalletBucket"}


@pytest.mark.parametrize(
    ("parameter", "limited"),
    [("RouteConcurrency", "routes"), ("TriggerConcurrency", "triggers")],
)
def test_concurrency_is_reserved_where_asked(parameter: str, limited: str) -> None:
    stack = deployed_with(**{parameter: "7"})
    for function in functions(stack):
        reserved = function.properties.get("ReservedConcurrentExecutions")
        is_limited = function.properties["Handler"].split(".")[1] == limited
        assert reserved == ("7" if is_limited else None)


def test_no_concurrency_is_reserved_unasked(stack: StackTemplate) -> None:
    assert "ReservedConcurrentExecutions" not in json.dumps(
        [f.properties for f in functions(stack)]
    )


@pytest.mark.parametrize("value", ["0", "-1", "many"])
def test_a_concurrency_that_would_stop_the_function_is_refused(value: str) -> None:
    with pytest.raises(ConfigurationError, match="RouteConcurrency"):
        deployed_with(RouteConcurrency=value)


@pytest.mark.parametrize(("value", "mode"), [("off", "PassThrough"), ("on", "Active")])
def test_tracing_is_a_choice_of_routes_and_api_alone(value: str, mode: str) -> None:
    stack = deployed_with(Tracing=value)
    stage = stack.only("AWS::ApiGateway::Stage").properties
    assert stage["TracingEnabled"] is (value == "on")
    modes = {
        f.properties["Handler"].split(".")[0]: f.properties.get("TracingConfig")
        for f in functions(stack)
    }
    routes = {room: {"Mode": mode} for room in ("nft", "names", "metadata")}
    assert modes == {"auth": None, **routes}
    said = {
        f.properties["Environment"]["Variables"].get("POWERTOOLS_TRACE_DISABLED")
        for f in functions(stack)
        if "TracingConfig" in f.properties
    }
    assert said == {"false" if value == "on" else "true"}
    for role in ("RouteRole", "ChainReadRole"):
        traced = [s for s in statements_of(stack, role) if "xray:PutTraceSegments" in s["Action"]]
        assert len(traced) == (value == "on")
    assert "xray" not in str(by_id(stack, "TriggerRole").properties)
