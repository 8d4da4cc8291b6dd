"""Make the tokens of a sign-in, letting a PreTokenGeneration trigger (V1) change the ID token.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
"""

from collections.abc import Mapping

from local.cognito_idp.errors import InvalidLambdaResponseError
from local.cognito_idp.refresh_tokens import SignIn
from local.cognito_idp.tokens import Claims, access_token_claims, id_token_claims, sign
from local.cognito_idp.triggers import Trigger, unrecognizable_lambda_output
from local.cognito_idp.user_pool import UserPool
from local.cognito_idp.user_pool_client import UserPoolClient
from local.cognito_idp.user_pools import UserPools
from local.cognito_idp.users import User

AUTHENTICATION = "TokenGeneration_Authentication"
REFRESH_TOKENS = "TokenGeneration_RefreshTokens"
_RESERVED = frozenset(
    {
        "acr",
        "amr",
        "at_hash",
        "aud",
        "auth_time",
        "azp",
        "event_id",
        "exp",
        "iat",
        "identities",
        "iss",
        "jti",
        "nbf",
        "nonce",
        "origin_jti",
        "s_hash",
        "sub",
        "token_use",
    }
)
_RESERVED_PREFIXES = ("cognito:", "aws:", "dev:")


async def generate_tokens(
    pools: UserPools,
    pool: UserPool,
    client: UserPoolClient,
    user: User,
    sign_in: SignIn,
    *,
    source: str,
    client_metadata: Mapping[str, str],
) -> dict[str, object]:
    """AuthenticationResult without a refresh token; ExpiresIn in seconds."""
    now, random_bytes = pools.now(), pools.random_bytes
    id_claims = id_token_claims(pool, client, user, sign_in, now, random_bytes)
    access_claims = access_token_claims(pool, client, user, sign_in, now, random_bytes)
    if "PreTokenGeneration" in pool.triggers:
        response = await _ask_trigger(pools, pool, client, user, source, client_metadata)
        id_claims = _override(id_claims, response)
    return {
        "IdToken": sign(id_claims, pools.keys.find(pool.id, "id")),
        "AccessToken": sign(access_claims, pools.keys.find(pool.id, "access")),
        "ExpiresIn": client.access_token_seconds,
        "TokenType": "Bearer",
    }


async def _ask_trigger(
    pools: UserPools,
    pool: UserPool,
    client: UserPoolClient,
    user: User,
    source: str,
    client_metadata: Mapping[str, str],
) -> Mapping[str, object]:
    request: dict[str, object] = {
        "userAttributes": user.trigger_attributes(client),
        "groupConfiguration": {
            "groupsToOverride": [],
            "iamRolesToOverride": [],
            "preferredRole": None,
        },
    }
    if client_metadata:
        request["clientMetadata"] = dict(client_metadata)
    return await pools.triggers.call(
        Trigger("PreTokenGeneration", source, ("claimsOverrideDetails",)),
        pool=pool,
        client_id=client.id,
        username=user.username,
        request=request,
    )


def _override(claims: Claims, response: Mapping[str, object]) -> Claims:
    details = response.get("claimsOverrideDetails") or {}
    if not isinstance(details, dict):
        raise unrecognizable_lambda_output()
    unmodelled = set(details) - {"claimsToAddOrOverride", "claimsToSuppress"}
    if any(details[name] for name in unmodelled):
        raise InvalidLambdaResponseError(f"the local stack does not model {sorted(unmodelled)}")
    added = details.get("claimsToAddOrOverride") or {}
    suppressed = details.get("claimsToSuppress") or []
    if not isinstance(added, dict) or not all(isinstance(v, str) for v in added.values()):
        raise unrecognizable_lambda_output()
    if not isinstance(suppressed, list) or not all(isinstance(name, str) for name in suppressed):
        raise unrecognizable_lambda_output()
    allowed = {name: value for name, value in added.items() if not _is_reserved(name)}
    gone = {name for name in suppressed if not _is_reserved(name)}
    return {name: value for name, value in {**claims, **allowed}.items() if name not in gone}


def _is_reserved(claim: str) -> bool:
    return claim in _RESERVED or claim.startswith(_RESERVED_PREFIXES)
