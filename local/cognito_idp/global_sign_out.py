"""GlobalSignOut: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GlobalSignOut.html"""

from local.aws_json import Fields
from local.cognito_idp.access_token import authorize
from local.cognito_idp.user_pools import UserPools


async def global_sign_out(pools: UserPools, fields: Fields) -> dict[str, object]:
    """Revoke every sign-in of the caller. JWT libraries accept the ID token until it expires."""
    pool, _, user = authorize(pools, fields)
    pools.refresh_tokens.revoke_all(pool.id, user.username)
    return {}
