"""SignUp: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html"""

import re

from local.aws_json import (
    Fields,
    InvalidParameterError,
    read_pairs,
    required_string,
    string_map,
)
from local.cognito_idp.errors import NotAuthorizedError, UsernameExistsError
from local.cognito_idp.identifiers import new_uuid
from local.cognito_idp.trigger_responses import read_auto_confirm
from local.cognito_idp.triggers import PRE_SIGN_UP
from local.cognito_idp.user_pool import UserPool
from local.cognito_idp.user_pool_client import STANDARD_ATTRIBUTES, UserPoolClient
from local.cognito_idp.user_pools import UserPools
from local.cognito_idp.users import User
from local.request_notes import notes


async def sign_up(pools: UserPools, fields: Fields) -> dict[str, object]:
    """Create a user; the PreSignUp trigger may refuse or confirm it."""
    pool, client = pools.client(required_string(fields, "ClientId"))
    username = pool.canonical_username(_read_username(fields))
    notes().set_wallet(username)
    if not pool.sign_up_allowed:
        raise NotAuthorizedError("SignUp is not permitted for this user pool")
    pool.password_policy.check(required_string(fields, "Password"))
    attributes = read_pairs(fields, "UserAttributes")
    _check_attributes(attributes, pool, client)
    _refuse_duplicate(pools, pool, username)
    confirmed = await _ask_trigger(pools, pool, client.id, username, attributes, fields)
    # Again, because another SignUp may have finished while the trigger ran.
    _refuse_duplicate(pools, pool, username)
    user = User(
        username, new_uuid(pools.random_bytes), confirmed, attributes, created_at=pools.now()
    )
    pools.users.add(pool.id, user)
    return {"UserConfirmed": confirmed, "UserSub": user.sub}


async def _ask_trigger(
    pools: UserPools,
    pool: UserPool,
    client_id: str,
    username: str,
    attributes: dict[str, str],
    fields: Fields,
) -> bool:
    request: dict[str, object] = {
        "userAttributes": attributes,
        "validationData": read_pairs(fields, "ValidationData") or None,
    }
    metadata = string_map(fields, "ClientMetadata")
    if metadata:
        request["clientMetadata"] = metadata
    if PRE_SIGN_UP.name not in pool.triggers:
        return False
    response = await pools.triggers.call(
        PRE_SIGN_UP, pool=pool, client_id=client_id, username=username, request=request
    )
    return read_auto_confirm(response)


def _read_username(fields: Fields) -> str:
    username = required_string(fields, "Username")
    if len(username) > 128 or re.search(r"\s", username):
        raise InvalidParameterError(
            "1 validation error detected: Value at 'username' failed to satisfy constraint: "
            r"Member must satisfy regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}]+"
        )
    return username


def _check_attributes(attributes: dict[str, str], pool: UserPool, client: UserPoolClient) -> None:
    unknown = sorted(set(attributes) - STANDARD_ATTRIBUTES - pool.custom_attributes)
    if unknown:
        raise InvalidParameterError(
            f"Attributes did not conform to the schema: {', '.join(unknown)}"
        )
    if not set(attributes) <= client.write_attributes:
        raise NotAuthorizedError("A client attempted to write unauthorized attribute")


def _refuse_duplicate(pools: UserPools, pool: UserPool, username: str) -> None:
    if pools.users.find(pool.id, username) is not None:
        raise UsernameExistsError("User already exists")
