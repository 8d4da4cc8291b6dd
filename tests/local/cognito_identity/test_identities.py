import re
from pathlib import Path

import pytest

from local.aws_json import InvalidParameterError
from local.cognito_identity.errors import (
    InvalidIdentityPoolConfigurationError,
    NotAuthorizedError,
    ResourceNotFoundError,
)
from local.cognito_identity.get_credentials_for_identity import get_credentials_for_identity
from local.cognito_identity.get_id import get_id
from local.cognito_identity.identity_pools import IdentityPools
from local.cognito_idp.user_pools import UserPools
from local.state import State
from tests.local.cognito_identity.pools import (
    GUEST,
    IDENTITY_POOL_ID,
    PROVIDER,
    USER,
    Wallets,
    credentials,
    identity_id,
    make_identity_pools,
    role,
)
from tests.local.cognito_idp.fakes import (
    OTHER_CLIENT_ID,
    POOL_ID,
    START,
    STRANGER,
    WALLET,
    FakeClock,
)

pytestmark = pytest.mark.anyio


def _role_of(pools: IdentityPools, answer: dict[str, dict[str, str]]) -> str:
    session = pools._sessions.find(answer["Credentials"]["AccessKeyId"])
    assert session is not None
    assert session.secret_access_key == answer["Credentials"]["SecretKey"]
    assert session.session_token == answer["Credentials"]["SessionToken"]
    return session.role.arn


async def test_a_guest_gets_an_hour_of_the_guest_role(pools: IdentityPools) -> None:
    guest = await identity_id(pools)
    assert re.fullmatch(r"us-east-1:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f-]{17}", guest)
    answer = await credentials(pools, guest)
    assert answer["IdentityId"] == guest
    assert set(answer["Credentials"]) == {"AccessKeyId", "SecretKey", "SessionToken", "Expiration"}
    assert answer["Credentials"]["Expiration"] == START + 3600
    assert _role_of(pools, answer) == GUEST.arn


async def test_every_guest_is_another(pools: IdentityPools) -> None:
    assert await identity_id(pools) != await identity_id(pools)


async def test_a_user_gets_the_user_role(pools: IdentityPools, wallets: Wallets) -> None:
    logins = await wallets.logins()
    answer = await credentials(pools, await identity_id(pools, logins), logins)
    assert _role_of(pools, answer) == USER.arn


@pytest.mark.parametrize(
    ("signed_in", "kind"), [(False, "unauthenticated"), (True, "authenticated")]
)
async def test_credentials_know_the_identity_they_are_of(
    pools: IdentityPools, wallets: Wallets, signed_in: bool, kind: str
) -> None:
    logins = await wallets.logins() if signed_in else {}
    identity = await identity_id(pools, logins)
    answer = await credentials(pools, identity, logins)
    session = pools._sessions.find(answer["Credentials"]["AccessKeyId"])
    assert session is not None
    assert session.cognito == {
        "cognitoIdentityId": identity,
        "cognitoIdentityPoolId": IDENTITY_POOL_ID,
        "cognitoAuthenticationType": kind,
    }


async def test_a_login_has_one_identity(pools: IdentityPools, wallets: Wallets) -> None:
    mine = await identity_id(pools, await wallets.logins())
    assert await identity_id(pools, await wallets.logins()) == mine
    assert await identity_id(pools, await wallets.logins(STRANGER)) != mine


async def test_identities_survive_a_restart(
    user_pools: UserPools, wallets: Wallets, clock: FakeClock, tmp_path: Path
) -> None:
    path = tmp_path / "state.sqlite3"
    before = make_identity_pools(user_pools, clock, state=State(path))
    logins = await wallets.logins()
    user, guest = await identity_id(before, logins), await identity_id(before)
    issued = await credentials(before, user, logins)

    after = make_identity_pools(user_pools, clock, state=State(path), seed="later")

    assert await identity_id(after, logins) == user
    assert (await credentials(after, guest))["IdentityId"] == guest
    assert _role_of(after, issued) == USER.arn


async def test_a_guest_who_logs_in_keeps_the_identity(
    pools: IdentityPools, wallets: Wallets
) -> None:
    guest = await identity_id(pools)
    logins = await wallets.logins()
    answer = await credentials(pools, guest, logins)
    assert answer["IdentityId"] == guest
    assert _role_of(pools, answer) == USER.arn
    assert await identity_id(pools, logins) == guest
    with pytest.raises(NotAuthorizedError) as refused:
        await credentials(pools, guest)
    assert refused.value.message == f"Access to Identity '{guest}' is forbidden."


async def test_a_guest_who_logs_in_where_the_login_has_an_identity_is_merged_into_it(
    pools: IdentityPools, wallets: Wallets
) -> None:
    logins = await wallets.logins()
    known, guest = await identity_id(pools, logins), await identity_id(pools)
    for _ in range(2):
        answer = await credentials(pools, guest, logins)
        assert (answer["IdentityId"], _role_of(pools, answer)) == (known, USER.arn)
    assert await identity_id(pools, logins) == known
    with pytest.raises(NotAuthorizedError, match=f"Access to Identity '{guest}' is forbidden"):
        await credentials(pools, guest)


async def test_a_login_cannot_take_another_users_identity(
    pools: IdentityPools, wallets: Wallets
) -> None:
    mine = await identity_id(pools, await wallets.logins())
    with pytest.raises(NotAuthorizedError, match=r"^Logins don't match\. Please include"):
        await credentials(pools, mine, await wallets.logins(STRANGER))


async def test_guests_may_be_refused(
    user_pools: UserPools, wallets: Wallets, clock: FakeClock
) -> None:
    state = State(None)
    guest = await identity_id(make_identity_pools(user_pools, clock, state=state))
    pools = make_identity_pools(
        user_pools, clock, state=state, pool={"AllowUnauthenticatedIdentities": False}
    )
    message = r"^Unauthenticated access is not supported for this identity pool\.$"
    with pytest.raises(NotAuthorizedError, match=message):
        await identity_id(pools)
    with pytest.raises(NotAuthorizedError, match=message):
        await credentials(pools, guest)
    assert await identity_id(pools, await wallets.logins())


async def test_refuses_an_id_nobody_was_given(pools: IdentityPools) -> None:
    unknown = "us-east-1:00000000-0000-4000-8000-000000000000"
    with pytest.raises(ResourceNotFoundError, match=f"^Identity '{unknown}' not found.$"):
        await credentials(pools, unknown)
    with pytest.raises(ResourceNotFoundError, match=f"^IdentityPool '{unknown}' not found.$"):
        await get_id(pools, {"IdentityPoolId": unknown})


async def test_refuses_tokens_that_are_no_current_id_tokens(
    pools: IdentityPools, wallets: Wallets, clock: FakeClock
) -> None:
    tokens = await wallets.tokens()
    for token in (tokens["AccessToken"], tokens["RefreshToken"], "garbage"):
        with pytest.raises(NotAuthorizedError) as refused:
            await identity_id(pools, {PROVIDER: token})
        message = "Invalid login token. Not a valid OpenId Connect identity token."
        assert refused.value.message == message
    clock.advance(601)
    with pytest.raises(NotAuthorizedError) as expired:
        await identity_id(pools, {PROVIDER: tokens["IdToken"]})
    assert expired.value.message == (
        f"Invalid login token. Token expired: {int(START) + 600} >= {int(START) + 601}"
    )


async def test_refuses_a_token_that_the_pool_did_not_sign(
    pools: IdentityPools, wallets: Wallets
) -> None:
    genuine, other = [(await wallets.tokens())["IdToken"] for _ in range(2)]
    forged = ".".join([*genuine.split(".")[:2], other.split(".")[2]])
    with pytest.raises(NotAuthorizedError) as refused:
        await identity_id(pools, {PROVIDER: forged})
    assert refused.value.message == "Invalid login token. Couldn't verify signed token."


async def test_refuses_a_provider_the_pool_does_not_have(
    pools: IdentityPools, wallets: Wallets
) -> None:
    token = (await wallets.tokens())["IdToken"]
    others = [
        "accounts.google.com",
        "cognito-idp.us-east-1.amazonaws.com/us-east-1_OtherPool",
        f"https://{PROVIDER}",
    ]
    for provider in others:
        with pytest.raises(NotAuthorizedError, match="Token is not from a supported provider"):
            await identity_id(pools, {provider: token})


async def test_refuses_a_token_of_a_client_the_pool_does_not_name(
    user_pools: UserPools, wallets: Wallets, clock: FakeClock
) -> None:
    provider = {"ClientId": OTHER_CLIENT_ID, "ProviderName": PROVIDER}
    pools = make_identity_pools(user_pools, clock, pool={"CognitoIdentityProviders": [provider]})
    with pytest.raises(NotAuthorizedError, match="Incorrect token audience"):
        await identity_id(pools, await wallets.logins())


@pytest.mark.parametrize("checked", [True, False])
async def test_a_signed_out_user_is_refused_where_the_server_checks(
    user_pools: UserPools, wallets: Wallets, clock: FakeClock, checked: bool
) -> None:
    provider = {
        "ClientId": "1example23456789abcdefghij",
        "ProviderName": PROVIDER,
        "ServerSideTokenCheck": checked,
    }
    pools = make_identity_pools(user_pools, clock, pool={"CognitoIdentityProviders": [provider]})
    logins = await wallets.logins()
    mine = await identity_id(pools, logins)
    user_pools.refresh_tokens.revoke_all(POOL_ID, WALLET)
    if checked:
        with pytest.raises(NotAuthorizedError, match="Token has been revoked"):
            await credentials(pools, mine, logins)
    else:
        assert (await credentials(pools, mine, logins))["IdentityId"] == mine


@pytest.mark.parametrize(
    "amr",
    ["authenticated", PROVIDER, f"{PROVIDER}:CognitoSignIn:*"],
)
async def test_the_trust_policy_sees_how_a_user_signed_in(
    user_pools: UserPools, wallets: Wallets, clock: FakeClock, amr: str
) -> None:
    pools = make_identity_pools(user_pools, clock, user=role("User", amr))
    logins = await wallets.logins()
    assert await credentials(pools, await identity_id(pools, logins), logins)


async def test_the_trust_policy_may_name_one_user(
    user_pools: UserPools, wallets: Wallets, clock: FakeClock
) -> None:
    logins, theirs = await wallets.logins(), await wallets.logins(STRANGER)
    user = user_pools.users.find(POOL_ID, WALLET)
    assert user is not None
    only = role("User", f"{PROVIDER}:CognitoSignIn:{user.sub}")
    pools = make_identity_pools(user_pools, clock, user=only)
    assert await credentials(pools, await identity_id(pools, logins), logins)
    with pytest.raises(InvalidIdentityPoolConfigurationError):
        await credentials(pools, await identity_id(pools, theirs), theirs)


@pytest.mark.parametrize(
    "user_role",
    [
        role("User", "unauthenticated"),
        role("User", f"{PROVIDER}:CognitoSignIn:somebody-else"),
        role("User", "authenticated", aud="us-east-1:00000000-0000-4000-8000-000000000000"),
    ],
)
async def test_gives_no_credentials_of_a_role_that_does_not_trust_the_user(
    user_pools: UserPools, wallets: Wallets, clock: FakeClock, user_role: object
) -> None:
    assert isinstance(user_role, type(USER))
    pools = make_identity_pools(user_pools, clock, user=user_role)
    logins = await wallets.logins()
    mine = await identity_id(pools, logins)
    with pytest.raises(InvalidIdentityPoolConfigurationError) as refused:
        await credentials(pools, mine, logins)
    assert refused.value.message == (
        "Invalid identity pool configuration. Check assigned IAM roles for this pool."
    )


async def test_a_guest_does_not_get_a_role_meant_for_users(
    user_pools: UserPools, clock: FakeClock
) -> None:
    pools = make_identity_pools(user_pools, clock, guest=role("Guest", "authenticated"))
    with pytest.raises(InvalidIdentityPoolConfigurationError):
        await credentials(pools, await identity_id(pools))


async def test_a_pool_without_a_role_gives_no_credentials(
    user_pools: UserPools, clock: FakeClock
) -> None:
    pools = make_identity_pools(user_pools, clock, attached={"authenticated": USER.arn})
    with pytest.raises(InvalidIdentityPoolConfigurationError):
        await credentials(pools, await identity_id(pools))


async def test_refuses_by_name_what_it_does_not_model(
    pools: IdentityPools, wallets: Wallets
) -> None:
    guest = await identity_id(pools)
    with pytest.raises(InvalidParameterError, match="CustomRoleArn"):
        await get_credentials_for_identity(pools, {"IdentityId": guest, "CustomRoleArn": USER.arn})
    two = {**await wallets.logins(), "accounts.google.com": "x"}
    with pytest.raises(InvalidParameterError, match="more than one login"):
        await identity_id(pools, two)
