"""What an administrator does to one user, by name.

https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html
https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateUserAttributes.html
https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteUserAttributes.html
https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUserGlobalSignOut.html
https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteUser.html
"""

from collections.abc import Collection
from dataclasses import replace

from local.aws_json import (
    Fields,
    InvalidParameterError,
    read_pairs,
    required_string,
    string_list,
)
from local.cognito_idp.errors import UserNotFoundError
from local.cognito_idp.list_users import attribute_list
from local.cognito_idp.user_pool import UserPool
from local.cognito_idp.user_pool_client import STANDARD_ATTRIBUTES
from local.cognito_idp.user_pools import UserPools
from local.cognito_idp.users import User


async def admin_get_user(pools: UserPools, pool: UserPool, fields: Fields) -> dict[str, object]:
    """Name, all attributes, status and date of a user."""
    user = _find(pools, pool, fields)
    return {
        "Username": user.username,
        "UserAttributes": attribute_list(user),
        "UserCreateDate": user.created_at,
        "Enabled": True,
        "UserStatus": user.status,
    }


async def admin_update_user_attributes(
    pools: UserPools, pool: UserPool, fields: Fields
) -> dict[str, object]:
    """Sets attributes that the pool has; no app client's rights matter."""
    user = _find(pools, pool, fields)
    changed = read_pairs(fields, "UserAttributes")
    _require_known(pool, changed)
    pools.users.add(pool.id, replace(user, attributes={**user.attributes, **changed}))
    return {}


async def admin_delete_user_attributes(
    pools: UserPools, pool: UserPool, fields: Fields
) -> dict[str, object]:
    """Takes attributes away; one that the user does not have is no error."""
    user = _find(pools, pool, fields)
    names = string_list(fields, "UserAttributeNames")
    _require_known(pool, names)
    left = {name: value for name, value in user.attributes.items() if name not in names}
    pools.users.add(pool.id, replace(user, attributes=left))
    return {}


async def admin_user_global_sign_out(
    pools: UserPools, pool: UserPool, fields: Fields
) -> dict[str, object]:
    """Revokes every sign-in of the user that has its tokens; one under way gets its own."""
    pools.refresh_tokens.revoke_all(pool.id, _find(pools, pool, fields).username)
    return {}


async def admin_delete_user(pools: UserPools, pool: UserPool, fields: Fields) -> dict[str, object]:
    """As DeleteUser, of any user."""
    pools.delete_user(pool, _find(pools, pool, fields))
    return {}


def _require_known(pool: UserPool, names: Collection[str]) -> None:
    unknown = sorted(set(names) - STANDARD_ATTRIBUTES - pool.custom_attributes)
    if unknown or not names:
        raise InvalidParameterError(
            f"Attributes did not conform to the schema: {', '.join(unknown)}"
        )


def _find(pools: UserPools, pool: UserPool, fields: Fields) -> User:
    username = pool.canonical_username(required_string(fields, "Username"))
    user = pools.users.find(pool.id, username)
    if user is None:
        raise UserNotFoundError("User does not exist.")
    return user
