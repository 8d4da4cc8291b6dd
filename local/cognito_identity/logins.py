"""Prove the `Logins` of a call: provider name -> ID token of one of the pool's clients.

https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-integrating-user-pools-with-identity-pools.html
https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_CognitoIdentityProvider.html
"""

from collections.abc import Mapping
from typing import Any, Protocol

from local.aws_json import InvalidParameterError
from local.cognito_identity.errors import NotAuthorizedError
from local.cognito_identity.identities import Login
from local.cognito_identity.identity_pool import IdentityPool, IdentityProvider
from local.cognito_idp.tokens import TokenError, TokenExpiredError, TokenSignatureError
from local.cognito_idp.user_pool import UserPool
from local.request_notes import notes


class TokenVerifier(Protocol):
    """`local.cognito_idp.user_pools.UserPools` is one."""

    def find_by_provider_name(self, provider_name: str) -> UserPool | None: ...
    def verify_id_token(self, user_pool_arn: str, token: str) -> dict[str, Any]: ...
    def is_signed_out(self, claims: Mapping[str, Any]) -> bool: ...


def prove_login(
    user_pools: TokenVerifier, pool: IdentityPool, logins: Mapping[str, str], now: float
) -> Login | None:
    """The login, or None for a guest. Raises NotAuthorizedError."""
    if not logins:
        notes().caller = "guest"
        return None
    if len(logins) > 1:
        raise InvalidParameterError("the local stack does not model more than one login")
    [(provider_name, token)] = logins.items()
    providers = [provider for provider in pool.providers if provider.name == provider_name]
    user_pool = user_pools.find_by_provider_name(provider_name)
    if not providers or user_pool is None:
        raise NotAuthorizedError("Token is not from a supported provider of this identity pool.")
    claims = _verify(user_pools, user_pool, token, now)
    _require_provider(user_pools, providers, claims)
    notes().set_wallet(str(claims.get("cognito:username")))
    return Login(provider_name, str(claims["sub"]))


def _verify(
    user_pools: TokenVerifier, user_pool: UserPool, token: str, now: float
) -> dict[str, Any]:
    try:
        return user_pools.verify_id_token(user_pool.arn, token)
    except TokenExpiredError as error:
        raise NotAuthorizedError(
            f"Invalid login token. Token expired: {error.expired_at} >= {int(now)}"
        ) from None
    except TokenSignatureError:
        # as quoted at https://github.com/aws/aws-sdk-js/issues/3408
        raise NotAuthorizedError("Invalid login token. Couldn't verify signed token.") from None
    except TokenError:
        raise NotAuthorizedError(
            "Invalid login token. Not a valid OpenId Connect identity token."
        ) from None


def _require_provider(
    user_pools: TokenVerifier, providers: list[IdentityProvider], claims: Mapping[str, Any]
) -> None:
    of_client = [provider for provider in providers if provider.client_id == claims["aud"]]
    if not of_client:
        raise NotAuthorizedError("Invalid login token. Incorrect token audience.")
    checked = any(provider.server_side_token_check for provider in of_client)
    # AWS names "globally signed out or deleted" here, and no token that was revoked by itself
    if checked and user_pools.is_signed_out(claims):
        raise NotAuthorizedError("Invalid login token. Token has been revoked.")
