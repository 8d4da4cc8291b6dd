"""The identity pool API as Amplify and the SDKs call it: POST / with X-Amz-Target."""

from functools import partial

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from local.aws_json import Admit, Operation, admit_all, answer, cors
from local.cognito_identity.get_credentials_for_identity import get_credentials_for_identity
from local.cognito_identity.get_id import get_id
from local.cognito_identity.identity_pools import IdentityPools

SERVICE = "AWSCognitoIdentityService"


def build_app(identity_pools: IdentityPools, *, admit: Admit = admit_all) -> Starlette:
    """An ASGI app for the identity pool endpoint.

    A POST is served at any path: Amplify and boto3 send it to the endpoint itself, without a
    trailing slash, where a Mount alone would redirect. So give the app to a Route and a Mount.
    """
    operations: dict[str, Operation] = {
        "GetId": partial(get_id, identity_pools),
        "GetCredentialsForIdentity": partial(get_credentials_for_identity, identity_pools),
    }

    async def call(request: Request) -> Response:
        return await answer(request, SERVICE, operations, admit=admit)

    return Starlette(routes=[Route("/{path:path}", call, methods=["POST"])], middleware=[cors()])
