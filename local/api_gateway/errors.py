"""Errors of the local API Gateway.

ApiGatewayError
├── DefinitionError              at load: the API cannot be served
│   ├── UnsupportedError         valid on AWS, not modelled here
│   └── InvalidDefinitionError   AWS itself refuses it at import or deploy
├── MappingTemplateError         a template failed while it was rendered (the client sees a 500)
└── GatewayError                 ends one request with a gateway response
"""


class ApiGatewayError(Exception):
    """Root of the tree."""


class DefinitionError(ApiGatewayError):
    """The OpenAPI body or the stage cannot be served.

    `path` is a JSON path into the body, for example `$.paths['/health'].get`.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class UnsupportedError(DefinitionError):
    """AWS accepts this; the local API Gateway does not model it and refuses it by name."""


class InvalidDefinitionError(DefinitionError):
    """AWS refuses this when the body is imported or deployed."""


class MappingTemplateError(ApiGatewayError):
    """A mapping template failed; the text never holds a value of the request or the template."""


class GatewayError(ApiGatewayError):
    """Ends a request with the gateway response `response_type`.

    `message` goes to the client, `reason` only to the log. `error_type` and `status` replace
    the defaults of the type. `message_key` is `Message` where IAM itself wrote the body.
    """

    def __init__(
        self,
        response_type: str,
        message: str | None = None,
        *,
        error_type: str | None = None,
        status: int | None = None,
        message_key: str = "message",
        reason: str = "",
    ) -> None:
        super().__init__(f"{response_type} {reason}".strip())
        self.response_type = response_type
        self.message = message
        self.error_type = error_type
        self.status = status
        self.message_key = message_key
        self.reason = reason


def configuration_error(reason: str) -> GatewayError:
    """500 `Internal server error`: as configured, the API cannot serve this request."""
    return GatewayError("API_CONFIGURATION_ERROR", reason=reason)
