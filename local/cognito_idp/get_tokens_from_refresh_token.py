"""GetTokensFromRefreshToken, the only refresh call of Amplify v6 and of clients that rotate.

With rotation, each call gives a new refresh token for the remaining time of the first, and the one
sent stays valid for the client's grace period. AWS documents no more than that a token invalidated
so is answered with RefreshTokenReuseException. That it ends nothing else, and that a retry within
the grace period gets a token of its own, is our reading.

https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetTokensFromRefreshToken.html
https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html
"""

from collections.abc import Mapping

from local.aws_json import Fields, required_string, string_map
from local.cognito_idp.errors import NotAuthorizedError, RefreshTokenReuseError
from local.cognito_idp.refresh_tokens import SignIn
from local.cognito_idp.token_generation import REFRESH_TOKENS, generate_tokens
from local.cognito_idp.user_pool import UserPool
from local.cognito_idp.user_pool_client import UserPoolClient
from local.cognito_idp.user_pools import UserPools
from local.request_notes import notes


async def get_tokens_from_refresh_token(pools: UserPools, fields: Fields) -> dict[str, object]:
    """New tokens of the same sign-in."""
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
    """AuthenticationResult, with a refresh token only where the client rotates.

    Raises NotAuthorizedError, RefreshTokenReuseError.
    """
    sign_in = _require_current(pools, client, token)
    user = pools.users.find(pool.id, sign_in.username)
    if user is None:
        raise NotAuthorizedError("Invalid Refresh Token")
    tokens = await generate_tokens(
        pools, pool, client, user, sign_in, source=REFRESH_TOKENS, client_metadata=metadata
    )
    # Again, because it may have been revoked or rotated while a trigger ran.
    _require_current(pools, client, token)
    if client.rotation_grace_seconds is None:
        return tokens
    return {**tokens, "RefreshToken": pools.refresh_tokens.rotate(token, now=pools.now())}


def _require_current(pools: UserPools, client: UserPoolClient, token: str) -> SignIn:
    sign_in = pools.refresh_tokens.find(token)
    if sign_in is None or sign_in.client_id != client.id:
        raise NotAuthorizedError("Invalid Refresh Token")
    notes().set_wallet(sign_in.username)
    if pools.refresh_tokens.is_revoked(sign_in.origin_jti):
        raise NotAuthorizedError("Refresh Token has been revoked")
    if sign_in.has_aged or pools.now() >= sign_in.expires_at:
        raise NotAuthorizedError("Refresh Token has expired")
    rotated_at = pools.refresh_tokens.rotated_at(token)
    grace_seconds = client.rotation_grace_seconds or 0
    if rotated_at is not None and pools.now() >= rotated_at + grace_seconds:
        raise RefreshTokenReuseError("Refresh Token has been rotated")
    return sign_in
