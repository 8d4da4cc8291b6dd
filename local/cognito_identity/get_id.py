"""GetId: https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetId.html"""

from local.aws_json import Fields, required_string, string_map
from local.cognito_identity.errors import NotAuthorizedError
from local.cognito_identity.identity_pools import IdentityPools


async def get_id(pools: IdentityPools, fields: Fields) -> dict[str, object]:
    """A new guest, or the one identity of a login."""
    pool = pools.pool(required_string(fields, "IdentityPoolId"))
    login = pools.prove_login(pool, string_map(fields, "Logins"))
    if login is None and not pool.allow_guests:
        raise NotAuthorizedError("Unauthenticated access is not supported for this identity pool.")
    found = pools.identities.find_by_login(pool.id, login) if login else None
    identity = found or pools.identities.create(pool.id, login)
    return {"IdentityId": identity.id}
