"""The `$context` variables of one request.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

from local.api_gateway.client_request import ClientRequest

KNOWN_VARIABLES = frozenset(
    {
        "accountId",
        "apiId",
        "authorizer",
        "domainName",
        "domainPrefix",
        "error",
        "extendedRequestId",
        "httpMethod",
        "identity",
        "path",
        "protocol",
        "requestId",
        "requestOverride",
        "requestTime",
        "requestTimeEpoch",
        "resourceId",
        "resourcePath",
        "responseOverride",
        "stage",
    }
)
"""First names under `$context`; any other is refused at load."""

IDENTITY = (
    "accessKey",
    "accountId",
    "caller",
    "cognitoAuthenticationProvider",
    "cognitoAuthenticationType",
    "cognitoIdentityId",
    "cognitoIdentityPoolId",
    "principalOrgId",
    "sourceIp",
    "user",
    "userAgent",
    "userArn",
)


def build_context(
    request: ClientRequest,
    *,
    resource_path: str | None,
    api_id: str,
    stage: str,
    account_id: str,
) -> dict[str, object]:
    """A fresh `$context` before authorization: identity holds the address and agent only."""
    moment = datetime.fromtimestamp(request.received_at, UTC)
    identity: dict[str, object] = dict.fromkeys(IDENTITY)
    identity |= {"sourceIp": request.source_ip, "userAgent": request.header("user-agent")}
    return {
        "accountId": account_id,
        "apiId": api_id,
        "domainName": request.host,
        "domainPrefix": request.host.partition(".")[0],
        "extendedRequestId": request.extended_request_id,
        "httpMethod": request.http_method,
        "identity": identity,
        "path": f"/{stage}{request.path}",
        "protocol": request.protocol,
        "requestId": request.request_id,
        "requestTime": moment.strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "requestTimeEpoch": int(request.received_at * 1000),
        "resourceId": _resource_id(resource_path),
        "resourcePath": resource_path,
        "stage": stage,
    }


def look_up(context: Mapping[str, object], dotted: str) -> object:
    """The variable `dotted` (for example `authorizer.claims.wallet`), or None."""
    value: object = context
    for name in dotted.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value


def _resource_id(resource_path: str | None) -> str | None:
    # AWS draws six random letters and digits; here they follow from the path, so they are stable.
    if resource_path is None:
        return None
    return hashlib.sha256(resource_path.encode()).hexdigest()[:6]
