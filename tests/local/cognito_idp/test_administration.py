"""An administrator's calls over boto3: signed, allowed by a role, and only then answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import boto3
import httpx
import pytest
from botocore.exceptions import ClientError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route

from local.aws_json import InvalidParameterError
from local.cognito_idp.endpoint import build_app
from local.cognito_idp.errors import NotAuthorizedError
from local.cognito_idp.user_pools import UserPools
from local.iam.policy import Role
from local.iam.sessions import Session, Sessions
from local.iam.sigv4 import verify_sigv4
from local.state import State
from tests.fixtures.asgi_server import asgi_server
from tests.local.cognito_idp.calls import refresh, register, sign_in, who_am_i
from tests.local.cognito_idp.fakes import (
    OTHER_POOL_ARN,
    POOL_ARN,
    POOL_ID,
    START,
    STRANGER,
    WALLET,
    FakeClock,
    FakeTriggers,
    SeededBytes,
    make_user_pools,
)

OTHER_POOL_ID = OTHER_POOL_ARN.rpartition("/")[2]
MARK = [{"Name": "custom:proven_at", "Value": "2026-01-01T00:00:00Z"}]
SCHEMA = [{"Name": "proven_at", "AttributeDataType": "String", "Mutable": True}]
CALLS: dict[str, dict[str, object]] = {
    "list_users": {},
    "admin_get_user": {"Username": WALLET},
    "admin_update_user_attributes": {"Username": WALLET, "UserAttributes": MARK},
    "admin_delete_user_attributes": {
        "Username": WALLET,
        "UserAttributeNames": ["custom:proven_at"],
    },
    "admin_user_global_sign_out": {"Username": WALLET},
    "admin_delete_user": {"Username": WALLET},
}
ACTIONS = [
    *("AdminDeleteUser", "AdminDeleteUserAttributes", "AdminGetUser"),
    *("AdminUpdateUserAttributes", "AdminUserGlobalSignOut", "ListUsers"),
]


def role_for(*actions: str) -> Role:
    allowed = [
        {"Effect": "Allow", "Action": f"cognito-idp:{action}", "Resource": POOL_ARN}
        for action in actions
    ]
    policies = [{"Version": "2012-10-17", "Statement": [one]} for one in allowed]
    trust = {"Version": "2012-10-17", "Statement": []}
    return Role("Admin", "arn:aws:iam::123456789012:role/Admin", trust, tuple(policies))


@dataclass
class Endpoint:
    """The pool behind a socket; `as_role` is a boto3 client with credentials of a role."""

    origin: str
    sessions: dict[str, Sessions]

    def as_role(self, role: Role) -> Any:
        sessions = Sessions(
            roles=[role], state=State(None), now=time.time, random_bytes=SeededBytes()
        )
        self.sessions["current"] = sessions
        session = sessions.issue(role, "cleaner", lifetime_seconds=3600)
        return boto3.client(
            "cognito-idp",
            region_name="us-east-1",
            endpoint_url=self.origin,
            aws_access_key_id=session.access_key_id,
            aws_secret_access_key=session.secret_access_key,
            aws_session_token=session.session_token,
        )


@pytest.fixture
def pools(triggers: FakeTriggers, clock: FakeClock) -> UserPools:
    return make_user_pools(triggers, clock, pool={"Schema": SCHEMA})


@pytest.fixture
def endpoint(pools: UserPools) -> Iterator[Endpoint]:
    sessions: dict[str, Sessions] = {}

    def check(request: Request, body: bytes) -> Session:
        known, region = sessions["current"], "us-east-1"
        service = "cognito-idp"
        return verify_sigv4(
            request, body, sessions=known, service=service, region=region, now=time.time()
        )

    app = Starlette(routes=[Route("/", build_app(pools, check))])
    with asgi_server(lambda origin: app) as origin:
        yield Endpoint(origin, sessions)


def names(users: list[dict[str, Any]]) -> list[str]:
    return [user["Username"] for user in users]


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(ClientError) as refused:
        call()
    return str(refused.value.response["Error"]["Code"])


def test_an_administrator_lists_reads_marks_and_deletes(
    endpoint: Endpoint, pools: UserPools
) -> None:
    asyncio.run(register(pools))
    asyncio.run(register(pools, STRANGER))
    client = endpoint.as_role(role_for(*ACTIONS))
    client.admin_update_user_attributes(UserPoolId=POOL_ID, Username=WALLET, UserAttributes=MARK)
    user = client.admin_get_user(UserPoolId=POOL_ID, Username=WALLET)
    assert user["UserAttributes"][1:] == MARK
    assert user["UserCreateDate"].timestamp() == START
    (listed,) = client.list_users(UserPoolId=POOL_ID, Filter='username ^= "0x7"')["Users"]
    assert (listed["Username"], listed["Attributes"]) == (WALLET, user["UserAttributes"])
    client.admin_delete_user(UserPoolId=POOL_ID, Username=STRANGER)
    assert names(client.list_users(UserPoolId=POOL_ID)["Users"]) == [WALLET]
    assert (
        refusal(lambda: client.admin_get_user(UserPoolId=POOL_ID, Username=STRANGER))
        == "UserNotFoundException"
    )


def test_a_list_comes_by_pages_that_lose_and_repeat_nobody(
    endpoint: Endpoint, pools: UserPools
) -> None:
    wallets = [f"0x{number:040x}" for number in range(130)]
    for wallet in wallets:
        asyncio.run(register(pools, wallet))
    paginator = endpoint.as_role(role_for("ListUsers")).get_paginator("list_users")
    pages = [names(page["Users"]) for page in paginator.paginate(UserPoolId=POOL_ID)]
    assert [len(page) for page in pages] == [60, 60, 10]
    assert [name for page in pages for name in page] == wallets


@pytest.mark.parametrize("call", CALLS)
def test_a_role_may_do_what_it_names_and_in_its_own_pool_only(
    endpoint: Endpoint, pools: UserPools, call: str
) -> None:
    asyncio.run(register(pools))
    action = next(action for action in ACTIONS if action.lower() == call.replace("_", ""))
    others = [other for other in ACTIONS if other != action]
    without, only = endpoint.as_role(role_for(*others)), role_for(action)
    denied = getattr(without, call)
    assert refusal(lambda: denied(UserPoolId=POOL_ID, **CALLS[call])) == "AccessDeniedException"
    allowed = getattr(endpoint.as_role(only), call)
    elsewhere = refusal(lambda: allowed(UserPoolId=OTHER_POOL_ID, **CALLS[call]))
    assert elsewhere == "AccessDeniedException"
    allowed(UserPoolId=POOL_ID, **CALLS[call])


@pytest.mark.parametrize("action", ACTIONS)
def test_nobody_administers_without_a_signature(
    endpoint: Endpoint, pools: UserPools, action: str
) -> None:
    asyncio.run(register(pools))
    endpoint.as_role(role_for(*ACTIONS))
    target = f"AWSCognitoIdentityProviderService.{action}"
    headers = {"x-amz-target": target, "content-type": "application/x-amz-json-1.1"}
    body = {"UserPoolId": POOL_ID, "Username": WALLET, "UserAttributes": MARK}
    answer = httpx.post(endpoint.origin, json=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["__type"] == "MissingAuthenticationTokenException"
    assert pools.users.find(POOL_ID, WALLET) is not None


def test_only_attributes_of_the_pool_can_be_written(endpoint: Endpoint, pools: UserPools) -> None:
    asyncio.run(register(pools))
    client = endpoint.as_role(role_for(*ACTIONS))
    other: Any = [{"Name": "custom:other", "Value": "x"}]
    write = client.admin_update_user_attributes
    code = refusal(lambda: write(UserPoolId=POOL_ID, Username=WALLET, UserAttributes=other))
    assert code == "InvalidParameterException"


def test_a_deleted_users_session_ends(endpoint: Endpoint, pools: UserPools) -> None:
    asyncio.run(register(pools))
    tokens = asyncio.run(sign_in(pools))
    client = endpoint.as_role(role_for("AdminDeleteUser"))
    client.admin_delete_user(UserPoolId=POOL_ID, Username=WALLET)
    with pytest.raises(NotAuthorizedError):
        asyncio.run(refresh(pools, tokens["RefreshToken"]))


def test_neither_clients_nor_triggers_see_a_custom_attribute_that_is_not_readable(
    endpoint: Endpoint, pools: UserPools, triggers: FakeTriggers
) -> None:
    asyncio.run(register(pools))
    client = endpoint.as_role(role_for("AdminUpdateUserAttributes"))
    client.admin_update_user_attributes(UserPoolId=POOL_ID, Username=WALLET, UserAttributes=MARK)
    tokens = asyncio.run(sign_in(pools))
    seen = triggers.requests("DefineAuthChallenge")[-1]["userAttributes"]
    assert set(seen) == {"sub", "cognito:user_status"}
    shown = asyncio.run(who_am_i(pools, tokens["AccessToken"]))["UserAttributes"]
    assert [one["Name"] for one in shown] == ["sub"]


@pytest.mark.parametrize(
    ("name", "refused_by"),
    [("custom:proven_at", NotAuthorizedError), ("custom:other", InvalidParameterError)],
)
def test_no_client_writes_a_custom_attribute_when_it_signs_up(
    pools: UserPools, name: str, refused_by: type[Exception]
) -> None:
    with pytest.raises(refused_by):
        asyncio.run(register(pools, UserAttributes=[{"Name": name, "Value": "2020"}]))
    assert pools.users.find(POOL_ID, WALLET) is None


@pytest.mark.parametrize("readable", [["custom:proven_at"], ["locale", "custom:proven_at"]])
def test_a_readable_attribute_is_shown_to_triggers_and_clients_and_is_in_the_id_token(
    endpoint: Endpoint, triggers: FakeTriggers, clock: FakeClock, readable: list[str]
) -> None:
    pools = make_user_pools(
        triggers, clock, pool={"Schema": SCHEMA}, client={"ReadAttributes": readable}
    )
    asyncio.run(register(pools))
    user = pools.users.find(POOL_ID, WALLET)
    assert user is not None
    pools.users.add(POOL_ID, replace(user, attributes={"custom:proven_at": "2026"}))
    tokens = asyncio.run(sign_in(pools))
    for trigger in ("DefineAuthChallenge", "VerifyAuthChallengeResponse"):
        seen = triggers.requests(trigger)[-1]["userAttributes"]
        assert seen["custom:proven_at"] == "2026"
    shown = asyncio.run(who_am_i(pools, tokens["AccessToken"]))["UserAttributes"]
    assert {"Name": "custom:proven_at", "Value": "2026"} in shown
    assert pools.verify_id_token(POOL_ARN, tokens["IdToken"])["custom:proven_at"] == "2026"


def test_attributes_are_taken_away_one_by_one(endpoint: Endpoint, pools: UserPools) -> None:
    asyncio.run(register(pools))
    client = endpoint.as_role(role_for("AdminUpdateUserAttributes", "AdminDeleteUserAttributes"))
    of_wallet = {"UserPoolId": POOL_ID, "Username": WALLET}
    client.admin_update_user_attributes(**of_wallet, UserAttributes=MARK)
    for _ in range(2):
        client.admin_delete_user_attributes(**of_wallet, UserAttributeNames=["custom:proven_at"])
        user = pools.users.find(POOL_ID, WALLET)
        assert user is not None
        assert "custom:proven_at" not in user.attributes
    with pytest.raises(ClientError, match="InvalidParameterException"):
        client.admin_delete_user_attributes(**of_wallet, UserAttributeNames=["custom:other"])


def test_an_administrator_ends_every_session_and_the_next_one_lives(
    endpoint: Endpoint, pools: UserPools
) -> None:
    asyncio.run(register(pools))
    before = [asyncio.run(sign_in(pools)) for _ in range(2)]
    client = endpoint.as_role(role_for("AdminUserGlobalSignOut"))
    client.admin_user_global_sign_out(UserPoolId=POOL_ID, Username=WALLET)
    for tokens in before:
        with pytest.raises(NotAuthorizedError):
            asyncio.run(refresh(pools, tokens["RefreshToken"]))
        with pytest.raises(NotAuthorizedError):
            asyncio.run(who_am_i(pools, tokens["AccessToken"]))
    assert asyncio.run(who_am_i(pools, asyncio.run(sign_in(pools))["AccessToken"]))
