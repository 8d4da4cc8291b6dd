"""What the local API Gateway needs from its neighbours; the caller adapts them to these shapes.

PortError
├── IamRefusedError      verify_iam: no valid signature
├── TokenRefusedError    verify_id_token: not an ID token of this pool
│   └── TokenExpiredError
└── InvokeDeniedError    invoke: no permission for this principal and source ARN
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from starlette.requests import Request


class PortError(Exception):
    """Root of the tree."""


class IamRefusedError(PortError):
    """`error_type` is AWS's exception name, `message` its text for the client."""

    def __init__(self, error_type: str, message: str) -> None:
        super().__init__(error_type)
        self.error_type = error_type
        self.message = message


class TokenRefusedError(PortError):
    """The token is not a valid ID token of the pool."""


class TokenExpiredError(TokenRefusedError):
    """The ID token is genuine, but its time is over."""


class InvokeDeniedError(PortError):
    """The function's resource policy does not let API Gateway call it."""


class IamCaller(Protocol):
    """Who signed a request; `local.iam.sessions.Session` has this shape."""

    @property
    def access_key_id(self) -> str: ...

    @property
    def assumed_role_arn(self) -> str: ...

    @property
    def cognito(self) -> Mapping[str, str]: ...


class Invoke(Protocol):
    """Calls one function synchronously and gives its parsed JSON answer."""

    async def __call__(
        self,
        function_arn: str,
        event: Mapping[str, object],
        *,
        principal: str,
        source_arn: str,
    ) -> object: ...


class AuthorizeIam(Protocol):
    """Says whether the caller's policies allow `action` on `resource`."""

    def __call__(self, caller: IamCaller, *, action: str, resource: str) -> bool: ...


VerifyIam = Callable[[Request, bytes], IamCaller]
VerifyIdToken = Callable[[str, str], Mapping[str, object]]
Now = Callable[[], float]
NewRequestId = Callable[[], str]
