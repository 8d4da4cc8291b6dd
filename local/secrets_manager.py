"""AWS Secrets Manager as the stack's functions use it: GetSecretValue, signed and allowed.

Source: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.iam.policy import is_allowed
from local.iam.sessions import Session, Sessions
from local.iam.sigv4 import SigV4Error, verify_sigv4

_TARGET = "secretsmanager.GetSecretValue"
_ACTION = "secretsmanager:GetSecretValue"


def build_app(
    secrets: Mapping[str, str], sessions: Sessions, region: str, now: Callable[[], float]
) -> Starlette:
    """Secrets by ARN, behind the signature and the policy check AWS makes."""
    verify = partial(verify_sigv4, sessions=sessions, service="secretsmanager", region=region)

    async def endpoint(request: Request) -> Response:
        body = await request.body()
        try:
            session = verify(request, body, now=now())
        except SigV4Error as error:
            return _refuse(error.error_type, error.message)
        if request.headers.get("x-amz-target") != _TARGET:
            message = "the local stack models GetSecretValue only"
            return _refuse("UnknownOperationException", message)
        arn = str((await request.json()).get("SecretId"))
        return _get_secret_value(secrets, session, arn)

    return Starlette(routes=[Route("/", endpoint, methods=["POST"])])


def _get_secret_value(secrets: Mapping[str, str], session: Session, arn: str) -> Response:
    if not is_allowed(session.role, action=_ACTION, resource=arn, context={}):
        who = f"User: {session.assumed_role_arn} is not authorized to perform: {_ACTION}"
        return _refuse("AccessDeniedException", f"{who} on resource: {arn}")
    if arn not in secrets:
        message = "Secrets Manager can't find the specified secret."
        return _refuse("ResourceNotFoundException", message)
    return JSONResponse({"ARN": arn, "Name": arn.split(":")[-1], "SecretString": secrets[arn]})


def _refuse(error_type: str, message: str) -> Response:
    return JSONResponse({"__type": error_type, "message": message}, status_code=400)
