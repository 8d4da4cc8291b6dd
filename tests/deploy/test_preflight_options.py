"""`make stack` looks first: what access logs and reserved concurrency need of the account."""

from __future__ import annotations

from typing import Any

import pytest

from deploy.clients import Clients
from deploy.preflight import Report
from deploy.template import read_template
from local.template.resource_types import Place
from local.template.stack_template import load_stack_template
from tests.deploy.asked_account import KEYS, TEMPLATE, error, limits, look, the_refusal
from tests.deploy.conftest import Deploy

# ---- what the account lacks ----

LOGS = {"AccessLogs": "on"}


@pytest.mark.parametrize("given", [LOGS, {"Profile": "prod"}])
def test_access_logs_need_the_accounts_role(clients: Clients, given: dict[str, str]) -> None:
    assert "ApiGatewayLogRole=create" in the_refusal(look(given))
    assert look(given, get_account={"cloudwatchRoleArn": "arn"}) == Report((), ())


@pytest.mark.parametrize(
    "given",
    [
        {"AccessLogs": "profile"},
        {"AccessLogs": "off", "Profile": "prod"},
        {"AccessLogs": "on", "ApiGatewayLogRole": "create"},
    ],
)
def test_without_access_logs_or_with_a_role_of_its_own_nobody_asks(
    clients: Clients, given: dict[str, str]
) -> None:
    denied = error("GetAccount", "AccessDeniedException")
    assert look(given, get_account=denied) == Report((), ())


@pytest.mark.parametrize(
    ("given", "more"),
    [
        ({"TriggerConcurrency": "20"}, 100),
        ({"RouteConcurrency": "10"}, 60),
        ({"RouteConcurrency": "10", "AlchemyWebhookSigningKeys": "whsec_canary-key1"}, 70),
        ({"RouteConcurrency": "10", "TriggerConcurrency": "20"}, 160),
    ],
)
def test_an_account_keeps_100_beside_what_every_function_reserves(
    clients: Clients, given: dict[str, str], more: int
) -> None:
    assert look(given, **limits(100 + more)) == Report((), ())
    refusal = the_refusal(look(given, **limits(99 + more)))
    assert f"reserve {more} more" in refusal
    assert f"can spare {more - 1}" in refusal


def test_a_new_account_has_nothing_to_reserve(clients: Clients) -> None:
    assert "can spare 0" in the_refusal(look({"RouteConcurrency": "1"}, **limits(10)))


def test_what_a_deployed_function_reserves_already_is_not_asked_for_again(deploy: Deploy) -> None:
    deploy()
    has: dict[str, Any] = {"get_function_concurrency": {"ReservedConcurrentExecutions": 10}}
    assert look({"RouteConcurrency": "10"}, **limits(100), **has) == Report((), ())
    assert "reserve 6 more" in the_refusal(look({"RouteConcurrency": "11"}, **limits(105), **has))
    assert look({"RouteConcurrency": "9"}, **limits(50), **has) == Report((), ())


EVERYTHING = {
    **{"RouteConcurrency": "3", "TriggerConcurrency": "2", "Profile": "prod"},
    **{"MoralisStreamSecrets": "canary-moralis-stream", "UnprovenUsers": "delete"},
}


@pytest.mark.parametrize("given", [{}, EVERYTHING, {**EVERYTHING, "MoralisStreamSecrets": ""}])
def test_functions_and_reservations_are_those_of_the_stack_that_would_be_made(
    given: dict[str, str],
) -> None:
    template = read_template(TEMPLATE, given=given)
    place = Place("us-east-1", "123456789012", "Gallery", "d1.cloudfront.net")
    made = load_stack_template(TEMPLATE, {**KEYS, **given}, place)
    functions = {
        each.logical_id: each.properties
        for each in made.resources
        if each.type == "AWS::Lambda::Function"
    }
    reserved = {
        name: int(properties["ReservedConcurrentExecutions"])
        for name, properties in functions.items()
        if "ReservedConcurrentExecutions" in properties
    }
    assert template.reservations() == reserved
    names = {name: template.function_name(name, "Gallery") for name in reserved}
    assert names == {name: functions[name]["FunctionName"] for name in reserved}


def test_what_is_not_given_stays_as_deployed_and_stars_say_nothing() -> None:
    before = {"RouteConcurrency": "3", "Profile": "prod", "AlchemyWebhookSigningKeys": "****"}
    template = read_template(TEMPLATE, before=before, given={"Profile": "dev"})
    assert sum(template.reservations().values()) == 18
    assert not template.has("LogsAccess")


@pytest.mark.parametrize("given", [{}, EVERYTHING])
def test_every_condition_of_the_template_can_be_told(given: dict[str, str]) -> None:
    template = read_template(TEMPLATE, given=given)
    assert all(isinstance(template.has(name), bool) for name in template.document["Conditions"])
