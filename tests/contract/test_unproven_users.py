"""The clean-up of unproven users: absent by default, a dry run that cannot delete, and counted."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from local.aws_lambda.worker import JsonFormatter
from local.template.stack_template import StackTemplate
from tests.contract.conftest import deployed_with, monitoring_of
from tests.contract.metric_filters import Counted, count
from tests.contract.reading import by_id, functions, statements_of
from tests.unit.users.test_clean_up import NOW, PROVEN, FakeTime, ListedPool, unproven
from users.clean_up import clean_up
from users.settings import settings_from_environment
from users.unproven import User

OWN = {
    "DeleteUnprovenUsersFunction",
    "DeleteUnprovenUsersPermission",
    "DeleteUnprovenUsersRole",
    "DeleteUnprovenUsersSchedule",
    "UsersLogGroup",
}
LIST, DELETE = ["ListUsers"], ["ListUsers", "AdminGetUser", "AdminDeleteUser"]


def test_nothing_of_it_is_deployed_unless_asked_for(
    stack: StackTemplate, document: dict[str, Any]
) -> None:
    assert document["Parameters"]["UnprovenUsers"]["Default"] == "keep"
    assert document["Parameters"]["UnprovenUserDays"]["MinValue"] == 1
    ids = {resource.logical_id for resource in stack.resources}
    asked_for = {r.logical_id for r in deployed_with(UnprovenUsers="report").resources}
    assert asked_for - ids == OWN
    assert ids <= asked_for


@pytest.mark.parametrize(("mode", "actions"), [("report", LIST), ("delete", DELETE)])
def test_its_role_may_log_and_do_its_calls_on_this_pool_only(mode: str, actions: list[str]) -> None:
    stack = deployed_with(UnprovenUsers=mode)
    assert statements_of(stack, "DeleteUnprovenUsersRole") == [
        {
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": by_id(stack, "UsersLogGroup").arn,
        },
        {
            "Effect": "Allow",
            "Action": [f"cognito-idp:{action}" for action in actions],
            "Resource": stack.only("AWS::Cognito::UserPool").arn,
        },
    ]


def test_its_schedule_alone_invokes_it_and_no_run_meets_the_next() -> None:
    stack = deployed_with(UnprovenUsers="delete")
    function, rule = by_id(stack, "DeleteUnprovenUsersFunction"), stack.only("AWS::Events::Rule")
    permissions = [p.properties for p in stack.of_type("AWS::Lambda::Permission")]
    (permission,) = [p for p in permissions if p["FunctionName"] == function.arn]
    assert (permission["Principal"], permission["SourceArn"]) == ("events.amazonaws.com", rule.arn)
    assert rule.properties["Targets"] == [{"Id": "function", "Arn": function.arn}]
    assert rule.properties["ScheduleExpression"] == "rate(1 hour)"
    assert function.properties["Timeout"] < 3600


@pytest.mark.parametrize(("mode", "days"), [("report", "7"), ("delete", "30")])
def test_the_function_is_given_settings_it_takes(mode: str, days: str) -> None:
    stack = deployed_with(UnprovenUsers=mode, UnprovenUserDays=days)
    function = by_id(stack, "DeleteUnprovenUsersFunction")
    settings = settings_from_environment(function.properties["Environment"]["Variables"])
    assert settings.user_pool_id == stack.only("AWS::Cognito::UserPool").physical_id
    assert (settings.deletes, settings.min_age_seconds) == (mode == "delete", int(days) * 86400)
    assert function in functions(stack)


@pytest.mark.parametrize("deletes", [False, True])
@pytest.mark.parametrize("marked", [PROVEN, []])
def test_every_run_is_counted(
    caplog: pytest.LogCaptureFixture, deletes: bool, marked: list[User]
) -> None:
    caplog.set_level(logging.INFO)
    outcome = clean_up(
        ListedPool(*marked, *unproven(4)),
        FakeTime().clock(NOW),
        deletes=deletes,
        min_age_seconds=30 * 86400,
    )
    stack = deployed_with(UnprovenUsers="delete")
    group = by_id(stack, "UsersLogGroup").physical_id
    lines = map(JsonFormatter().format, caplog.records)
    assert count(monitoring_of(stack), group, lines) == [
        Counted("NFTGallery/gallery", "UnprovenUsersFound", outcome.found),
        Counted("NFTGallery/gallery", "UnprovenUsersDeleted", outcome.deleted),
    ]
    assert (outcome.found, outcome.deleted) == ((4, 4 * deletes) if marked else (0, 0))
