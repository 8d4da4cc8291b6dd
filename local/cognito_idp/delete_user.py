"""DeleteUser: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUser.html"""

from local.aws_json import Fields
from local.cognito_idp.access_token import authorize
from local.cognito_idp.user_pools import UserPools


async def delete_user(pools: UserPools, fields: Fields) -> dict[str, object]:
    """Delete the caller's own record. No trigger runs."""
    pool, _, user = authorize(pools, fields)
    pools.delete_user(pool, user)
    return {}
