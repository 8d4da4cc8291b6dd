"""GetCredentialsForIdentity, the enhanced flow.

https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetCredentialsForIdentity.html
"""

from local.aws_json import (
    Fields,
    InvalidParameterError,
    required_string,
    string_map,
)
from local.cognito_identity.errors import (
    NotAuthorizedError,
    ResourceNotFoundError,
    logins_do_not_match,
)
from local.cognito_identity.identities import Identity, Login
from local.cognito_identity.identity_pools import IdentityPools


async def get_credentials_for_identity(pools: IdentityPools, fields: Fields) -> dict[str, object]:
    """Credentials of the guest or authenticated role; Expiration in epoch seconds."""
    if "CustomRoleArn" in fields:
        raise InvalidParameterError("the local stack does not model CustomRoleArn")
    requested_id = required_string(fields, "IdentityId")
    identity = _find(pools, requested_id)
    pool = pools.pool(identity.pool_id)
    login = pools.prove_login(pool, string_map(fields, "Logins"))
    if login is None:
        _require_guest(requested_id, identity, pool.allow_guests)
    else:
        identity = _log_in(pools, identity, login)
    session = pools.assume_role(identity)
    return {
        "IdentityId": identity.id,
        "Credentials": {
            "AccessKeyId": session.access_key_id,
            "SecretKey": session.secret_access_key,
            "SessionToken": session.session_token,
            "Expiration": session.expires_at,
        },
    }


def _find(pools: IdentityPools, identity_id: str) -> Identity:
    identity = pools.identities.find(identity_id)
    if identity is None:
        raise ResourceNotFoundError(f"Identity '{identity_id}' not found.")
    return identity


def _require_guest(requested_id: str, identity: Identity, allow_guests: bool) -> None:
    if identity.login is not None:
        raise NotAuthorizedError(f"Access to Identity '{requested_id}' is forbidden.")
    if not allow_guests:
        raise NotAuthorizedError("Unauthenticated access is not supported for this identity pool.")


def _log_in(pools: IdentityPools, identity: Identity, login: Login) -> Identity:
    if identity.login == login:
        return identity
    if identity.login is not None:
        raise logins_do_not_match()
    known = pools.identities.find_by_login(identity.pool_id, login)
    if known is None:
        return pools.identities.link(identity, login)
    # The login keeps its identity; the guest is merged into it, as AWS does.
    return pools.identities.merge(identity, known)
