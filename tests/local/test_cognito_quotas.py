"""`QUOTAS=aws`: Cognito takes as many calls a second as an account may make. Time is passed in."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from local.cognito_idp.administration import OPERATIONS
from local.cognito_quotas import IDENTITY_POOLS, USER_POOLS, TooManyRequestsError, admission
from local.configuration import ROOT, Configuration, read_configuration, stack_parameters
from local.errors import ConfigurationError
from local.server import api_app
from local.stack import build_stack
from local.template.resource_types import Place
from local.template.stack_template import load_stack_template

PLACE = Place("us-east-1", "123456789012", "nft-gallery", "localhost:3000")
USERS, GUESTS = "AWSCognitoIdentityProviderService", "AWSCognitoIdentityService"


class Clock:
    time = 1_800_000_000.0

    def __call__(self) -> float:
        return self.time


class Cognito:
    """Both services of a stack, called many times without a socket."""

    def __init__(self, folder: Path, *, has_quotas: bool) -> None:
        found = Configuration(3000, 3001, folder / "none.parameters", folder)
        configuration = replace(found, has_quotas=has_quotas)
        parameters = stack_parameters(configuration)
        self.template = load_stack_template(ROOT / "template.yaml", parameters, PLACE)
        self.clock = Clock()
        self.stack = build_stack(self.template, configuration, now=self.clock)
        self.app = api_app(self.stack, PLACE, "prod")

    def call(self, count: int, service: str, operation: str, **fields: object) -> list[Any]:
        return asyncio.run(self._call(count, service, operation, json.dumps(fields)))

    async def _call(self, count: int, service: str, operation: str, body: str) -> list[Any]:
        path = "/cognito-idp/" if service == USERS else "/cognito-identity/"
        headers = {
            "content-type": "application/x-amz-json-1.1",
            "x-amz-target": f"{service}.{operation}",
        }
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return [await client.post(path, content=body, headers=headers) for _ in range(count)]


@pytest.fixture
def cognito(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Cognito]:
    found = Cognito(tmp_path, has_quotas=getattr(request, "param", True))
    yield found
    asyncio.run(found.stack.close())


def refused(answers: list[httpx.Response]) -> list[bool]:
    return [a.json().get("__type") == "TooManyRequestsException" for a in answers]


@pytest.mark.parametrize(
    ("service", "operation", "a_second"),
    [(USERS, "SignUp", 50), (USERS, "InitiateAuth", 120), (GUESTS, "GetId", 25)],
)
def test_the_call_above_the_quota_is_refused_whatever_the_others_came_to(
    cognito: Cognito, service: str, operation: str, a_second: int
) -> None:
    answers = cognito.call(a_second + 1, service, operation)
    assert refused(answers) == [False] * a_second + [True]
    last = answers[-1]
    assert last.status_code == 400
    assert last.headers["x-amzn-errortype"] == "TooManyRequestsException"
    assert last.json()["message"] == "Rate exceeded"


def test_a_quota_comes_back_in_a_second_and_no_further(cognito: Cognito) -> None:
    cognito.call(25, GUESTS, "GetId")
    cognito.clock.time += 0.2
    assert refused(cognito.call(6, GUESTS, "GetId")) == [False] * 5 + [True]
    cognito.clock.time += 3600
    assert refused(cognito.call(26, GUESTS, "GetId")) == [False] * 25 + [True]


def test_the_quota_is_one_for_all_callers_and_not_one_for_all_operations(cognito: Cognito) -> None:
    cognito.call(50, USERS, "SignUp", ClientId="one")
    assert refused(cognito.call(1, USERS, "SignUp", ClientId="another")) == [True]
    assert refused(cognito.call(1, USERS, "InitiateAuth")) == [False]
    assert refused(cognito.call(1, GUESTS, "GetCredentialsForIdentity")) == [False]


@pytest.mark.parametrize("cognito", [False], indirect=True)
def test_without_the_option_nothing_is_counted(cognito: Cognito) -> None:
    assert not any(refused(cognito.call(60, USERS, "SignUp")))
    assert not any(refused(cognito.call(30, GUESTS, "GetId")))


def counted(operation: str, count: int, admit: Any) -> int:
    """How many of the calls pass."""
    passed = 0
    for _ in range(count):
        try:
            admit(operation)
        except TooManyRequestsError:
            continue
        passed += 1
    return passed


def test_answers_have_three_times_the_quota_and_then_take_of_the_sign_ins() -> None:
    admit = admission(USER_POOLS, Clock())
    assert counted("RespondToAuthChallenge", 400, admit) == 400
    assert counted("InitiateAuth", 120, admit) == 80
    assert counted("RespondToAuthChallenge", 1, admit) == 0


def test_operations_of_a_category_share_its_quota() -> None:
    admit = admission(USER_POOLS, Clock())
    assert counted("AdminCreateUser", 30, admit) == 30
    assert counted("SignUp", 30, admit) == 20


def test_every_operation_that_runs_here_is_in_one_category() -> None:
    modelled = {
        *OPERATIONS,
        *("SignUp", "InitiateAuth", "RespondToAuthChallenge", "GetTokensFromRefreshToken"),
        *("GetUser", "RevokeToken", "GlobalSignOut", "DeleteUser"),
    }
    listed = [name for quota in USER_POOLS.values() for name in quota.operations]
    assert sorted(listed) == sorted(set(listed))
    assert modelled <= set(listed)
    assert set(IDENTITY_POOLS) == {"GetId", "GetCredentialsForIdentity"}


@pytest.mark.parametrize(
    ("environment", "has_quotas"), [({}, False), ({"QUOTAS": ""}, False), ({"QUOTAS": "aws"}, True)]
)
def test_the_option_is_off_by_default(environment: dict[str, str], has_quotas: bool) -> None:
    assert read_configuration(environment).has_quotas is has_quotas


@pytest.mark.parametrize("value", ["AWS", "on", "gcp", " aws", "aws,"])
def test_another_value_is_refused_by_name(value: str) -> None:
    with pytest.raises(ConfigurationError, match=f"QUOTAS must be aws.*{value.strip(',')}"):
        read_configuration({"QUOTAS": value})
