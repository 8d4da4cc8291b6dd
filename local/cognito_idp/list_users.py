"""ListUsers, by pages, with a filter on the beginning of the user name or none.

https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html
"""

import re

from local.aws_json import (
    Fields,
    InvalidParameterError,
    SerializationError,
    optional_string,
)
from local.cognito_idp.user_pool import UserPool
from local.cognito_idp.user_pools import UserPools
from local.cognito_idp.users import User

MAX_LIMIT = 60
_FILTER = re.compile(r'username \^= "(\w*)"')


async def list_users(pools: UserPools, pool: UserPool, fields: Fields) -> dict[str, object]:
    """Users by name, from the one after that in the PaginationToken.

    AttributesToGet is refused: AWS answers it with an error where a user lacks one of them.
    """
    if "AttributesToGet" in fields:
        raise InvalidParameterError("the local stack does not model AttributesToGet")
    prefix, limit = _read_prefix(fields), _read_limit(fields)
    last = optional_string(fields, "PaginationToken") or ""
    found = pools.users.page(pool.id, prefix=prefix, after=last, limit=limit + 1)
    page: dict[str, object] = {"Users": [_describe(user) for user in found[:limit]]}
    if len(found) > limit:
        page["PaginationToken"] = found[limit - 1].username
    return page


def attribute_list(user: User) -> list[dict[str, str]]:
    """All attributes, as administrators read them."""
    attributes = {"sub": user.sub, **user.attributes}
    return [{"Name": name, "Value": value} for name, value in attributes.items()]


def _describe(user: User) -> dict[str, object]:
    return {
        "Username": user.username,
        "Attributes": attribute_list(user),
        "UserCreateDate": user.created_at,
        "Enabled": True,
        "UserStatus": user.status,
    }


def _read_prefix(fields: Fields) -> str:
    text = optional_string(fields, "Filter")
    if not text:
        return ""
    match = _FILTER.fullmatch(text)
    if match is None:
        raise InvalidParameterError(f"the local stack does not model the filter {text}")
    return match[1]


def _read_limit(fields: Fields) -> int:
    limit = fields.get("Limit", MAX_LIMIT)
    if not isinstance(limit, int) or isinstance(limit, bool):
        raise SerializationError("Limit is not a number")
    if not 1 <= limit <= MAX_LIMIT:
        raise InvalidParameterError("1 validation error detected: Value at 'limit' failed")
    return limit
