"""Why something a stranger named is not fetched.

RouteError
└── FetchError                       metadata_unavailable  502
    ├── UnsupportedUriError          unsupported_uri       422   not a URI that is ever fetched
    ├── ForbiddenTargetError         name, port, address or redirect that is never asked
    ├── UnreachableError             no such name, no connection, no TLS, a broken answer
    ├── StatusError                  another status than 200, too many redirects
    ├── FetchTimeoutError            metadata_timeout      504
    ├── TooLargeError                metadata_too_large    502
    ├── WrongTypeError               metadata_wrong_type   502   not as asked, or not as declared
    └── ContentMismatchError         metadata_mismatch     502   not the content its CID names

ForbiddenTargetError, UnreachableError and StatusError share one code, so that a token's URI cannot
be used to learn what is behind a name. The codes also say, within a 200, why an image could not be
inlined.
"""

from runtime.errors import RouteError


class FetchError(RouteError):
    """The token's URI leads nowhere, or to a place that is never asked."""

    code, status, message = "metadata_unavailable", 502, "The token's metadata is not available."


class UnsupportedUriError(FetchError):
    """The token's URI is not https, ipfs, ar or data, or names an address in place of a host."""

    code, status, message = "unsupported_uri", 422, "The token's metadata is not at a usable place."


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
    """The place the token's URI names took too long."""

    code, status, message = "metadata_timeout", 504, "The token's metadata took too long."


class TooLargeError(FetchError):
    """The metadata is larger than 1 MB, or an image than was asked for or fits into a response."""

    code, message = "metadata_too_large", "The token's metadata is too large."


class WrongTypeError(FetchError):
    """The metadata is neither JSON nor an image, or not of the type that is declared."""

    code, message = "metadata_wrong_type", "The token's metadata is not of a usable type."


class ContentMismatchError(FetchError):
    """The content is not what its CID names."""

    code, message = "metadata_mismatch", "The token's metadata is not what its address names."
