"""Everything that this package raises: one tree, one closed set of codes.

WalletAuthError             catch this one; `code` says what happened
├── ConfigError             the configuration, the origin or an argument cannot be used
├── SignInError             no session came of a sign-in
├── SessionError            there is no session (any more)
├── TokenError              an ID token that somebody sent proves no wallet
├── ApiError                the gallery's API refused
├── CognitoRefusedError     Cognito refused, in its own words
└── UnreachableError        no answer at all

No text of an error has a token, a signature or anything else of a request.
"""

from __future__ import annotations

from collections.abc import Mapping

from nft_gallery_client.codes import CODES, Code, known_code


class WalletAuthError(Exception):
    """`code` is one of `CODES`; `retry_after` is seconds, where the server said how long."""

    def __init__(self, code: Code, *, retry_after: float | None = None) -> None:
        super().__init__(code)
        self.code: Code = code
        self.retry_after = retry_after

    @property
    def retryable(self) -> bool:
        return CODES[self.code].is_retryable

    def __str__(self) -> str:
        return f"{self.code}: {CODES[self.code].text}"


class ConfigError(WalletAuthError):
    """`about` names the key or argument."""

    def __init__(self, about: str, code: Code = "invalid_config") -> None:
        super().__init__(code)
        self.about = about

    def __str__(self) -> str:
        return f"{super().__str__()} ({self.about})"


class SignInError(WalletAuthError):
    """No session came of a sign-in; nobody was signed in."""


class SessionError(WalletAuthError):
    """There is no session, or it is over."""


class TokenError(WalletAuthError):
    """An ID token that proves no wallet; never say more than that to whoever sent it."""


class UnreachableError(WalletAuthError):
    """No answer. A request that changes something may have arrived."""

    def __init__(self) -> None:
        super().__init__("unreachable")


class ApiError(WalletAuthError):
    """`status` is HTTP's; `request_id` finds the line in the gallery's log."""

    def __init__(
        self,
        code: Code,
        *,
        status: int,
        request_id: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(code, retry_after=retry_after)
        self.status = status
        self.request_id = request_id


class CognitoRefusedError(WalletAuthError):
    """`type` and `detail` are Cognito's own, such as NotAuthorizedException."""

    def __init__(self, error_type: str, detail: str = "") -> None:
        super().__init__(_code_of(error_type, detail))
        self.args = (error_type, detail)
        self.type = error_type
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.type}: {self.detail}"


_COGNITO: Mapping[str, Code] = {
    "403": "blocked",
    "429": "rate_limited",
    "500": "internal_error",
    "502": "internal_error",
    "503": "internal_error",
    "ForbiddenException": "blocked",
    "InternalErrorException": "internal_error",
    "InvalidLambdaResponseException": "internal_error",
    "InvalidParameterException": "bad_request",
    "LimitExceededException": "rate_limited",
    "NotAuthorizedException": "unauthorized",
    "RefreshTokenReuseException": "session_ended",
    "ResourceNotFoundException": "invalid_config",
    "ThrottlingException": "rate_limited",
    "TooManyRequestsException": "rate_limited",
    "UnexpectedLambdaException": "internal_error",
    "UserLambdaValidationException": "sign_up_refused",
    "UserNotFoundException": "unauthorized",
}


def _code_of(error_type: str, detail: str) -> Code:
    """Where a trigger refused, Cognito's text ends with the trigger's code."""
    words = detail.rstrip(". ").split()
    if error_type == "UserLambdaValidationException" and words and words[-1] in CODES:
        return known_code(words[-1])
    return _COGNITO.get(error_type, "unreadable_response")
