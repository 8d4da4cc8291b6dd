"""AWS Secrets Manager as the stack uses it: GetSecretValue and PutSecretValue, signed and allowed.

Of a secret's versions, the current one and the one before have labels and are kept; a restart
forgets what was put. No role of the stack may put: tests give themselves one that may.

Sources: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.errors import UnsupportedError
from local.iam.policy import is_allowed
from local.iam.sessions import Session, Sessions
from local.iam.sigv4 import SigV4Error, verify_sigv4
from local.state import State
from local.template.stack_template import Resource

SECRETS = "AWS::SecretsManager::Secret"
_GET, _PUT = "GetSecretValue", "PutSecretValue"
_CURRENT, _PREVIOUS = "AWSCURRENT", "AWSPREVIOUS"
_PUTTING = frozenset({"SecretId", "SecretString", "ClientRequestToken"})
_GENERATED = frozenset({"PasswordLength", "ExcludePunctuation"})
_REFERENCE = re.compile(r"\{\{resolve:secretsmanager:(arn:[^{}]+):SecretString\}\}")


@dataclass
class StoredSecret:
    """The text of the version AWSCURRENT, and of AWSPREVIOUS once there was another."""

    current: str
    previous: str | None = None

    def put(self, text: str) -> None:
        self.current, self.previous = text, self.current

    def version(self, stage: str) -> str | None:
        return {_CURRENT: self.current, _PREVIOUS: self.previous}.get(stage)


def read_secrets(
    resources: Iterable[Resource], state: State, random_bytes: Callable[[int], bytes]
) -> dict[str, StoredSecret]:
    """Secrets by ARN: as given, or generated once and then remembered.

    Raises UnsupportedError for a way of generating that is not modelled.
    """
    generated = state.table("secrets")
    secrets = {}
    for resource in resources:
        arn, rule = resource.physical_id, resource.properties.get("GenerateSecretString")
        if rule is None:
            secrets[arn] = StoredSecret(resource.properties["SecretString"])
            continue
        if arn not in generated:
            generated[arn] = _generate(resource.logical_id, rule, random_bytes)
        secrets[arn] = StoredSecret(generated[arn])
    return secrets


def with_secrets(text: str, secrets: Mapping[str, StoredSecret]) -> str:
    """The text with its dynamic references to whole secrets read.

    Those to one key of a secret are read with the template.
    """
    return _REFERENCE.sub(lambda found: secrets[found[1]].current, text)


def updated_secrets(
    before: Mapping[str, StoredSecret],
    given_before: Mapping[str, object],
    fresh: Mapping[str, StoredSecret],
    given: Mapping[str, object],
) -> dict[str, StoredSecret]:
    """Secrets after an update of the stack; `given` has the properties of each, by ARN.

    CloudFormation writes a new version where they changed, and leaves what was put otherwise.
    """
    updated = {}
    for arn, secret in fresh.items():
        known = before.get(arn, secret)
        if known is not secret and given_before[arn] != given[arn]:
            known = StoredSecret(secret.current, previous=known.current)
        updated[arn] = known
    return updated


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
    secrets: Mapping[str, StoredSecret],
    sessions: Sessions,
    region: str,
    now: Callable[[], float],
) -> Starlette:
    """Secrets by ARN, behind the signature and the policy check AWS makes."""
    verify = partial(verify_sigv4, sessions=sessions, service="secretsmanager", region=region)

    async def endpoint(request: Request) -> Response:
        body = await request.body()
        try:
            session = verify(request, body, now=now())
        except SigV4Error as error:
            return _refuse(error.error_type, error.message)
        operation = request.headers.get("x-amz-target", "").removeprefix("secretsmanager.")
        if operation not in (_GET, _PUT):
            message = f"the local stack models {_GET} and {_PUT} only"
            return _refuse("UnknownOperationException", message)
        return _answer(secrets, session, operation, await request.json())

    return Starlette(routes=[Route("/", endpoint, methods=["POST"])])


def _answer(
    secrets: Mapping[str, StoredSecret],
    session: Session,
    operation: str,
    asked: Mapping[str, object],
) -> Response:
    arn, action = str(asked.get("SecretId")), f"secretsmanager:{operation}"
    if not is_allowed(session.role, action=action, resource=arn, context={}):
        who = f"User: {session.assumed_role_arn} is not authorized to perform: {action}"
        return _refuse("AccessDeniedException", f"{who} on resource: {arn}")
    if arn not in secrets:
        message = "Secrets Manager can't find the specified secret."
        return _refuse("ResourceNotFoundException", message)
    answer = _get_secret_value if operation == _GET else _put_secret_value
    return answer(secrets[arn], arn, asked)


def _get_secret_value(secret: StoredSecret, arn: str, asked: Mapping[str, object]) -> Response:
    stage = str(asked.get("VersionStage", _CURRENT))
    text = secret.version(stage)
    if text is None:
        message = "Secrets Manager can't find the specified secret value for staging label: "
        return _refuse("ResourceNotFoundException", message + stage)
    told = {"Name": arn.split(":")[-1], "VersionStages": [stage]}
    return JSONResponse({"ARN": arn, **told, "SecretString": text})


def _put_secret_value(secret: StoredSecret, arn: str, asked: Mapping[str, object]) -> Response:
    text = asked.get("SecretString")
    if not isinstance(text, str) or not set(asked) <= _PUTTING:
        message = f"the local stack models {_PUT} of a SecretString only"
        return _refuse("InvalidParameterException", message)
    secret.put(text)
    told = {"Name": arn.split(":")[-1], "VersionStages": [_CURRENT]}
    return JSONResponse({"ARN": arn, **told, "VersionId": asked.get("ClientRequestToken")})


def _refuse(error_type: str, message: str) -> Response:
    return JSONResponse({"__type": error_type, "message": message}, status_code=400)
