"""`make stack` looks first: who asks, the stack's name, and the stack of that name."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest
from botocore.exceptions import EndpointConnectionError, NoRegionError

from deploy.clients import Clients
from deploy.errors import BadStackNameError, NotDeployableError
from deploy.preflight import Report, conclude, preflight
from tests.deploy.asked_account import KEYS, TEMPLATE, account_that, error, look, the_refusal
from tests.deploy.conftest import Deploy
from tests.deploy.test_commands import run
from tests.deploy.test_stack import Reporting


def test_nothing_stands_in_the_way_of_a_first_deployment(clients: Clients) -> None:
    assert look() == Report((), ())


# ---- who asks, and where ----


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        (error("GetCallerIdentity", "ExpiredToken"), "expired: get new ones"),
        (error("GetCallerIdentity", "InvalidClientTokenId"), "not know .*get-caller-identity"),
        (error("AssumeRole", "AccessDenied"), "may not call AssumeRole"),
        (EndpointConnectionError(endpoint_url="https://x"), "cannot be asked: Endpoint"),
    ],
)
def test_a_caller_whom_aws_does_not_know_is_refused_and_asks_nothing_more(
    clients: Clients, reason: Exception, says: str
) -> None:
    assert re.search(says, the_refusal(look({"AccessLogs": "on"}, get_caller_identity=reason)))


def test_no_region_is_refused_beside_what_is_wrong_with_the_name() -> None:
    def sign_in() -> NoReturn:
        raise NoRegionError

    name, region = preflight("1", KEYS, TEMPLATE, sign_in=sign_in).refusals
    assert "CloudFormation takes" in name.wrong
    assert (region.wrong, region.remedy[:10]) == ("no AWS region", "add REGION")


def test_who_may_not_ask_who_he_is_is_known_to_aws(clients: Clients) -> None:
    assert look(get_caller_identity=error("GetCallerIdentity", "AccessDenied")) == Report((), ())


@pytest.mark.parametrize("name", ["1", "my_gallery", "gallery-é", "", "-a", "a b", "a\n"])
def test_a_name_that_cloudformation_does_not_take_is_refused(clients: Clients, name: str) -> None:
    assert "choose a letter first" in the_refusal(look(stack=name))


def test_a_name_that_iam_does_not_take_is_refused(clients: Clients) -> None:
    assert look(stack="s" * 40).refusals == ()
    assert "longer than 40 letters" in the_refusal(look(stack="s" * 41))


# ---- a stack of that name ----


def in_state(status: str, given: dict[str, str] | None = None) -> Report:
    account = account_that({})
    client: Any = Reporting(account.clients.cloudformation, status)
    changed = replace(account, clients=replace(account.clients, cloudformation=client))
    return preflight("Gallery", {**KEYS, **(given or {})}, TEMPLATE, sign_in=lambda: changed)


@pytest.mark.parametrize(
    ("status", "way_out"),
    [
        ("ROLLBACK_COMPLETE", "`make destroy STACK=Gallery REGION=us-east-1`"),
        ("ROLLBACK_FAILED", "`make destroy STACK=Gallery REGION=us-east-1 DELETE_USERS=yes`"),
        ("DELETE_FAILED", "`make destroy STACK=Gallery REGION=us-east-1`"),
        (
            "UPDATE_ROLLBACK_FAILED",
            "`aws cloudformation continue-update-rollback --stack-name ",
        ),
        ("UPDATE_IN_PROGRESS", "wait"),
        ("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "wait"),
    ],
)
def test_a_stack_that_cannot_be_deployed_is_named_with_the_commands_out(
    deploy: Deploy, status: str, way_out: str
) -> None:
    deploy()
    refusal = the_refusal(in_state(status))
    assert f"the stack Gallery is {status}" in refusal
    assert way_out in refusal


@pytest.mark.parametrize(
    "status",
    ["CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS"],
)
def test_a_stack_that_can_be_deployed_is_no_obstacle(deploy: Deploy, status: str) -> None:
    deploy()
    assert in_state(status) == Report((), ())


@pytest.mark.parametrize("description", ["Payroll", "NFT Gallery's alarms and dashboard"])
def test_another_templates_stack_is_not_deployed_over(clients: Clients, description: str) -> None:
    body = {"Description": description, "Resources": {"B": {"Type": "AWS::S3::Bucket"}}}
    clients.cloudformation.create_stack(StackName="Gallery", TemplateBody=json.dumps(body))
    assert "choose another STACK" in the_refusal(look())


# ---- what is printed ----


def test_all_refusals_are_printed_together_and_no_key_with_them(
    clients: Clients, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "parameters"
    file.write_text(
        "AlchemyApiKey=canary-alchemy MoralisApiKey='canary-moralis'\nAccessLogs=on\n"
        "SiteDomainName=canary.example SiteCertificateArn=canary-moved-by-mistake\n"
    )
    with pytest.raises(NotDeployableError) as stopped:
        run("preflight", stack="s" * 41, parameters=str(file))
    said = str(stopped.value)
    for refusal in ("STACK is longer", "ApiGatewayLogRole=create", "SiteCertificateArn is"):
        assert refusal in said
    assert "canary" not in said + capsys.readouterr().out


def test_what_could_not_be_seen_is_said_and_stops_nothing() -> None:
    said: list[str] = []
    conclude(Report((), ("the stack: denied",)), say=said.append)
    assert said[0] == "could not look at the stack: denied"
    assert said[1].endswith("stands in the way of the deployment")


def test_a_pipeline_checks_the_name_without_asking_aws() -> None:
    run("name", stack="s" * 40)
    with pytest.raises(BadStackNameError, match="STACK is longer than 40 letters"):
        run("name", stack="s" * 41)
