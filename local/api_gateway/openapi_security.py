"""Reads which authorizer an operation has.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-key-usage-plan-oas.html
"""

import re

from local.api_gateway.definition import (
    Authorizer,
    CognitoAuthorizer,
    IamAuthorizer,
    KeyAuthorizer,
    NoAuthorizer,
)
from local.api_gateway.json_node import JsonNode

AUTH_TYPE = "x-amazon-apigateway-authtype"
AUTHORIZER = "x-amazon-apigateway-authorizer"
AUTH = "x-amazon-apigateway-auth"

_SCHEME = frozenset({"type", "name", "in", AUTH_TYPE, AUTHORIZER})
_AUTHORIZER = frozenset({"type", "providerARNs", "identityValidationExpression"})

Schemes = dict[str, Authorizer]


def read_security_schemes(body: JsonNode) -> Schemes:
    """The authorizers under components.securitySchemes, by name."""
    components = body.get("components")
    if components is None:
        return {}
    # schemas describe bodies; with body validation refused they change nothing here.
    components.refuse_unmodelled(frozenset({"securitySchemes"}), frozenset({"schemas"}))
    schemes = components.get("securitySchemes")
    if schemes is None:
        return {}
    return {name: _read_scheme(node) for name, node in schemes.entries().items()}


def read_authorizer(
    operation: JsonNode, schemes: Schemes, default: Authorizer | None
) -> Authorizer:
    """The operation's authorizer; `default` is that of the whole body."""
    security = operation.get("security")
    named = read_requirement(security, schemes) if security else default
    declared = _read_auth(operation.get(AUTH))
    if declared is not None and named is not None and declared != named:
        raise operation.unsupported(f"{AUTH} and security name different authorizers")
    return declared or named or NoAuthorizer()


def read_requirement(security: JsonNode, schemes: Schemes) -> Authorizer:
    """The authorizer of a `security` list of at most one scheme without scopes."""
    requirements = security.items()
    if not requirements:
        return NoAuthorizer()
    names = requirements[0].entries()
    if len(requirements) > 1 or len(names) != 1:
        raise security.unsupported("exactly one security scheme is modelled")
    name, scopes = next(iter(names.items()))
    if scopes.items():
        raise scopes.unsupported("OAuth scopes are not modelled")
    if name not in schemes and name != "NONE":
        raise scopes.invalid("no such security scheme")
    return schemes.get(name, NoAuthorizer())


def _read_auth(node: JsonNode | None) -> Authorizer | None:
    if node is None:
        return None
    node.refuse_unmodelled(frozenset({"type"}))
    kind = node.require("type")
    match kind.text().upper():
        case "AWS_IAM":
            return IamAuthorizer()
        case "NONE":
            return NoAuthorizer()
    raise kind.unsupported("is not modelled; use AWS_IAM or NONE")


def _read_scheme(node: JsonNode) -> Authorizer:
    node.refuse_unmodelled(_SCHEME)
    _expect(node, "type", "apiKey")
    _expect(node, "in", "header")
    if node.get(AUTH_TYPE) is None:
        _expect(node, "name", "x-api-key")
        return KeyAuthorizer()
    _expect(node, "name", "authorization")
    kind = node.require(AUTH_TYPE)
    match kind.text().lower():
        case "awssigv4":
            return IamAuthorizer()
        case "cognito_user_pools":
            return _read_cognito(node.require(AUTHORIZER))
    raise kind.unsupported("is not modelled; use awsSigv4 or cognito_user_pools")


def _read_cognito(node: JsonNode) -> CognitoAuthorizer:
    # A cached authorization result is never observable without revocation.
    node.refuse_unmodelled(_AUTHORIZER, frozenset({"authorizerResultTtlInSeconds"}))
    _expect(node, "type", "cognito_user_pools")
    arns = node.require("providerARNs")
    provider_arns = tuple(item.text() for item in arns.items())
    if not provider_arns:
        raise arns.invalid("at least one user pool is required")
    expression = node.get("identityValidationExpression")
    try:
        pattern = re.compile(expression.text()) if expression else None
    except re.error as error:
        raise node.invalid("identityValidationExpression is not a regex") from error
    return CognitoAuthorizer(provider_arns, pattern)


def _expect(node: JsonNode, key: str, value: str) -> None:
    found = node.require(key)
    if found.text().lower() != value.lower():
        raise found.unsupported(f"only {value} is modelled")
