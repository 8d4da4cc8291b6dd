"""Sign-In with Ethereum messages: create, parse, validate. Checking the signature too is
`ethereum.siwe_verification`, so that importing this module does not load libsecp256k1.

https://eips.ethereum.org/EIPS/eip-4361
"""

from collections.abc import Callable, Collection
from re import Match
from typing import NamedTuple, TypedDict

from ethereum.address import Address, parse_address
from ethereum.errors import (
    AddressError,
    AddressMismatchError,
    ChainIdMismatchError,
    DomainMismatchError,
    ExpiredMessageError,
    IssuedAtError,
    NonceMismatchError,
    NotYetValidMessageError,
    RequestIdMismatchError,
    ResourcesMismatchError,
    SchemeMismatchError,
    SiweFormatError,
    StatementMismatchError,
    UriMismatchError,
)
from ethereum.siwe_grammar import (
    has_only_ip_literals,
    is_same_origin,
    match_message,
    resources_of,
    rfc3339_to_epoch,
)

MAX_MESSAGE_LENGTH = 4096
"""Characters (ASCII, so bytes) of the longest message read or written."""


class SiweMessage(NamedTuple):
    """The fields of EIP-4361, times as they were written. None is absent, "" and () are empty."""

    domain: str
    address: str
    uri: str
    version: str
    chain_id: int
    nonce: str
    issued_at: str
    statement: str | None = None
    scheme: str | None = None
    expiration_time: str | None = None
    not_before: str | None = None
    request_id: str | None = None
    resources: tuple[str, ...] | None = None


class SiweExpectations(TypedDict):
    """What the relying party demands; the arguments of `validate_siwe_message`."""

    expected_address: Address
    expected_scheme: str
    expected_domain: str
    expected_uri: str
    expected_chain_ids: Collection[int]
    expected_nonce: str
    expected_statement: str | None
    expected_request_id: str | None
    expected_resources: tuple[str, ...]
    expected_issued_between: tuple[float, float]
    now: float


def generate_siwe_nonce(random_bytes: Callable[[int], bytes]) -> str:
    """32 hex digits from 16 bytes of `random_bytes` (os.urandom): 128 bits, alphanumeric."""
    return random_bytes(16).hex()


def create_siwe_message(message: SiweMessage) -> str:
    """The text to sign. It parses back to `message`, so that no field can pose as another.

    Raises:
        SiweFormatError: a field does not keep to the grammar, or the text is too long.
    """
    text = siwe_message_text(message)
    if parse_siwe_message(text) != message:
        raise SiweFormatError("a field does not keep to the grammar")
    return text


def parse_siwe_message(text: str) -> SiweMessage:
    """The fields of an EIP-4361 message; serialising them gives the same text again.

    Raises:
        SiweFormatError: too long, not the ABNF, no such date, or an address in mixed case with
            another checksum than EIP-55's.
    """
    if len(text) > MAX_MESSAGE_LENGTH:
        raise SiweFormatError("too long")
    match = match_message(text)
    if match is None:
        raise SiweFormatError("not the grammar of EIP-4361")
    message = _message_from(match)
    _check_terms(message)
    return message


def validate_siwe_message(
    message: SiweMessage,
    *,
    expected_address: Address,
    expected_scheme: str,
    expected_domain: str,
    expected_uri: str,
    expected_chain_ids: Collection[int],
    expected_nonce: str,
    expected_statement: str | None,
    expected_request_id: str | None,
    expected_resources: tuple[str, ...],
    expected_issued_between: tuple[float, float],
    now: float,
) -> None:
    """Hold every field against what was asked for; the signature is not looked at.

    The scheme may be absent from the message; absent resources equal none expected. The URI may be
    any of `expected_uri`'s origin. No `expected_request_id` leaves the request id to the client.
    A recap may come on top: as the last resource, with its sentence after the statement. Times are
    seconds since 1970, `expected_issued_between` includes both ends.

    Raises:
        SiweError: the child that names the first field that differs.
    """
    message = _without_recap(message)
    checks = (
        (message.domain == expected_domain, DomainMismatchError),
        (message.scheme in (None, expected_scheme), SchemeMismatchError),
        (is_same_origin(message.uri, expected_uri), UriMismatchError),
        (message.address.lower() == expected_address, AddressMismatchError),
        (message.chain_id in expected_chain_ids, ChainIdMismatchError),
        (message.nonce == expected_nonce, NonceMismatchError),
        (message.statement == expected_statement, StatementMismatchError),
        (expected_request_id in (None, message.request_id), RequestIdMismatchError),
        ((message.resources or ()) == expected_resources, ResourcesMismatchError),
    )
    for holds, error in checks:
        if not holds:
            raise error
    _validate_times(message, expected_issued_between, now)


def _validate_times(
    message: SiweMessage, expected_issued_between: tuple[float, float], now: float
) -> None:
    earliest, latest = expected_issued_between
    if not earliest <= rfc3339_to_epoch(message.issued_at) <= latest:
        raise IssuedAtError
    if message.expiration_time is not None and rfc3339_to_epoch(message.expiration_time) <= now:
        raise ExpiredMessageError
    if message.not_before is not None and rfc3339_to_epoch(message.not_before) > now:
        raise NotYetValidMessageError


def _without_recap(message: SiweMessage) -> SiweMessage:
    """The message as it was before a recap was added to it (ERC-5573); as it is without one.

    A recap that is not the last resource stays a resource.
    """
    *others, last = message.resources or ("",)
    if not last.startswith("urn:recap:"):
        return message
    from ethereum.recap import statement_before_recap  # here: few messages have one

    before = statement_before_recap(message.statement, last)
    return message._replace(statement=before, resources=tuple(others))


def _message_from(match: Match[str]) -> SiweMessage:
    fields = match.groupdict()
    chain_id, _ = int(fields.pop("chain_id")), fields.pop("resources")
    return SiweMessage(**fields, chain_id=chain_id, resources=resources_of(match))


def _check_terms(message: SiweMessage) -> None:
    try:
        parse_address(message.address)
    except AddressError:
        raise SiweFormatError("wrong EIP-55 checksum") from None
    locations = (message.domain, message.uri, *(message.resources or ()))
    if not all(map(has_only_ip_literals, locations)):
        raise SiweFormatError("brackets without an IP address")
    try:
        for time in (message.issued_at, message.expiration_time, message.not_before):
            if time is not None:
                rfc3339_to_epoch(time)
    except ValueError:
        raise SiweFormatError("no such date") from None


def siwe_message_text(message: SiweMessage) -> str:
    """The text of a parsed message, letter by letter; `create_siwe_message` for other fields."""
    scheme = "" if message.scheme is None else f"{message.scheme}://"
    statement = "" if message.statement is None else f"{message.statement}\n"
    lines = [
        f"{scheme}{message.domain} wants you to sign in with your Ethereum account:",
        f"{message.address}\n\n{statement}",
        f"URI: {message.uri}",
        f"Version: {message.version}",
        f"Chain ID: {message.chain_id}",
        f"Nonce: {message.nonce}",
        f"Issued At: {message.issued_at}",
    ]
    optional = {
        "Expiration Time": message.expiration_time,
        "Not Before": message.not_before,
        "Request ID": message.request_id,
    }
    lines += [f"{name}: {value}" for name, value in optional.items() if value is not None]
    if message.resources is not None:
        lines += ["Resources:", *(f"- {resource}" for resource in message.resources)]
    return "\n".join(lines)
