"""Method authorization: NONE, AWS_IAM and COGNITO_USER_POOLS.

Errors are GatewayError with AWS's texts; a token or signature never appears in one.
https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request

from local.api_gateway.client_request import ClientRequest
from local.api_gateway.definition import CognitoAuthorizer
from local.api_gateway.errors import GatewayError
from local.api_gateway.ports import (
    AuthorizeIam,
    IamCaller,
    IamRefusedError,
    TokenExpiredError,
    TokenRefusedError,
    VerifyIam,
    VerifyIdToken,
)

ACTION = "execute-api:Invoke"
_ALGORITHM = "AWS4-HMAC-SHA256"
_RESPONSE_TYPES = {
    "ExpiredTokenException": "EXPIRED_TOKEN",
    "IncompleteSignatureException": "INVALID_SIGNATURE",
    "InvalidSignatureException": "INVALID_SIGNATURE",
    "MissingAuthenticationTokenException": "MISSING_AUTHENTICATION_TOKEN",
}


@dataclass(frozen=True, slots=True)
class IamAccess:
    """The two questions asked about a signed request."""

    verify: VerifyIam
    authorize: AuthorizeIam


def authorize_with_iam(
    access: IamAccess, request: Request, client: ClientRequest, *, resource: str
) -> IamCaller:
    """Who signed the request, once their policies allow `resource` (an execute-api ARN)."""
    header = client.header("authorization")
    if not header:
        raise GatewayError("MISSING_AUTHENTICATION_TOKEN")
    if not header.startswith(_ALGORITHM):
        raise _not_a_signature(header, client)
    try:
        caller = access.verify(request, client.body)
    except IamRefusedError as error:
        response_type = _RESPONSE_TYPES.get(error.error_type, "ACCESS_DENIED")
        raise GatewayError(response_type, error.message, error_type=error.error_type) from None
    if not access.authorize(caller, action=ACTION, resource=resource):
        raise _denied(caller, resource)
    return caller


def iam_identity(caller: IamCaller) -> dict[str, object]:
    """What the caller adds to `$context.identity`."""
    arn = caller.assumed_role_arn
    account = arn.split(":")[4] if arn.count(":") >= 5 else None
    return {
        "accessKey": caller.access_key_id,
        "accountId": account,
        "caller": arn.rpartition("/")[2],
        "user": arn.rpartition("/")[2],
        "userArn": arn,
        **caller.cognito,
    }


def authorize_with_cognito(
    authorizer: CognitoAuthorizer, client: ClientRequest, verify: VerifyIdToken
) -> dict[str, str]:
    """The claims of the ID token in `Authorization` (raw or after `Bearer `), as strings."""
    header = client.header("authorization") or ""
    token = re.sub(r"^Bearer\s+", "", header.strip(), flags=re.IGNORECASE)
    if not token:
        raise GatewayError("UNAUTHORIZED")
    claims = _verify(authorizer, token, verify)
    expression = authorizer.identity_validation_expression
    if expression is not None and not expression.fullmatch(str(claims.get("aud", ""))):
        raise GatewayError("UNAUTHORIZED", reason="aud does not match")
    return {name: _claim_text(name, value) for name, value in claims.items()}


def _verify(
    authorizer: CognitoAuthorizer, token: str, verify: VerifyIdToken
) -> Mapping[str, object]:
    message = None
    for provider_arn in authorizer.provider_arns:
        try:
            claims = verify(provider_arn, token)
        except TokenExpiredError:
            message = "The incoming token has expired"
            continue
        except TokenRefusedError:
            continue
        if claims.get("token_use") == "id":
            return claims
    raise GatewayError("UNAUTHORIZED", message)


def _claim_text(name: str, value: object) -> str:
    # REST APIs hand exp and iat over as Java dates, every other number as its digits.
    if name in ("exp", "iat") and isinstance(value, int):
        return datetime.fromtimestamp(value, UTC).strftime("%a %b %d %H:%M:%S UTC %Y")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ",".join(value)
    if isinstance(value, list | dict):
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return str(value)


def _not_a_signature(header: str, client: ClientRequest) -> GatewayError:
    parts = [f"Authorization header requires '{n}' parameter." for n in ("Credential", "Signature")]
    parts.append("Authorization header requires 'SignedHeaders' parameter.")
    if client.header("x-amz-date") is None and client.header("date") is None:
        parts.append(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
        )
    digest = base64.b64encode(hashlib.sha256(header.encode()).digest()).decode()
    parts.append(f"(Hashed with SHA-256 and encoded with Base64) Authorization={digest}")
    error_type = "IncompleteSignatureException"
    return GatewayError("INVALID_SIGNATURE", " ".join(parts), error_type=error_type)


def _denied(caller: IamCaller, resource: str) -> GatewayError:
    return GatewayError(
        "ACCESS_DENIED",
        f"User: {caller.assumed_role_arn} is not authorized to perform: {ACTION} on resource: "
        f"{_mask_account(resource)} because no identity-based policy allows the {ACTION} action",
        message_key="Message",
    )


def _mask_account(arn: str) -> str:
    parts = arn.split(":", 5)
    parts[4] = "*" * (len(parts[4]) - 4) + parts[4][-4:]
    return ":".join(parts)
