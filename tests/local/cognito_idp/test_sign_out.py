import asyncio
from pathlib import Path
from typing import Any

import pytest

from local.aws_json import InvalidParameterError
from local.cognito_idp.delete_user import delete_user
from local.cognito_idp.errors import (
    NotAuthorizedError,
    UnauthorizedError,
    UnsupportedTokenTypeError,
)
from local.cognito_idp.global_sign_out import global_sign_out
from local.cognito_idp.initiate_auth import initiate_auth
from local.cognito_idp.revoke_token import revoke_token
from local.cognito_idp.user_pools import UserPools
from local.state import State
from tests.local.cognito_idp.calls import refresh, register, sign_in, start, who_am_i
from tests.local.cognito_idp.fakes import (
    CLIENT_ID,
    OTHER_CLIENT_ID,
    POOL_ARN,
    POOL_ID,
    STRANGER,
    WALLET,
    FakeClock,
    FakeTriggers,
    make_user_pools,
    pool_properties,
)

pytestmark = pytest.mark.anyio
ACCESS_REVOKED = r"^Access Token has been revoked$"
REFRESH_REVOKED = r"^Refresh Token has been revoked$"


async def _revoke(pools: UserPools, token: str, client_id: str = CLIENT_ID) -> None:
    assert await revoke_token(pools, {"ClientId": client_id, "Token": token}) == {}


async def test_get_user_names_the_caller(pools: UserPools) -> None:
    sub = (await register(pools))["UserSub"]
    answer = await who_am_i(pools, (await sign_in(pools))["AccessToken"])
    assert answer == {"Username": WALLET, "UserAttributes": [{"Name": "sub", "Value": sub}]}


async def test_get_user_refuses_other_tokens(pools: UserPools, clock: FakeClock) -> None:
    await register(pools)
    tokens = await sign_in(pools)
    for token in (tokens["IdToken"], tokens["RefreshToken"], "garbage"):
        with pytest.raises(NotAuthorizedError, match=r"^Invalid Access Token$"):
            await who_am_i(pools, token)
    clock.advance(1200)
    with pytest.raises(NotAuthorizedError, match=r"^Access Token has expired$"):
        await who_am_i(pools, tokens["AccessToken"])


async def test_refreshing_keeps_the_sign_in_and_gives_new_tokens(
    pools: UserPools, clock: FakeClock
) -> None:
    await register(pools)
    first = await sign_in(pools)
    before = pools.verify_id_token(POOL_ARN, first["IdToken"])
    clock.advance(700)
    second = await refresh(pools, first["RefreshToken"])
    after = pools.verify_id_token(POOL_ARN, second["IdToken"])
    assert set(second) == {"IdToken", "AccessToken", "ExpiresIn", "TokenType"}
    assert second["ExpiresIn"] == 1200
    kept = ("sub", "origin_jti", "auth_time", "event_id", "cognito:username")
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert (after["iat"], after["jti"]) != (before["iat"], before["jti"])


async def test_refresh_token_auth_does_the_same(pools: UserPools) -> None:
    await register(pools)
    token = (await sign_in(pools))["RefreshToken"]
    answer = await initiate_auth(
        pools,
        {
            "ClientId": CLIENT_ID,
            "AuthFlow": "REFRESH_TOKEN_AUTH",
            "AuthParameters": {"REFRESH_TOKEN": token},
        },
    )
    result: Any = answer["AuthenticationResult"]
    assert pools.verify_id_token(POOL_ARN, result["IdToken"])["cognito:username"] == WALLET


async def test_refresh_token_auth_needs_the_clients_permission(
    triggers: FakeTriggers, clock: FakeClock
) -> None:
    pools = make_user_pools(triggers, clock, client={"ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH"]})
    with pytest.raises(InvalidParameterError, match="REFRESH_TOKEN_AUTH is not enabled"):
        await initiate_auth(pools, {"ClientId": CLIENT_ID, "AuthFlow": "REFRESH_TOKEN_AUTH"})


async def test_a_refresh_token_expires(pools: UserPools, clock: FakeClock) -> None:
    await register(pools)
    token = (await sign_in(pools))["RefreshToken"]
    clock.advance(86_399)
    await refresh(pools, token)
    clock.advance(1)
    with pytest.raises(NotAuthorizedError, match=r"^Refresh Token has expired$"):
        await refresh(pools, token)


async def test_refuses_a_refresh_token_of_another_client_or_a_changed_one(
    pools: UserPools,
) -> None:
    await register(pools)
    tokens = await sign_in(pools)
    token = tokens["RefreshToken"]
    wrong = [token[:-2] + ("AA" if token[-2:] != "AA" else "BB"), "x", tokens["AccessToken"]]
    for candidate in wrong:
        with pytest.raises(NotAuthorizedError, match=r"^Invalid Refresh Token$"):
            await refresh(pools, candidate)
    with pytest.raises(NotAuthorizedError, match=r"^Invalid Refresh Token$"):
        await refresh(pools, token, OTHER_CLIENT_ID)


async def test_revoking_kills_that_sign_in_and_no_other(pools: UserPools) -> None:
    await register(pools)
    mine, other = await sign_in(pools), await sign_in(pools)
    later = await refresh(pools, mine["RefreshToken"])

    await _revoke(pools, mine["RefreshToken"])

    with pytest.raises(NotAuthorizedError, match=REFRESH_REVOKED):
        await refresh(pools, mine["RefreshToken"])
    for token in (mine["AccessToken"], later["AccessToken"]):
        with pytest.raises(NotAuthorizedError, match=ACCESS_REVOKED):
            await who_am_i(pools, token)
    await refresh(pools, other["RefreshToken"])
    await who_am_i(pools, other["AccessToken"])


async def test_revoking_twice_is_no_error(pools: UserPools) -> None:
    await register(pools)
    token = (await sign_in(pools))["RefreshToken"]
    await _revoke(pools, token)
    await _revoke(pools, token)


async def test_only_the_tokens_client_may_revoke_it(pools: UserPools) -> None:
    await register(pools)
    token = (await sign_in(pools))["RefreshToken"]
    with pytest.raises(UnauthorizedError):
        await _revoke(pools, token, OTHER_CLIENT_ID)
    await refresh(pools, token)


async def test_only_refresh_tokens_can_be_revoked(pools: UserPools) -> None:
    await register(pools)
    tokens = await sign_in(pools)
    with pytest.raises(UnsupportedTokenTypeError):
        await _revoke(pools, tokens["AccessToken"])
    with pytest.raises(InvalidParameterError):
        await _revoke(pools, "unknown")


async def test_global_sign_out_ends_every_sign_in_of_the_user_and_of_nobody_else(
    pools: UserPools,
) -> None:
    await register(pools)
    await register(pools, STRANGER)
    mine, other = [await sign_in(pools), await sign_in(pools)], await sign_in(pools, STRANGER)

    assert await global_sign_out(pools, {"AccessToken": mine[0]["AccessToken"]}) == {}

    for tokens in mine:
        with pytest.raises(NotAuthorizedError, match=REFRESH_REVOKED):
            await refresh(pools, tokens["RefreshToken"])
        with pytest.raises(NotAuthorizedError, match=ACCESS_REVOKED):
            await global_sign_out(pools, {"AccessToken": tokens["AccessToken"]})
    await refresh(pools, other["RefreshToken"])


async def test_a_token_revoked_while_a_trigger_runs_is_not_refreshed(
    triggers: FakeTriggers, clock: FakeClock
) -> None:
    lambda_config: Any = pool_properties()["LambdaConfig"]
    changed = {**lambda_config, "PreTokenGeneration": "arn:aws:lambda:x:1:function:f"}
    pools = make_user_pools(triggers, clock, pool={"LambdaConfig": changed})

    async def slowly(event: dict[str, Any]) -> object:
        await asyncio.sleep(0)
        return event

    triggers.overrides["TokenGeneration"] = slowly
    await register(pools)
    token = (await sign_in(pools))["RefreshToken"]
    refreshed, _ = await asyncio.gather(
        refresh(pools, token), _revoke(pools, token), return_exceptions=True
    )
    assert isinstance(refreshed, NotAuthorizedError)


async def test_everything_but_open_challenges_survives_a_restart(
    triggers: FakeTriggers, clock: FakeClock, tmp_path: Path
) -> None:
    path = tmp_path / "state" / "local.sqlite3"
    before = make_user_pools(triggers, clock, state=State(path))
    await register(before)
    tokens, revoked = await sign_in(before), await sign_in(before)
    await _revoke(before, revoked["RefreshToken"])
    open_challenge = await start(before)

    after = make_user_pools(triggers, clock, state=State(path), seed="another")

    assert after.jwks(POOL_ID) == before.jwks(POOL_ID)
    await who_am_i(after, tokens["AccessToken"])
    assert after.verify_id_token(POOL_ARN, tokens["IdToken"])["cognito:username"] == WALLET
    await refresh(after, tokens["RefreshToken"])
    with pytest.raises(NotAuthorizedError, match=REFRESH_REVOKED):
        await refresh(after, revoked["RefreshToken"])
    with pytest.raises(NotAuthorizedError, match=r"^Invalid session for the user.$"):
        after.auth_sessions.claim(open_challenge["Session"], client_id=CLIENT_ID, username=WALLET)


async def test_forgets_sign_ins_a_day_after_they_expired(
    triggers: FakeTriggers, clock: FakeClock
) -> None:
    state = State(None)
    pools = make_user_pools(triggers, clock, state=state)
    await register(pools)
    await sign_in(pools)
    clock.advance(86_400 + 86_401)
    await sign_in(pools)
    assert len(state.table("sign_ins")) == 1


async def test_the_state_file_holds_no_refresh_token(
    triggers: FakeTriggers, clock: FakeClock, tmp_path: Path
) -> None:
    path = tmp_path / "local.sqlite3"
    pools = make_user_pools(triggers, clock, state=State(path))
    await register(pools)
    secret = (await sign_in(pools))["RefreshToken"].partition(".")[2]
    assert len(secret) >= 64
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert secret.encode() not in written
    assert WALLET.encode() in written


async def test_a_user_who_deletes_itself_is_gone_and_so_is_every_session(
    pools: UserPools,
) -> None:
    await register(pools)
    here, elsewhere = await sign_in(pools), await sign_in(pools)
    assert await delete_user(pools, {"AccessToken": here["AccessToken"]}) == {}
    assert pools.users.find(POOL_ID, WALLET) is None
    for tokens in (here, elsewhere):
        with pytest.raises(NotAuthorizedError, match=ACCESS_REVOKED):
            await who_am_i(pools, tokens["AccessToken"])


async def test_a_session_of_a_deleted_user_does_not_open_its_successor(pools: UserPools) -> None:
    await register(pools)
    before = await sign_in(pools)
    await delete_user(pools, {"AccessToken": before["AccessToken"]})
    await register(pools)
    with pytest.raises(NotAuthorizedError, match=REFRESH_REVOKED):
        await refresh(pools, before["RefreshToken"])
    assert (await sign_in(pools))["AccessToken"]


async def test_an_id_token_deletes_nobody(pools: UserPools) -> None:
    await register(pools)
    tokens = await sign_in(pools)
    with pytest.raises(NotAuthorizedError, match=r"^Invalid Access Token$"):
        await delete_user(pools, {"AccessToken": tokens["IdToken"]})
    assert pools.users.find(POOL_ID, WALLET) is not None
