"""The API after it was read: frozen values, nothing left to check."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from local.api_gateway.mapping_template import MappingTemplate
from local.api_gateway.parameter_mapping import ParameterMapping

ParameterLocation = Literal["path", "querystring", "header"]
PassthroughBehavior = Literal["when_no_match", "when_no_templates", "never"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A declared method request parameter."""

    location: ParameterLocation
    name: str
    required: bool


@dataclass(frozen=True, slots=True)
class NoAuthorizer:
    """authorizationType NONE."""


@dataclass(frozen=True, slots=True)
class IamAuthorizer:
    """authorizationType AWS_IAM."""


@dataclass(frozen=True, slots=True)
class CognitoAuthorizer:
    """authorizationType COGNITO_USER_POOLS; the expression must match the whole `aud`."""

    provider_arns: tuple[str, ...]
    identity_validation_expression: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class KeyAuthorizer:
    """authorizationType NONE, apiKeyRequired: a key of a usage plan of the stage in `x-api-key`."""


Authorizer = NoAuthorizer | KeyAuthorizer | IamAuthorizer | CognitoAuthorizer


@dataclass(frozen=True, slots=True)
class IntegrationResponse:
    """One entry of `responses`; `selection_pattern` None is the default response."""

    selection_pattern: re.Pattern[str] | None
    status: int
    parameters: tuple[ParameterMapping, ...]
    templates: Mapping[str, MappingTemplate]


@dataclass(frozen=True, slots=True)
class RequestMapping:
    """How the method request becomes the integration request."""

    parameters: tuple[ParameterMapping, ...]
    templates: Mapping[str, MappingTemplate]
    passthrough: PassthroughBehavior


@dataclass(frozen=True, slots=True)
class HttpIntegration:
    """type `http`: a custom HTTP integration. `uri` may hold `{path}` parameters."""

    uri: str
    http_method: str
    timeout_seconds: float
    request: RequestMapping
    responses: tuple[IntegrationResponse, ...]


@dataclass(frozen=True, slots=True)
class MockIntegration:
    """type `mock`: the request template says the status, nothing is called."""

    request: RequestMapping
    responses: tuple[IntegrationResponse, ...]


@dataclass(frozen=True, slots=True)
class LambdaIntegration:
    """type `aws_proxy` with a Lambda function."""

    function_arn: str
    timeout_seconds: float


Integration = HttpIntegration | MockIntegration | LambdaIntegration


@dataclass(frozen=True, slots=True)
class CacheKey:
    """What tells cached answers apart: the declared parameters, by name, and nothing else."""

    namespace: str
    parameters: Mapping[str, ParameterMapping] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Method:
    """One verb on one resource."""

    http_method: str
    resource_path: str
    authorizer: Authorizer
    parameters: tuple[Parameter, ...]
    validates_parameters: bool
    integration: Integration
    cache_key: CacheKey


@dataclass(frozen=True, slots=True)
class GatewayResponse:
    """One entry of `x-amazon-apigateway-gateway-responses`."""

    status: int | None = None
    parameters: tuple[ParameterMapping, ...] = ()
    templates: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Api:
    """The whole API."""

    methods: tuple[Method, ...]
    gateway_responses: Mapping[str, GatewayResponse]
