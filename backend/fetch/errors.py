"""Why something a stranger named is not fetched.

RouteError
├── UriError                         unsupported_uri       422
│   ├── MalformedUriError
│   └── UnsupportedSchemeError
└── FetchError                       metadata_unavailable  502
    ├── ForbiddenTargetError         name, port, address or redirect that is never asked
    ├── UnreachableError             no such name, no connection, no TLS, a broken answer
    ├── StatusError                  another status than 200, too many redirects
    ├── FetchTimeoutError            metadata_timeout      504
    ├── TooLargeError                metadata_too_large    502
    ├── WrongTypeError               metadata_wrong_type   502   not as asked, or not as declared
    └── ContentMismatchError         metadata_mismatch     502   not the content its CID names

The first three children of FetchError share one code, so that a token's URI cannot be used to
learn what is behind a name. Codes of UriError and FetchError also say, within a 200, why an image
could not be inlined.
"""

from runtime.errors import RouteError


class UriError(RouteError):
    code, status, message = "unsupported_uri", 422, "The token's metadata is not at a usable place."


class MalformedUriError(UriError):
    pass


class UnsupportedSchemeError(UriError):
    pass


class FetchError(RouteError):
    code, status, message = "metadata_unavailable", 502, "The token's metadata is not available."


class ForbiddenTargetError(FetchError):
    pass


class UnreachableError(FetchError):
    pass


class StatusError(FetchError):
    """`http_status` is the answer's."""

    def __init__(self, http_status: int, cause: str = "") -> None:
        super().__init__(cause or f"status {http_status}")
        self.http_status = http_status


class FetchTimeoutError(FetchError):
    code, status, message = "metadata_timeout", 504, "The token's metadata took too long."


class TooLargeError(FetchError):
    code, message = "metadata_too_large", "The token's metadata is too large."


class WrongTypeError(FetchError):
    code, message = "metadata_wrong_type", "The token's metadata is not of a usable type."


class ContentMismatchError(FetchError):
    code, message = "metadata_mismatch", "The token's metadata is not what its address names."
