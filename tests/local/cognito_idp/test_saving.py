"""A sign-in costs a fixed number of transactions, and one that cannot be saved has not happened."""

from __future__ import annotations

import json

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from local.cognito_idp.endpoint import build_app
from local.cognito_idp.errors import NotAuthorizedError
from local.cognito_idp.user_pools import UserPools
from local.state import State, StateNotSavedError
from tests.local.cognito_idp.calls import register, respond, sign_in, start
from tests.local.cognito_idp.fakes import (
    CLIENT_ID,
    PASSWORD,
    POOL_ID,
    WALLET,
    FakeClock,
    FakeTriggers,
    make_user_pools,
    nobody_signs,
)
from tests.local.watched_state import Watched

pytestmark = pytest.mark.anyio


@pytest.fixture
def watched() -> Watched:
    return Watched()


@pytest.fixture
def pools(triggers: FakeTriggers, clock: FakeClock, watched: Watched) -> UserPools:
    return make_user_pools(triggers, clock, state=State(None, connect=watched.connect))


async def test_each_change_is_one_transaction_and_scans_nothing(
    pools: UserPools, watched: Watched
) -> None:
    for change in (
        register(pools),
        sign_in(pools),
        sign_in(pools),
    ):
        before = watched.transactions()
        await change
        assert watched.transactions() == before + 1
    before = watched.transactions()
    user = pools.users.find(POOL_ID, WALLET)
    assert user is not None
    assert pools.users.find_by_sub(POOL_ID, user.sub) == user
    assert pools.users.page(POOL_ID, prefix="0x", after="", limit=2) == [user]
    pools.delete_user(pools.pool(POOL_ID), user)
    assert watched.transactions() == before + 1
    assert watched.scans() == []


async def test_a_sign_in_that_cannot_be_saved_is_answered_again_once_there_is_room(
    pools: UserPools, watched: Watched
) -> None:
    await register(pools)
    challenge = await start(pools)
    watched.database.execute("PRAGMA query_only = ON")
    for _ in range(2):
        with pytest.raises(StateNotSavedError):
            await respond(pools, challenge["Session"])
    watched.database.execute("PRAGMA query_only = OFF")
    assert "AuthenticationResult" in await respond(pools, challenge["Session"])
    with pytest.raises(NotAuthorizedError, match="can only be used once"):
        await respond(pools, challenge["Session"])


async def test_a_user_who_cannot_be_saved_hears_a_typed_error_and_may_come_again(
    pools: UserPools, watched: Watched
) -> None:
    transport = httpx.ASGITransport(Starlette(routes=[Route("/", build_app(pools, nobody_signs))]))
    body = {"Username": WALLET, "Password": PASSWORD, "ClientId": CLIENT_ID}
    headers = {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSCognitoIdentityProviderService.SignUp",
    }
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        watched.database.execute("PRAGMA query_only = ON")
        refused = await client.post("/", content=json.dumps(body), headers=headers)
        assert (refused.status_code, refused.json()["__type"]) == (500, "InternalErrorException")
        assert pools.users.find(POOL_ID, WALLET) is None
        watched.database.execute("PRAGMA query_only = OFF")
        assert (await client.post("/", content=json.dumps(body), headers=headers)).is_success


async def test_a_deletion_that_cannot_be_saved_leaves_user_and_sessions(
    pools: UserPools, watched: Watched
) -> None:
    await register(pools)
    token = (await sign_in(pools))["RefreshToken"]
    user = pools.users.find(POOL_ID, WALLET)
    assert user is not None
    watched.database.execute("PRAGMA query_only = ON")
    with pytest.raises(StateNotSavedError):
        pools.delete_user(pools.pool(POOL_ID), user)
    found = pools.refresh_tokens.find(token)
    assert found is not None
    assert not found.revoked
    assert pools.users.find(POOL_ID, WALLET) == user
