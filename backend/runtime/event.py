"""What a route reads of API Gateway's proxy event and of Lambda's context.

https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
"""

import re
import traceback
from collections.abc import Mapping
from typing import Literal, Protocol

from ethereum.address import Address, is_canonical_address, parse_address
from ethereum.chains import BY_DECIMAL_ID, Chain
from ethereum.errors import AddressError
from ethereum.uint256 import is_uint256
from runtime.errors import (
    InvalidAddressError,
    InvalidCursorError,
    InvalidParameterError,
    InvalidTokenIdError,
    UnauthorizedError,
    UnsupportedChainError,
)

MAX_CURSOR_LENGTH = 4096
"""Of a cursor as it is sealed, opened and published."""

MAX_LIMIT = 100
DEFAULT_LIMIT = 50
_WALLET_CLAIM = "cognito:username"
_LIMIT = re.compile(r"[1-9][0-9]{0,2}")

type ProxyEvent = Mapping[str, object]
type CallerKind = Literal["wallet", "guest", "role", "anyone"]


class IdentifiedContext(Protocol):
    @property
    def aws_request_id(self) -> str: ...


class LambdaContext(IdentifiedContext, Protocol):
    def get_remaining_time_in_millis(self) -> int: ...


def request_id(event: ProxyEvent, context: IdentifiedContext) -> str:
    """API Gateway's id, which the caller sees; Lambda's where there is none."""
    value = in_context(event, "requestId")
    return value if isinstance(value, str) else context.aws_request_id


def caller_kind(event: ProxyEvent) -> CallerKind:
    """How API Gateway let the caller in, without saying who it is.

    A wallet by its ID token or its identity's credentials, a guest by a guest identity's, a role
    by other AWS credentials, anyone where the route has no authorization.
    https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
    """
    if isinstance(in_context(event, "authorizer", "claims"), Mapping):
        return "wallet"
    kind = in_context(event, "identity", "cognitoAuthenticationType")
    if kind is not None:
        return "wallet" if kind == "authenticated" else "guest"
    return "anyone" if in_context(event, "identity", "caller") is None else "role"


def caller_wallet(event: ProxyEvent) -> str:
    """The canonical address in the caller's verified ID token, and nothing else.

    The Cognito authorizer has verified it. Raises UnauthorizedError where it names no wallet.
    """
    value = in_context(event, "authorizer", "claims", _WALLET_CLAIM)
    if not isinstance(value, str) or not is_canonical_address(value):
        raise UnauthorizedError("no canonical address in the wallet claim")
    return value


def in_context(event: ProxyEvent, *names: str) -> object:
    """What stands at those names below `requestContext`; None where nothing does."""
    value: object = event
    for name in ("requestContext", *names):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def header(event: ProxyEvent, name: str) -> str | None:
    """`name` is in lower case; header names arrive as the client wrote them."""
    headers = event.get("headers")
    for key, value in headers.items() if isinstance(headers, Mapping) else ():
        if isinstance(key, str) and key.lower() == name and isinstance(value, str):
            return value
    return None


def path_parameter(event: ProxyEvent, name: str) -> str:
    """One path parameter; empty where it is absent."""
    parameters = event.get("pathParameters")
    value = parameters.get(name) if isinstance(parameters, Mapping) else None
    return value if isinstance(value, str) else ""


def query_parameter(event: ProxyEvent, name: str) -> str | None:
    """One query parameter; None where it is absent. One that is empty is there, and is read."""
    parameters = event.get("queryStringParameters")
    value = parameters.get(name) if isinstance(parameters, Mapping) else None
    return value if isinstance(value, str) else None


def path_chain(event: ProxyEvent) -> Chain:
    """Raises UnsupportedChainError."""
    return read_chain(path_parameter(event, "chainId"))


def query_chain(event: ProxyEvent) -> Chain:
    """`chainId`, Ethereum when none is asked for. Raises UnsupportedChainError."""
    text = query_parameter(event, "chainId")
    return read_chain("1" if text is None else text)


def path_address(event: ProxyEvent, name: str) -> Address:
    """Canonical; a wrong EIP-55 checksum is refused. Raises InvalidAddressError."""
    return read_address(path_parameter(event, name))


def query_address(event: ProxyEvent, name: str) -> Address | None:
    """Raises InvalidAddressError."""
    text = query_parameter(event, name)
    return None if text is None else read_address(text)


def path_token_id(event: ProxyEvent) -> str:
    """Decimal digits of a uint256. Raises InvalidTokenIdError."""
    return read_token_id(path_parameter(event, "tokenId"))


def read_token_id(text: str) -> str:
    """Raises InvalidTokenIdError."""
    if not is_uint256(text):
        raise InvalidTokenIdError("not a decimal uint256")
    return text


def query_limit(event: ProxyEvent) -> int:
    """1 to MAX_LIMIT. Raises InvalidParameterError."""
    text = query_parameter(event, "limit")
    if text is None:
        return DEFAULT_LIMIT
    if not _LIMIT.fullmatch(text) or int(text) > MAX_LIMIT:
        raise InvalidParameterError(f"limit is not 1 to {MAX_LIMIT}")
    return int(text)


def query_cursor(
    event: ProxyEvent, name: str = "cursor", *, max_length: int = MAX_CURSOR_LENGTH
) -> str | None:
    """Raises InvalidCursorError when it is empty, too long or not printable ASCII, no spaces."""
    cursor = query_parameter(event, name)
    if cursor is None:
        return None
    printable = cursor.isascii() and cursor.isprintable() and " " not in cursor
    if not cursor or not printable or len(cursor) > max_length:
        raise InvalidCursorError(f"{name} is not a cursor")
    return cursor


def query_choice[T: str](event: ProxyEvent, name: str, *choices: T) -> T:
    """One of `choices`; the first where the parameter is absent. Raises InvalidParameterError."""
    text = query_parameter(event, name)
    if text is None:
        return choices[0]
    for choice in choices:
        if text == choice:
            return choice
    raise InvalidParameterError(f"{name} is none of {', '.join(choices)}")


def read_chain(text: str) -> Chain:
    """The chain of an EIP-155 id in decimal digits. Raises UnsupportedChainError."""
    chain = BY_DECIMAL_ID.get(text)
    if chain is None:
        raise UnsupportedChainError("not on the list")
    return chain


def read_address(text: str) -> Address:
    """Raises InvalidAddressError."""
    try:
        return parse_address(text)
    except AddressError as error:
        raise InvalidAddressError(str(error)) from None


def raised_at(error: Exception) -> list[str]:
    """For the log: where it happened. An unforeseen error's text could hold anything."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
