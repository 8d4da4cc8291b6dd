"""Who asks for the signature: the origins, chains and statement a sign-in may carry.

https://eips.ethereum.org/EIPS/eip-4361#relying-party-implementation-steps
"""

from collections.abc import Mapping
from typing import NamedTuple

from ethereum.siwe_grammar import is_statement, origin_of_uri
from runtime.settings import (
    InvalidSettingError,
    comma_list,
    origin,
    required,
    whole_number,
)


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
        """The listed origin that `uri` is of; its path, query and fragment are the client's."""
        written = origin_of_uri(uri)
        return next((origin for origin in self.origins if origin.uri == written), None)


def relying_party_from_environment(environment: Mapping[str, str]) -> RelyingParty:
    """Read ALLOWED_ORIGINS and CHAIN_IDS (comma lists, the default first) and STATEMENT.

    An origin is `https://host[:port]`, or `http://` on the loopback host: lower case, no path,
    no default port.

    Raises:
        SettingError: one is missing or malformed; the text names the variable.
    """
    origins = comma_list(required(environment, "ALLOWED_ORIGINS"))
    chain_ids = comma_list(required(environment, "CHAIN_IDS"))
    return RelyingParty(
        origins=tuple(map(_read_origin, origins)),
        chain_ids=tuple(whole_number("CHAIN_IDS", text) for text in chain_ids),
        statement=_read_statement(environment),
    )


def _read_origin(text: str) -> Origin:
    url = origin("ALLOWED_ORIGINS", text)
    return Origin(url.scheme, url.authority)


def _read_statement(environment: Mapping[str, str]) -> str:
    statement = required(environment, "STATEMENT")
    if not is_statement(statement) or len(statement) > 512:
        reason = "is not one short line of the characters EIP-4361 allows"
        raise InvalidSettingError("STATEMENT", reason)
    return statement
