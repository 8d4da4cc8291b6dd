"""The calls a dApp makes, one line each."""

from typing import Any

from local.cognito_idp.get_tokens_from_refresh_token import get_tokens_from_refresh_token
from local.cognito_idp.get_user import get_user
from local.cognito_idp.initiate_auth import initiate_auth
from local.cognito_idp.respond_to_auth_challenge import respond_to_auth_challenge
from local.cognito_idp.sign_up import sign_up
from local.cognito_idp.user_pools import UserPools
from tests.local.cognito_idp.fakes import CLIENT_ID, PASSWORD, WALLET


async def register(pools: UserPools, username: str = WALLET, **extra: object) -> dict[str, Any]:
    fields = {"ClientId": CLIENT_ID, "Username": username, "Password": PASSWORD, **extra}
    return await sign_up(pools, fields)


async def start(pools: UserPools, username: str = WALLET, **extra: object) -> dict[str, Any]:
    return await initiate_auth(
        pools,
        {
            "ClientId": CLIENT_ID,
            "AuthFlow": "CUSTOM_AUTH",
            "AuthParameters": {"USERNAME": username},
            **extra,
        },
    )


async def respond(
    pools: UserPools,
    session: str,
    response: str = "open sesame",
    username: str = WALLET,
    **extra: object,
) -> dict[str, Any]:
    return await respond_to_auth_challenge(
        pools,
        {
            "ClientId": CLIENT_ID,
            "ChallengeName": "CUSTOM_CHALLENGE",
            "Session": session,
            "ChallengeResponses": {"USERNAME": username, "ANSWER": response},
            **extra,
        },
    )


async def sign_in(pools: UserPools, username: str = WALLET) -> dict[str, str]:
    """AuthenticationResult of a user who has signed up."""
    challenge = await start(pools, username)
    answer = await respond(pools, challenge["Session"], username=username)
    result: dict[str, str] = answer["AuthenticationResult"]
    return result


async def refresh(pools: UserPools, token: str, client_id: str = CLIENT_ID) -> dict[str, Any]:
    answer = await get_tokens_from_refresh_token(
        pools, {"ClientId": client_id, "RefreshToken": token}
    )
    result: Any = answer["AuthenticationResult"]
    return dict(result)


async def who_am_i(pools: UserPools, access_token: str) -> dict[str, Any]:
    return await get_user(pools, {"AccessToken": access_token})
