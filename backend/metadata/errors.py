"""Everything that can go wrong while a token's metadata or image is looked up.

MetadataError                        internal_error        500
├── UnsupportedChainError            unsupported_chain     400   no node of it is configured
├── InvalidTokenError                invalid_token         400   malformed contract or id
├── InvalidParameterError            invalid_parameter     400   `image` is none that there is
├── TokenNotFoundError               not_found             404   the contract names no URI
├── NodeUnavailableError             upstream_unavailable  502   no node could say
├── UriError                         unsupported_uri       422
│   ├── MalformedUriError
│   └── UnsupportedSchemeError
└── FetchError                       metadata_unavailable  502
    ├── ForbiddenTargetError         name, port, address or redirect that is never asked
    ├── UnreachableError             no such name, no connection, no TLS, a broken answer
    ├── StatusError                  another status than 200, too many redirects
    ├── DeadlineError                metadata_timeout      504
    ├── TooLargeError                metadata_too_large    502
    ├── WrongTypeError               metadata_wrong_type   502   not as asked, or not as declared
    └── ContentMismatchError         metadata_mismatch     502   not the content its CID names

The first three children of FetchError share one code, so that a token's URI cannot be used to
learn what is behind a name. Codes of UriError and FetchError also say, within a 200, why an image
could not be inlined.
"""

from runtime.errors import RouteError


class MetadataError(RouteError):
    pass


class UnsupportedChainError(MetadataError):
    code, status, message = "unsupported_chain", 400, "This gallery has no node of this chain."


class InvalidTokenError(MetadataError):
    code, status, message = "invalid_token", 400, "The contract or the token id is not valid."


class InvalidParameterError(MetadataError):
    code, status, message = "invalid_parameter", 400, "A query parameter is not valid."


class TokenNotFoundError(MetadataError):
    code, status, message = "not_found", 404, "The contract has no metadata for this token."


class NodeUnavailableError(MetadataError):
    code, status, message = "upstream_unavailable", 502, "The chain could not be read."


class UriError(MetadataError):
    code, status, message = "unsupported_uri", 422, "The token's metadata is not at a usable place."


class MalformedUriError(UriError):
    pass


class UnsupportedSchemeError(UriError):
    pass


class FetchError(MetadataError):
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


class DeadlineError(FetchError):
    code, status, message = "metadata_timeout", 504, "The token's metadata took too long."


class TooLargeError(FetchError):
    code, message = "metadata_too_large", "The token's metadata is too large."


class WrongTypeError(FetchError):
    code, message = "metadata_wrong_type", "The token's metadata is not of a usable type."


class ContentMismatchError(FetchError):
    code, message = "metadata_mismatch", "The token's metadata is not what its address names."
