"""AWS Secrets Manager as the stack's functions use it: GetSecretValue, signed and allowed.

A secret has its one current version here: nothing rotates it on this machine.

Source: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.cognito_idp.state import State
from local.errors import UnsupportedError
from local.iam.policy import is_allowed
from local.iam.sessions import Session, Sessions
from local.iam.sigv4 import SigV4Error, verify_sigv4
from local.template.stack_template import Resource

_TARGET = "secretsmanager.GetSecretValue"
_ACTION = "secretsmanager:GetSecretValue"
_CURRENT = "AWSCURRENT"
_GENERATED = frozenset({"PasswordLength", "ExcludePunctuation"})


def read_secrets(
    resources: Iterable[Resource], state: State, random_bytes: Callable[[int], bytes]
) -> dict[str, str]:
    """Secrets by ARN: as given, or generated once and then remembered.

    Raises UnsupportedError for a way of generating that is not modelled.
    """
    generated = state.table("secrets")
    secrets = {}
    for resource in resources:
        arn, rule = resource.physical_id, resource.properties.get("GenerateSecretString")
        if rule is None:
            secrets[arn] = resource.properties["SecretString"]
            continue
        if arn not in generated:
            generated[arn] = _generate(resource.logical_id, rule, random_bytes)
            state.save()
        secrets[arn] = generated[arn]
    return secrets


def _generate(
    logical_id: str, rule: Mapping[str, object], random_bytes: Callable[[int], bytes]
) -> str:
    """Letters and digits; https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html"""
    if set(rule) != _GENERATED or rule["ExcludePunctuation"] is not True:
        raise UnsupportedError(f"{logical_id}: only a length without punctuation is modelled")
    length = int(str(rule["PasswordLength"]))
    text = base64.b32encode(random_bytes(length)).decode()
    return text[:length]


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
        asked = await request.json()
        stage = str(asked.get("VersionStage", _CURRENT))
        return _get_secret_value(secrets, session, str(asked.get("SecretId")), stage)

    return Starlette(routes=[Route("/", endpoint, methods=["POST"])])


def _get_secret_value(
    secrets: Mapping[str, str], session: Session, arn: str, stage: str
) -> Response:
    if not is_allowed(session.role, action=_ACTION, resource=arn, context={}):
        who = f"User: {session.assumed_role_arn} is not authorized to perform: {_ACTION}"
        return _refuse("AccessDeniedException", f"{who} on resource: {arn}")
    if arn not in secrets:
        message = "Secrets Manager can't find the specified secret."
        return _refuse("ResourceNotFoundException", message)
    if stage != _CURRENT:
        message = "Secrets Manager can't find the specified secret value for staging label: "
        return _refuse("ResourceNotFoundException", message + stage)
    told = {"Name": arn.split(":")[-1], "VersionStages": [_CURRENT]}
    return JSONResponse({"ARN": arn, **told, "SecretString": secrets[arn]})


def _refuse(error_type: str, message: str) -> Response:
    return JSONResponse({"__type": error_type, "message": message}, status_code=400)
