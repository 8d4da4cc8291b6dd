"""GetTokensFromRefreshToken, the only refresh call of Amplify v6. Tokens are not rotated.

https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetTokensFromRefreshToken.html
"""

from collections.abc import Mapping

from local.cognito_idp.aws_json import Fields, required_string, string_map
from local.cognito_idp.errors import NotAuthorizedError
from local.cognito_idp.refresh_tokens import SignIn
from local.cognito_idp.token_generation import REFRESH_TOKENS, generate_tokens
from local.cognito_idp.user_pool import UserPool
from local.cognito_idp.user_pool_client import UserPoolClient
from local.cognito_idp.user_pools import UserPools


async def get_tokens_from_refresh_token(pools: UserPools, fields: Fields) -> dict[str, object]:
    """New ID and access tokens of the same sign-in."""
    pool, client = pools.client(required_string(fields, "ClientId"))
    token = required_string(fields, "RefreshToken")
    metadata = string_map(fields, "ClientMetadata")
    return {"AuthenticationResult": await refresh(pools, pool, client, token, metadata)}


async def refresh(
    pools: UserPools,
    pool: UserPool,
    client: UserPoolClient,
    token: str,
    metadata: Mapping[str, str],
) -> dict[str, object]:
    """AuthenticationResult without a refresh token. Raises NotAuthorizedError."""
    sign_in = pools.refresh_tokens.find(token)
    if sign_in is None or sign_in.client_id != client.id:
        raise NotAuthorizedError("Invalid Refresh Token")
    _require_current(pools, sign_in)
    user = pools.users.find(pool.id, sign_in.username)
    if user is None:
        raise NotAuthorizedError("Invalid Refresh Token")
    tokens = await generate_tokens(
        pools, pool, client, user, sign_in, source=REFRESH_TOKENS, client_metadata=metadata
    )
    # Again, because it may have been revoked while a trigger ran.
    _require_current(pools, sign_in)
    return tokens


def _require_current(pools: UserPools, sign_in: SignIn) -> None:
    if pools.refresh_tokens.is_revoked(sign_in.origin_jti):
        raise NotAuthorizedError("Refresh Token has been revoked")
    if pools.now() >= sign_in.expires_at:
        raise NotAuthorizedError("Refresh Token has expired")
