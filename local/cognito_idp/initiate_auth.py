"""InitiateAuth, flows CUSTOM_AUTH and REFRESH_TOKEN_AUTH.

https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html
"""

from local.aws_json import (
    Fields,
    InvalidParameterError,
    required_string,
    string_map,
)
from local.cognito_idp.auth_sessions import AuthRound
from local.cognito_idp.custom_auth import require_confirmed, take_next_step
from local.cognito_idp.errors import UserNotFoundError
from local.cognito_idp.get_tokens_from_refresh_token import refresh
from local.cognito_idp.triggers import (
    CREATE_AUTH_CHALLENGE,
    DEFINE_AUTH_CHALLENGE,
    VERIFY_AUTH_CHALLENGE_RESPONSE,
)
from local.cognito_idp.user_pool import UserPool
from local.cognito_idp.user_pool_client import UserPoolClient
from local.cognito_idp.user_pools import UserPools
from local.cognito_idp.users import User

_ALLOWED_BY = {
    "CUSTOM_AUTH": "ALLOW_CUSTOM_AUTH",
    "REFRESH_TOKEN_AUTH": "ALLOW_REFRESH_TOKEN_AUTH",
    "REFRESH_TOKEN": "ALLOW_REFRESH_TOKEN_AUTH",
}


async def initiate_auth(pools: UserPools, fields: Fields) -> dict[str, object]:
    """Start a sign-in, or refresh one. The flow must be enabled for the client."""
    pool, client = pools.client(required_string(fields, "ClientId"))
    flow = required_string(fields, "AuthFlow")
    _require_enabled(flow, client)
    parameters = string_map(fields, "AuthParameters")
    if flow == "CUSTOM_AUTH":
        return await _start_custom_auth(pools, pool, client, parameters)
    token = _required_parameter(parameters, "REFRESH_TOKEN")
    metadata = string_map(fields, "ClientMetadata")
    tokens = await refresh(pools, pool, client, token, metadata)
    return {"ChallengeParameters": {}, "AuthenticationResult": tokens}


async def _start_custom_auth(
    pools: UserPools, pool: UserPool, client: UserPoolClient, parameters: dict[str, str]
) -> dict[str, object]:
    _require_triggers(pool)
    if parameters.get("CHALLENGE_NAME", "CUSTOM_CHALLENGE") != "CUSTOM_CHALLENGE":
        raise InvalidParameterError("the local stack does not model SRP before a custom challenge")
    username = pool.canonical_username(_required_parameter(parameters, "USERNAME"))
    user = pools.users.find(pool.id, username)
    _require_known_and_confirmed(user, client)
    auth_round = AuthRound(client_id=client.id, username=username, user_not_found=user is None)
    # ClientMetadata of InitiateAuth does not reach Define and Create in AWS, so none is passed.
    return await take_next_step(pools, auth_round, {})


def _require_known_and_confirmed(user: User | None, client: UserPoolClient) -> None:
    if user is not None:
        require_confirmed(user)
    elif not client.prevent_user_existence_errors:
        raise UserNotFoundError("User does not exist.")


def _require_triggers(pool: UserPool) -> None:
    required = (DEFINE_AUTH_CHALLENGE, CREATE_AUTH_CHALLENGE, VERIFY_AUTH_CHALLENGE_RESPONSE)
    if any(trigger.name not in pool.triggers for trigger in required):
        raise InvalidParameterError(
            "Custom auth lambda trigger is not configured for the user pool."
        )


def _require_enabled(flow: str, client: UserPoolClient) -> None:
    if _ALLOWED_BY.get(flow) in client.flows:
        return
    if flow.startswith("ADMIN_"):
        raise InvalidParameterError("Initiate Auth method not supported.")
    if flow == "USER_PASSWORD_AUTH":
        raise InvalidParameterError("USER_PASSWORD_AUTH flow not enabled for this client")
    raise InvalidParameterError(f"{flow} is not enabled for the client.")


def _required_parameter(parameters: dict[str, str], name: str) -> str:
    value = parameters.get(name)
    if not value:
        raise InvalidParameterError(f"Missing required parameter {name}")
    return value
