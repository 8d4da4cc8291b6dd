"""GetUser: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUser.html"""

from local.aws_json import Fields
from local.cognito_idp.access_token import authorize
from local.cognito_idp.user_pools import UserPools


async def get_user(pools: UserPools, fields: Fields) -> dict[str, object]:
    """Name and attributes of the caller."""
    _, client, user = authorize(pools, fields)
    attributes = {"sub": user.sub, **user.attributes_for(client)}
    return {
        "Username": user.username,
        "UserAttributes": [{"Name": name, "Value": value} for name, value in attributes.items()],
    }
