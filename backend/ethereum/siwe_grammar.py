"""The ABNF of EIP-4361 (with RFC 3986 and RFC 3339) as patterns, compiled when first needed.

Where a message is refused that the ABNF allows: docs/threat-model.md, "Stricter than the ABNF".

https://eips.ethereum.org/EIPS/eip-4361#abnf-message-format
"""

import re
from datetime import datetime
from functools import cache

from ethereum.address import HEX_ADDRESS

_UNRESERVED = r"A-Za-z0-9\-._~"
_SUB_DELIMS = r"!$&'()*+,;="
_PCT_ENCODED = "%[0-9A-Fa-f]{2}"
_NAME_CHAR = f"(?:[{_UNRESERVED}{_SUB_DELIMS}]|{_PCT_ENCODED})"
_USERINFO_CHAR = f"(?:[{_UNRESERVED}{_SUB_DELIMS}:]|{_PCT_ENCODED})"
_PCHAR = f"(?:[{_UNRESERVED}{_SUB_DELIMS}:@]|{_PCT_ENCODED})"
_QUERY_CHAR = f"(?:[{_UNRESERVED}{_SUB_DELIMS}:@/?]|{_PCT_ENCODED})"

# The shape of "[...]"; is_ip_literal() reads what is inside.
_BRACKETED = rf"\[[{_UNRESERVED}{_SUB_DELIMS}:]+\]"
_SCHEME = r"[A-Za-z][A-Za-z0-9+\-.]*"
_PATH = f"(?:/{_PCHAR}*)*"
_DOMAIN = f"(?:{_USERINFO_CHAR}*@)?(?:{_BRACKETED}|{_NAME_CHAR}+)(?::[0-9]*)?"
_AUTHORITY = f"(?:{_USERINFO_CHAR}*@)?(?:{_BRACKETED}|{_NAME_CHAR}*)(?::[0-9]*)?"
_HIER_PART = f"(?://{_AUTHORITY}{_PATH}|/(?:{_PCHAR}+{_PATH})?|{_PCHAR}+{_PATH}|)"
_URI = rf"{_SCHEME}:{_HIER_PART}(?:\?{_QUERY_CHAR}*)?(?:\#{_QUERY_CHAR}*)?"

_STATEMENT = rf"[{_UNRESERVED}{_SUB_DELIMS}:/?\#\[\]@ ]*"
_DATE = "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?"
_OFFSET = "(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
_DATE_TIME = f"{_DATE}T{_TIME}{_OFFSET}"

_MESSAGE = (
    f"(?:(?P<scheme>{_SCHEME})://)?(?P<domain>{_DOMAIN})"
    " wants you to sign in with your Ethereum account:\n"
    f"(?P<address>{HEX_ADDRESS})\n\n"
    f"(?:(?P<statement>{_STATEMENT})\n)?\n"
    f"URI: (?P<uri>{_URI})\n"
    "Version: (?P<version>1)\n"
    "Chain ID: (?P<chain_id>0|[1-9][0-9]{0,18})\n"
    "Nonce: (?P<nonce>[A-Za-z0-9]{8,})\n"
    f"Issued At: (?P<issued_at>{_DATE_TIME})"
    f"(?:\nExpiration Time: (?P<expiration_time>{_DATE_TIME}))?"
    f"(?:\nNot Before: (?P<not_before>{_DATE_TIME}))?"
    f"(?:\nRequest ID: (?P<request_id>{_PCHAR}*))?"
    r"(?:\nResources:(?P<resources>(?:\n- [^\n]*)*))?"  # URIs: read apart, as few messages have any
)

# No user information: "@" is in none of the parts. RFC 6454 and browsers read the rest alike.
_WITH_ORIGIN = (
    rf"(?P<scheme>{_SCHEME})://(?P<host>{_BRACKETED}|{_NAME_CHAR}+)"
    r"(?::(?P<port>[0-9]*))?(?:[/?\#].*)?"
)
_DEFAULT_PORTS = {"https": "443", "http": "80"}

_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_IPV4 = rf"{_OCTET}(?:\.{_OCTET}){{3}}"
_H16 = "[0-9A-Fa-f]{1,4}"
_LS32 = f"(?:{_H16}:{_H16}|{_IPV4})"
_IPV6 = "|".join(
    (
        f"(?:{_H16}:){{6}}{_LS32}",
        f"::(?:{_H16}:){{5}}{_LS32}",
        f"(?:{_H16})?::(?:{_H16}:){{4}}{_LS32}",
        f"(?:(?:{_H16}:){{,1}}{_H16})?::(?:{_H16}:){{3}}{_LS32}",
        f"(?:(?:{_H16}:){{,2}}{_H16})?::(?:{_H16}:){{2}}{_LS32}",
        f"(?:(?:{_H16}:){{,3}}{_H16})?::{_H16}:{_LS32}",
        f"(?:(?:{_H16}:){{,4}}{_H16})?::{_LS32}",
        f"(?:(?:{_H16}:){{,5}}{_H16})?::{_H16}",
        f"(?:(?:{_H16}:){{,6}}{_H16})?::",
    )
)
_IP_LITERAL = rf"{_IPV6}|v[0-9A-Fa-f]+\.[{_UNRESERVED}{_SUB_DELIMS}:]+"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def match_message(text: str) -> re.Match[str] | None:
    """The message's fields as named groups, or None where `text` is no EIP-4361 message.

    Left to the caller: real dates (`rfc3339_to_epoch`), IP literals, the address' checksum.
    """
    match = _compiled(_MESSAGE).fullmatch(text)
    resources = resources_of(match) if match else None
    if resources and not all(map(_compiled(_URI).fullmatch, resources)):
        return None
    return match


def resources_of(match: re.Match[str]) -> tuple[str, ...] | None:
    """A message's resources; None where it has no such line."""
    listed: str | None = match["resources"]
    return None if listed is None else tuple(listed.split("\n- ")[1:])


def is_statement(text: str) -> bool:
    """Whether `text` may stand as the statement: one line of ASCII without quotes or percent."""
    return _compiled(_STATEMENT).fullmatch(text) is not None


def has_only_ip_literals(authority_or_uri: str) -> bool:
    """Whether all that stands in brackets is an IPv6 or IPvFuture address (RFC 3986, 3.2.2)."""
    bracketed = _compiled(r"\[([^\]]*)\]").findall(authority_or_uri)
    return all(_compiled(_IP_LITERAL).fullmatch(literal) for literal in bracketed)


def origin_of_uri(uri: str) -> str | None:
    """`scheme://host[:port]` of a URI in lower case, without the scheme's default port.

    None where there is no host, or user information before it. No name is decoded: a host with
    a percent sign or a dot at its end is another one. https://www.rfc-editor.org/rfc/rfc6454#section-6.2
    """
    match = _compiled(_WITH_ORIGIN).fullmatch(uri)
    if match is None:
        return None
    scheme, host, port = match["scheme"].lower(), match["host"].lower(), match["port"]
    return f"{scheme}://{host}" + (
        f":{port}" if port and port != _DEFAULT_PORTS.get(scheme) else ""
    )


def is_same_origin(uri: str, expected_uri: str) -> bool:
    """Whether both have one origin; a URI without one, such as a DID, equals itself only."""
    origin = origin_of_uri(uri)
    return uri == expected_uri if origin is None else origin == origin_of_uri(expected_uri)


def rfc3339_to_epoch(text: str) -> float:
    """Seconds since 1970 of an RFC 3339 date-time; digits below the microsecond are dropped.

    Raises:
        ValueError: no such form, or no such day.
    """
    if _compiled(_DATE_TIME).fullmatch(text) is None:
        raise ValueError("not an RFC 3339 date-time")
    return datetime.fromisoformat(text).timestamp()
