"""An identity pool with two roles over the user pool of the cognito_idp tests."""

from collections.abc import Mapping
from typing import Any

from local.cognito_identity.get_credentials_for_identity import get_credentials_for_identity
from local.cognito_identity.get_id import get_id
from local.cognito_identity.identity_pools import IdentityPools
from local.cognito_idp.user_pools import UserPools
from local.iam.policy import Role
from local.iam.sessions import Sessions
from local.state import State
from tests.local.cognito_idp.calls import register, sign_in
from tests.local.cognito_idp.fakes import CLIENT_ID, POOL_ID, WALLET, FakeClock, SeededBytes

IDENTITY_POOL_ID = "us-east-1:11111111-2222-4333-8444-555555555555"
PROVIDER = f"cognito-idp.us-east-1.amazonaws.com/{POOL_ID}"
COGNITO = "cognito-identity.amazonaws.com"


def role(name: str, amr: str, aud: str = IDENTITY_POOL_ID) -> Role:
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": COGNITO},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
            "StringEquals": {f"{COGNITO}:aud": aud},
            "ForAnyValue:StringLike": {f"{COGNITO}:amr": amr},
        },
    }
    trust = {"Version": "2012-10-17", "Statement": [statement]}
    return Role(name, f"arn:aws:iam::123456789012:role/{name}", trust, ())


GUEST = role("CognitoUnAuthorizedRole", "unauthenticated")
USER = role("CognitoAuthorizedRole", "authenticated")


def pool_properties(**changes: object) -> dict[str, object]:
    provider = {"ClientId": CLIENT_ID, "ProviderName": PROVIDER, "ServerSideTokenCheck": True}
    return {
        "IdentityPoolName": "gallery",
        "AllowUnauthenticatedIdentities": "true",
        "AllowClassicFlow": False,
        "CognitoIdentityProviders": [provider],
        **changes,
    }


def make_identity_pools(
    user_pools: UserPools,
    clock: FakeClock,
    *,
    state: State | None = None,
    guest: Role = GUEST,
    user: Role = USER,
    pool: Mapping[str, object] | None = None,
    attached: Mapping[str, str] | None = None,
    attachment: Mapping[str, object] | None = None,
    seed: str = "seed",
) -> IdentityPools:
    kept = state or State(None)
    roles = {"authenticated": user.arn, "unauthenticated": guest.arn}
    return IdentityPools(
        pools={IDENTITY_POOL_ID: pool_properties(**(pool or {}))},
        role_attachments=[
            {
                "IdentityPoolId": IDENTITY_POOL_ID,
                "Roles": roles if attached is None else attached,
                **(attachment or {}),
            }
        ],
        roles={guest.arn: guest, user.arn: user},
        user_pools=user_pools,
        sessions=Sessions(
            roles=[guest, user], state=kept, now=clock, random_bytes=SeededBytes(f"sessions {seed}")
        ),
        state=kept,
        now=clock,
        random_bytes=SeededBytes(f"identities {seed}"),
    )


class Wallets:
    """Signs wallets up and in."""

    def __init__(self, user_pools: UserPools) -> None:
        self._user_pools = user_pools
        self._known: set[str] = set()

    async def tokens(self, username: str = WALLET) -> dict[str, str]:
        if username not in self._known:
            await register(self._user_pools, username)
            self._known.add(username)
        return await sign_in(self._user_pools, username)

    async def logins(self, username: str = WALLET) -> dict[str, str]:
        return {PROVIDER: (await self.tokens(username))["IdToken"]}


async def identity_id(pools: IdentityPools, logins: Mapping[str, str] | None = None) -> str:
    answer = await get_id(pools, {"IdentityPoolId": IDENTITY_POOL_ID, "Logins": dict(logins or {})})
    return str(answer["IdentityId"])


async def credentials(
    pools: IdentityPools, identity: str, logins: Mapping[str, str] | None = None
) -> dict[str, Any]:
    fields: dict[str, object] = {"IdentityId": identity}
    if logins is not None:
        fields["Logins"] = dict(logins)
    return await get_credentials_for_identity(pools, fields)
