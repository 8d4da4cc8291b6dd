"""Who asks for the signature: the origins, chains and statement a sign-in may carry.

https://eips.ethereum.org/EIPS/eip-4361#relying-party-implementation-steps
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from ethereum.siwe_grammar import is_statement
from runtime.settings import InvalidSettingError, required

_HOST = r"(?:[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?)*"
_LOOPBACK = r"(?:localhost|127\.0\.0\.1|\[::1\])"
_ORIGIN = re.compile(
    rf"(?:(?P<https>https)://(?:{_HOST}|\[::1\])|http://{_LOOPBACK})(?::(?P<port>[1-9][0-9]{{0,4}}))?"
)
_CHAIN_ID = re.compile(r"[1-9][0-9]{0,18}")


class Origin(NamedTuple):
    """A web origin (RFC 6454) as a browser's `location.origin` writes it."""

    scheme: str
    authority: str

    @property
    def uri(self) -> str:
        return f"{self.scheme}://{self.authority}"


class RelyingParty(NamedTuple):
    """The first origin and chain id are the ones a challenge is written for."""

    origins: tuple[Origin, ...]
    chain_ids: tuple[int, ...]
    statement: str

    def origin_of(self, uri: str) -> Origin | None:
        """The listed origin that `uri` is, character for character."""
        return next((origin for origin in self.origins if origin.uri == uri), None)


def relying_party_from_environment(environment: Mapping[str, str]) -> RelyingParty:
    """Read ALLOWED_ORIGINS and CHAIN_IDS (comma lists, the default first) and STATEMENT.

    An origin is `https://host[:port]`, or `http://` on the loopback host: lower case, no path,
    no default port.

    Raises:
        SettingError: one is missing or malformed; the text names the variable.
    """
    return RelyingParty(
        origins=tuple(map(_read_origin, _read_list(environment, "ALLOWED_ORIGINS"))),
        chain_ids=tuple(map(_read_chain_id, _read_list(environment, "CHAIN_IDS"))),
        statement=_read_statement(environment),
    )


def _read_list(environment: Mapping[str, str], name: str) -> list[str]:
    return [item.strip() for item in required(environment, name).split(",")]


def _read_origin(text: str) -> Origin:
    match = _ORIGIN.fullmatch(text)
    if match is None:
        raise InvalidSettingError("ALLOWED_ORIGINS", "holds something that is not an origin")
    default_port = "443" if match["https"] else "80"
    if match["port"] == default_port or int(match["port"] or 0) > 65535:
        raise InvalidSettingError("ALLOWED_ORIGINS", "holds a default or impossible port")
    scheme, _, authority = text.partition("://")
    return Origin(scheme, authority)


def _read_chain_id(text: str) -> int:
    if _CHAIN_ID.fullmatch(text) is None:
        raise InvalidSettingError("CHAIN_IDS", "holds something that is not a chain id")
    return int(text)


def _read_statement(environment: Mapping[str, str]) -> str:
    statement = required(environment, "STATEMENT")
    if not is_statement(statement) or len(statement) > 512:
        reason = "is not one short line of the characters EIP-4361 allows"
        raise InvalidSettingError("STATEMENT", reason)
    return statement
