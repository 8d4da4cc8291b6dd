"""RevokeToken: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RevokeToken.html"""

from local.aws_json import Fields, InvalidParameterError, required_string
from local.cognito_idp.errors import UnauthorizedError, UnsupportedTokenTypeError
from local.cognito_idp.tokens import TokenError, unverified_issuer
from local.cognito_idp.user_pools import UserPools


async def revoke_token(pools: UserPools, fields: Fields) -> dict[str, object]:
    """Revoke a refresh token and the access tokens of its sign-in."""
    _, client = pools.client(required_string(fields, "ClientId"))
    token = required_string(fields, "Token")
    _refuse_jwt(token)
    sign_in = pools.refresh_tokens.find(token)
    if sign_in is None:
        raise InvalidParameterError("Invalid refresh token")
    if sign_in.client_id != client.id:
        raise UnauthorizedError("Client is not authorized to revoke this token")
    pools.refresh_tokens.revoke(sign_in)
    return {}


def _refuse_jwt(token: str) -> None:
    try:
        unverified_issuer(token)
    except TokenError:
        return
    raise UnsupportedTokenTypeError("Unsupported token type")
