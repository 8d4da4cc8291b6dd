"""ID and access tokens: what they hold, how they are signed, how they are checked.

TokenError
├── TokenExpiredError     genuine, but past its `exp`
└── TokenSignatureError   names a key of the pool, which did not sign it

https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html
"""

from collections.abc import Collection, Mapping
from typing import Any

import jwt

from local.cognito_idp.identifiers import RandomBytes, new_uuid
from local.cognito_idp.refresh_tokens import SignIn
from local.cognito_idp.signing_keys import SigningKey, TokenUse
from local.cognito_idp.user_pool import UserPool
from local.cognito_idp.user_pool_client import UserPoolClient
from local.cognito_idp.users import User

ACCESS_SCOPE = "aws.cognito.signin.user.admin"
_BOOLEAN_ATTRIBUTES = ("email_verified", "phone_number_verified")
type Claims = dict[str, Any]


class TokenError(Exception):
    """Not a token of this pool for this use; the text never holds the token."""


class TokenExpiredError(TokenError):
    """The token was genuine until `expired_at` (epoch seconds)."""

    def __init__(self, expired_at: int) -> None:
        super().__init__("the token has expired")
        self.expired_at = expired_at


class TokenSignatureError(TokenError):
    """The key that the token names did not sign it."""


def id_token_claims(
    pool: UserPool,
    client: UserPoolClient,
    user: User,
    sign_in: SignIn,
    now: float,
    random_bytes: RandomBytes,
) -> Claims:
    """Standard claims and the attributes a client may read; lifetime from the client."""
    attributes = {
        name: value == "true" if name in _BOOLEAN_ATTRIBUTES else value
        for name, value in user.attributes_for(client).items()
    }
    return {
        **attributes,
        **_shared_claims(pool, user, sign_in, "id", now, client.id_token_seconds, random_bytes),
        "aud": client.id,
        "cognito:username": user.username,
    }


def access_token_claims(
    pool: UserPool,
    client: UserPoolClient,
    user: User,
    sign_in: SignIn,
    now: float,
    random_bytes: RandomBytes,
) -> Claims:
    """An access token has `client_id` and `username`, and no `aud`."""
    seconds = client.access_token_seconds
    return {
        **_shared_claims(pool, user, sign_in, "access", now, seconds, random_bytes),
        "client_id": client.id,
        "scope": ACCESS_SCOPE,
        "username": user.username,
    }


def _shared_claims(
    pool: UserPool,
    user: User,
    sign_in: SignIn,
    use: TokenUse,
    now: float,
    seconds: int,
    random_bytes: RandomBytes,
) -> Claims:
    return {
        "sub": user.sub,
        "iss": pool.issuer,
        "token_use": use,
        "auth_time": sign_in.auth_time,
        "iat": int(now),
        "exp": int(now) + seconds,
        "jti": new_uuid(random_bytes),
        "origin_jti": sign_in.origin_jti,
        "event_id": sign_in.event_id,
    }


def sign(claims: Mapping[str, Any], key: SigningKey) -> str:
    """Cognito's header has `kid` and `alg` and no `typ`."""
    headers: dict[str, Any] = {"kid": key.kid, "typ": None}
    return jwt.encode(dict(claims), key.private_key, algorithm="RS256", headers=headers)


def verify(
    token: str,
    *,
    expected_key: SigningKey,
    expected_issuer: str,
    expected_use: TokenUse,
    expected_clients: Collection[str],
    now: float,
) -> Claims:
    """The claims of a genuine, current token. Raises TokenError or TokenExpiredError."""
    claims = _decode(token, expected_key)
    client_claim = "aud" if expected_use == "id" else "client_id"
    if claims.get("iss") != expected_issuer or claims.get("token_use") != expected_use:
        raise TokenError("the token is of another pool or for another use")
    if claims.get(client_claim) not in list(expected_clients):
        raise TokenError("the token is for another client")
    expires_at = claims.get("exp")
    if not isinstance(expires_at, int) or not isinstance(claims.get("sub"), str):
        raise TokenError("the token lacks exp or sub")
    if now >= expires_at:
        raise TokenExpiredError(expires_at)
    return claims


def unverified_issuer(token: str) -> str:
    """`iss` of a token nobody has checked, to find the pool that can. Raises TokenError."""
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        raise TokenError("not a JWT") from None
    return str(claims.get("iss"))


def _decode(token: str, key: SigningKey) -> Claims:
    # Times are checked above against the injected clock, the rest against expected values.
    options: Any = {
        "verify_exp": False,
        "verify_iat": False,
        "verify_nbf": False,
        "verify_aud": False,
        "verify_iss": False,
    }
    try:
        if jwt.get_unverified_header(token).get("kid") != key.kid:
            raise TokenError("the token names another key")
        public_key = key.private_key.public_key()
        claims: Claims = jwt.decode(token, public_key, algorithms=["RS256"], options=options)
    except jwt.InvalidSignatureError:
        raise TokenSignatureError("the pool did not sign the token") from None
    except jwt.PyJWTError:
        raise TokenError("not a JWT") from None
    return claims
