"""Refresh tokens of a client that rotates them, with ten seconds of grace."""

import asyncio
import hashlib
from pathlib import Path
from typing import Any

import pytest

from local.aws_lambda.errors import FunctionError
from local.cognito_idp.errors import (
    NotAuthorizedError,
    RefreshTokenReuseError,
    UserLambdaValidationError,
)
from local.cognito_idp.revoke_token import revoke_token
from local.cognito_idp.user_pools import UserPools
from local.state import State
from tests.local.cognito_idp.calls import refresh, register, sign_in, who_am_i
from tests.local.cognito_idp.fakes import (
    CLIENT_ID,
    POOL_ARN,
    FakeClock,
    FakeTriggers,
    make_user_pools,
    pool_properties,
)

pytestmark = pytest.mark.anyio
GRACE_SECONDS = 10
REVOKED = r"^Refresh Token has been revoked$"


def make_pools(
    triggers: FakeTriggers,
    clock: FakeClock,
    *,
    grace_seconds: int = GRACE_SECONDS,
    state: State | None = None,
    seed: str = "seed",
) -> UserPools:
    lambda_config: Any = pool_properties()["LambdaConfig"]
    return make_user_pools(
        triggers,
        clock,
        state=state,
        seed=seed,
        pool={"LambdaConfig": {**lambda_config, "PreTokenGeneration": "arn:aws:lambda:x:1:f:g"}},
        client={
            "ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH"],
            "RefreshTokenRotation": {
                "Feature": "ENABLED",
                "RetryGracePeriodSeconds": grace_seconds,
            },
        },
    )


@pytest.fixture
def triggers() -> FakeTriggers:
    triggers = FakeTriggers()
    triggers.overrides["TokenGeneration"] = lambda event: event
    return triggers


@pytest.fixture
def pools(triggers: FakeTriggers, clock: FakeClock) -> UserPools:
    return make_pools(triggers, clock)


async def test_each_refresh_gives_a_new_token_of_the_same_sign_in(
    pools: UserPools, clock: FakeClock
) -> None:
    await register(pools)
    tokens = await sign_in(pools)
    origin = pools.verify_id_token(POOL_ARN, tokens["IdToken"])["origin_jti"]
    seen = [tokens["RefreshToken"]]
    for _ in range(3):
        clock.advance(900)
        tokens = await refresh(pools, seen[-1])
        seen.append(tokens["RefreshToken"])
        assert pools.verify_id_token(POOL_ARN, tokens["IdToken"])["origin_jti"] == origin
    assert len(set(seen)) == 4


async def test_a_rotated_token_is_refused_as_reused_once_its_grace_is_over(
    pools: UserPools, clock: FakeClock
) -> None:
    await register(pools)
    old = (await sign_in(pools))["RefreshToken"]
    new = (await refresh(pools, old))["RefreshToken"]
    clock.advance(GRACE_SECONDS)
    with pytest.raises(RefreshTokenReuseError) as refused:
        await refresh(pools, old)
    assert refused.value.error_type == "RefreshTokenReuseException"
    assert old not in refused.value.message
    await refresh(pools, new)


async def test_within_its_grace_a_rotated_token_gets_another_that_lasts(
    pools: UserPools, clock: FakeClock
) -> None:
    await register(pools)
    old = (await sign_in(pools))["RefreshToken"]
    lost = (await refresh(pools, old))["RefreshToken"]
    clock.advance(GRACE_SECONDS - 1)
    retried = (await refresh(pools, old))["RefreshToken"]
    clock.advance(GRACE_SECONDS)
    for token in (lost, retried):
        assert (await refresh(pools, token))["RefreshToken"] not in (old, lost, retried)


async def test_retries_do_not_prolong_the_grace(pools: UserPools, clock: FakeClock) -> None:
    await register(pools)
    old = (await sign_in(pools))["RefreshToken"]
    await refresh(pools, old)
    clock.advance(GRACE_SECONDS - 1)
    await refresh(pools, old)
    clock.advance(1)
    with pytest.raises(RefreshTokenReuseError):
        await refresh(pools, old)


async def test_without_grace_one_of_two_concurrent_refreshes_wins(
    triggers: FakeTriggers, clock: FakeClock
) -> None:
    async def slowly(event: dict[str, Any]) -> object:
        await asyncio.sleep(0)
        return event

    pools = make_pools(triggers, clock, grace_seconds=0)
    triggers.overrides["TokenGeneration"] = slowly
    await register(pools)
    token = (await sign_in(pools))["RefreshToken"]
    answers = await asyncio.gather(
        refresh(pools, token), refresh(pools, token), return_exceptions=True
    )
    assert sorted(type(answer).__name__ for answer in answers) == [
        "RefreshTokenReuseError",
        "dict",
    ]


async def test_rotation_does_not_prolong_the_sign_in(pools: UserPools, clock: FakeClock) -> None:
    await register(pools)
    token = (await sign_in(pools))["RefreshToken"]
    clock.advance(86_399)
    token = (await refresh(pools, token))["RefreshToken"]
    clock.advance(1)
    with pytest.raises(NotAuthorizedError, match=r"^Refresh Token has expired$"):
        await refresh(pools, token)


async def test_a_refresh_that_a_trigger_stops_rotates_nothing(
    pools: UserPools, triggers: FakeTriggers, clock: FakeClock
) -> None:
    def fail(event: dict[str, Any]) -> object:
        raise FunctionError("TokenUserError", "token_user_not_a_wallet")

    await register(pools)
    token = (await sign_in(pools))["RefreshToken"]
    working = triggers.overrides["TokenGeneration"]
    triggers.overrides["TokenGeneration"] = fail
    with pytest.raises(UserLambdaValidationError):
        await refresh(pools, token)
    triggers.overrides["TokenGeneration"] = working
    clock.advance(GRACE_SECONDS)
    await refresh(pools, token)


async def test_no_trigger_runs_for_a_reused_token(
    pools: UserPools, triggers: FakeTriggers, clock: FakeClock
) -> None:
    await register(pools)
    token = (await sign_in(pools))["RefreshToken"]
    await refresh(pools, token)
    clock.advance(GRACE_SECONDS)
    asked = len(triggers.events)
    with pytest.raises(RefreshTokenReuseError):
        await refresh(pools, token)
    assert len(triggers.events) == asked


async def test_revoking_ends_every_token_of_the_sign_in(pools: UserPools) -> None:
    await register(pools)
    first, other = await sign_in(pools), await sign_in(pools)
    second = await refresh(pools, first["RefreshToken"])
    await revoke_token(pools, {"ClientId": CLIENT_ID, "Token": second["RefreshToken"]})
    for tokens in (first, second):
        with pytest.raises(NotAuthorizedError, match=REVOKED):
            await refresh(pools, tokens["RefreshToken"])
        with pytest.raises(NotAuthorizedError, match=r"^Access Token has been revoked$"):
            await who_am_i(pools, tokens["AccessToken"])
    await refresh(pools, other["RefreshToken"])


async def test_a_restart_forgets_neither_the_new_token_nor_the_reuse(
    triggers: FakeTriggers, clock: FakeClock, tmp_path: Path
) -> None:
    path = tmp_path / "local.sqlite3"
    before = make_pools(triggers, clock, state=State(path))
    await register(before)
    old = (await sign_in(before))["RefreshToken"]
    new = (await refresh(before, old))["RefreshToken"]
    after = make_pools(triggers, clock, state=State(path), seed="another")
    clock.advance(GRACE_SECONDS)
    with pytest.raises(RefreshTokenReuseError):
        await refresh(after, old)
    await refresh(after, new)
    written = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert new.partition(".")[2].encode() not in written


async def test_knows_the_sign_ins_of_a_state_file_from_before_rotation(
    triggers: FakeTriggers, clock: FakeClock
) -> None:
    state = State(None)
    pools = make_pools(triggers, clock, state=state)
    await register(pools)
    token = (await sign_in(pools))["RefreshToken"]
    [(name, record)] = state.table("sign_ins").items()
    del record["tokens"]
    record["hash"] = hashlib.sha256(token.partition(".")[2].encode()).hexdigest()
    state.table("sign_ins")[name] = record
    await refresh(pools, token)
    clock.advance(GRACE_SECONDS)
    with pytest.raises(RefreshTokenReuseError):
        await refresh(pools, token)
