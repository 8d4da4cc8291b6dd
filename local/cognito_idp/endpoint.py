"""The user pool API as Amplify and the SDKs call it: POST / with X-Amz-Target, and the JWKS."""

from functools import partial

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.aws_json import Admit, Operation, admit_all, answer, cors
from local.cognito_idp.administration import Administration, Verify
from local.cognito_idp.delete_user import delete_user
from local.cognito_idp.get_tokens_from_refresh_token import get_tokens_from_refresh_token
from local.cognito_idp.get_user import get_user
from local.cognito_idp.global_sign_out import global_sign_out
from local.cognito_idp.initiate_auth import initiate_auth
from local.cognito_idp.respond_to_auth_challenge import respond_to_auth_challenge
from local.cognito_idp.revoke_token import revoke_token
from local.cognito_idp.sign_up import sign_up
from local.cognito_idp.user_pools import UserPools

SERVICE = "AWSCognitoIdentityProviderService"


def build_app(user_pools: UserPools, verify: Verify, *, admit: Admit = admit_all) -> Starlette:
    """An ASGI app for the user pool endpoint; `verify` checks the signature of an administrator.

    `admit` counts the calls of administrators too.

    A POST is served at any path: Amplify and boto3 send it to the endpoint itself, without a
    trailing slash, where a Mount alone would redirect. So give the app to a Route and a Mount.
    """
    operations: dict[str, Operation] = {
        "SignUp": partial(sign_up, user_pools),
        "InitiateAuth": partial(initiate_auth, user_pools),
        "RespondToAuthChallenge": partial(respond_to_auth_challenge, user_pools),
        "GetUser": partial(get_user, user_pools),
        "GetTokensFromRefreshToken": partial(get_tokens_from_refresh_token, user_pools),
        "RevokeToken": partial(revoke_token, user_pools),
        "GlobalSignOut": partial(global_sign_out, user_pools),
        "DeleteUser": partial(delete_user, user_pools),
    }

    administration = Administration(user_pools, SERVICE, verify, admit)

    async def call(request: Request) -> Response:
        if request.headers.get("x-amz-target") in administration.names:
            return await administration(request)
        return await answer(request, SERVICE, operations, admit=admit)

    async def jwks(request: Request) -> Response:
        keys = user_pools.jwks(request.path_params["user_pool_id"])
        if keys is None:
            return JSONResponse({"message": "User pool does not exist."}, status_code=404)
        return JSONResponse(keys)

    return Starlette(
        routes=[
            Route("/{path:path}", call, methods=["POST"]),
            Route("/{user_pool_id}/.well-known/jwks.json", jwks, methods=["GET"]),
        ],
        middleware=[cors()],
    )
