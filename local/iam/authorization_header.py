"""The Authorization header of Signature Version 4, and AWS's words for an incomplete one.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

import base64
import hashlib
from dataclasses import dataclass

from local.iam.errors import SigV4Error

ALGORITHM = "AWS4-HMAC-SHA256"
_REQUIRED = ("Credential", "Signature", "SignedHeaders")


@dataclass(frozen=True)
class AuthorizationHeader:
    """Parsed header; `scope` is date/region/service/terminator."""

    access_key_id: str
    scope: tuple[str, str, str, str]
    signed_headers: tuple[str, ...]
    signature: str


def parse_authorization_header(value: str | None, *, has_date: bool) -> AuthorizationHeader:
    """Raises SigV4Error; its text holds a hash of the header, never the header."""
    if value is None:
        raise SigV4Error("MissingAuthenticationTokenException", "Missing Authentication Token")
    fields = _fields(value)
    _require_fields(value, fields, has_date=has_date)
    credential = fields["Credential"].split("/")
    if len(credential) != 5:
        raise _incomplete(
            "Credential must have exactly 5 slash-delimited elements, "
            "e.g. keyid/date/region/service/term,"
        )
    access_key_id, date, region, service, terminator = credential
    return AuthorizationHeader(
        access_key_id=access_key_id,
        scope=(date, region, service, terminator),
        signed_headers=tuple(fields["SignedHeaders"].split(";")),
        signature=fields["Signature"],
    )


def _fields(value: str) -> dict[str, str]:
    algorithm, _, rest = value.strip().partition(" ")
    if rest and algorithm != ALGORITHM and "=" not in rest:
        raise _not_key_value(value)
    if algorithm != ALGORITHM:
        return {}
    pairs = [part.strip() for part in rest.split(",") if part.strip()]
    if not all("=" in pair for pair in pairs):
        raise _not_key_value(value)
    fields = {name: text for name, _, text in (pair.partition("=") for pair in pairs)}
    if len(fields) != len(pairs):
        raise _incomplete("Authorization header names a parameter twice.")
    return fields


def _require_fields(value: str, fields: dict[str, str], *, has_date: bool) -> None:
    missing = [
        f"Authorization header requires '{name}' parameter."
        for name in _REQUIRED
        if not fields.get(name)
    ]
    if not has_date:
        missing.append(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
        )
    if missing:
        missing.append(
            f"(Hashed with SHA-256 and encoded with Base64) Authorization={_hash(value)}"
        )
        raise _incomplete(" ".join(missing))


def _not_key_value(value: str) -> SigV4Error:
    return _incomplete(
        "Invalid key=value pair (missing equal-sign) in Authorization header "
        f"(hashed with SHA-256 and encoded with Base64): '{_hash(value)}'."
    )


def _incomplete(message: str) -> SigV4Error:
    return SigV4Error("IncompleteSignatureException", message)


def _hash(value: str) -> str:
    return base64.b64encode(hashlib.sha256(value.encode()).digest()).decode()
