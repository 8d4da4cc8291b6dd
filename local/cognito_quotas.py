"""Cognito's request quotas of an account, as token buckets: `QUOTAS=aws`, otherwise none.

A quota counts requests, refused ones too. RespondToAuthChallenge has three times the quota of
UserAuthentication for itself; what is above that counts towards UserAuthentication.
https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html

AWS documents no burst: a bucket here holds one second's worth. It lists the operations of each
category in a table; those of GlobalSignOut and its administrators' twin were not seen there and are
read from the category's description, "create, update, and delete your tokens". The ten requests a
second of one user are not modelled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from local.aws_json import Admit, AwsJsonError, admit_all
from local.token_bucket import TokenBucket


class TooManyRequestsError(AwsJsonError):
    """A quota is used up. Both services declare it without an HTTP status, so it is a 400."""


@dataclass(frozen=True)
class Quota:
    """`overflow`: the category that takes what is above this one."""

    per_second: float
    operations: frozenset[str]
    overflow: str = ""


type Quotas = Mapping[str, Quota]
"""By category."""

USER_POOLS: Quotas = {
    "UserAuthentication": Quota(120, frozenset({"AdminInitiateAuth", "InitiateAuth"})),
    "RespondToAuthChallenge": Quota(
        360,
        frozenset({"AdminRespondToAuthChallenge", "RespondToAuthChallenge"}),
        overflow="UserAuthentication",
    ),
    "UserCreation": Quota(
        50, frozenset({"AdminConfirmSignUp", "AdminCreateUser", "ConfirmSignUp", "SignUp"})
    ),
    "UserToken": Quota(
        120,
        frozenset(
            {
                *("AdminUserGlobalSignOut", "GetTokensFromRefreshToken", "GlobalSignOut"),
                "RevokeToken",
            }
        ),
    ),
    "UserRead": Quota(120, frozenset({"AdminGetUser", "GetUser"})),
    "UserUpdate": Quota(
        25,
        frozenset(
            {
                *("AdminDeleteUser", "AdminDeleteUserAttributes", "AdminUpdateUserAttributes"),
                *("DeleteUser", "UpdateUserAttributes"),
            }
        ),
    ),
    "UserList": Quota(30, frozenset({"ListUsers"})),
}
IDENTITY_POOLS: Quotas = {
    "GetId": Quota(25, frozenset({"GetId"})),
    "GetCredentialsForIdentity": Quota(200, frozenset({"GetCredentialsForIdentity"})),
}


def admission(quotas: Quotas, now: Callable[[], float]) -> Admit:
    """Counts each operation, and raises TooManyRequestsError; one of no category is not counted.

    The buckets are full at the start.
    """
    category_of = {name: key for key, quota in quotas.items() for name in quota.operations}
    buckets = {
        key: TokenBucket.full(quota.per_second, quota.per_second, now())
        for key, quota in quotas.items()
    }

    def admit(operation: str) -> None:
        category = category_of.get(operation, "")
        while category:
            if buckets[category].take(now()):
                return
            category = quotas[category].overflow
        if operation in category_of:
            raise TooManyRequestsError("Rate exceeded")

    return admit


@dataclass(frozen=True)
class Admission:
    """What counts the calls of each of Cognito's services."""

    user_pools: Admit = admit_all
    identity_pools: Admit = admit_all


def admission_of(*, has_quotas: bool, now: Callable[[], float]) -> Admission:
    if not has_quotas:
        return Admission()
    return Admission(admission(USER_POOLS, now), admission(IDENTITY_POOLS, now))
