"""Who calls, for the operations authorized by an access token."""

from local.aws_json import Fields, required_string
from local.cognito_idp.errors import NotAuthorizedError
from local.cognito_idp.tokens import TokenError, TokenExpiredError
from local.cognito_idp.user_pool import UserPool
from local.cognito_idp.user_pool_client import UserPoolClient
from local.cognito_idp.user_pools import UserPools
from local.cognito_idp.users import User
from local.request_notes import notes


def authorize(pools: UserPools, fields: Fields) -> tuple[UserPool, UserPoolClient, User]:
    """Pool, client and user of `AccessToken`. Raises NotAuthorizedError with AWS's texts."""
    try:
        pool, claims = pools.verify_access_token(required_string(fields, "AccessToken"))
    except TokenExpiredError:
        raise NotAuthorizedError("Access Token has expired") from None
    except TokenError:
        raise NotAuthorizedError("Invalid Access Token") from None
    if pools.is_revoked(claims):
        raise NotAuthorizedError("Access Token has been revoked")
    user = pools.users.find(pool.id, claims["username"])
    if user is None:
        raise NotAuthorizedError("Invalid Access Token")
    notes().set_wallet(user.username)
    _, client = pools.client(claims["client_id"])
    return pool, client, user
