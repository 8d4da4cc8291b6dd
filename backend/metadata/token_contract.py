"""A token's URI, read from its contract: ERC-721's tokenURI, else ERC-1155's uri.

https://eips.ethereum.org/EIPS/eip-721  https://eips.ethereum.org/EIPS/eip-1155
"""

from collections.abc import Callable

from ethereum.address import Address
from ethereum.token_uri import with_token_id
from metadata.errors import TokenNotFoundError
from nodes.errors import ContractRevertError, NodeFailureError, NodeUnavailableError

type ReadContract = Callable[[Address, bytes], bytes]
"""(contract, call data) -> what it returns; raises ContractRevertError or NodeFailureError."""

TOKEN_URI = bytes.fromhex("c87b56dd")
"""Selector of tokenURI(uint256)."""

URI = bytes.fromhex("0e89341c")
"""Selector of uri(uint256)."""

_WORD = 32


def read_token_uri(contract: Address, token_id: int, *, read: ReadContract) -> str:
    """The URI as the contract gives it, `{id}` replaced where it is ERC-1155's.

    Raises:
        TokenNotFoundError: no contract, none of the two functions, no such token, an empty text.
        NodeUnavailableError: the chain could not be read.
    """
    if uri := _ask(contract, TOKEN_URI, token_id, read):
        return uri
    if uri := _ask(contract, URI, token_id, read):
        return with_token_id(uri, token_id)
    raise TokenNotFoundError("neither tokenURI nor uri has a text")


def _ask(contract: Address, selector: bytes, token_id: int, read: ReadContract) -> str | None:
    try:
        returned = read(contract, selector + token_id.to_bytes(_WORD))
    except ContractRevertError:
        return None
    except NodeFailureError as error:
        raise NodeUnavailableError(str(error)) from None
    return _decode_string(returned)


def _decode_string(data: bytes) -> str | None:
    """The one string of an ABI-encoded answer; None where it is no string or an empty one.

    https://docs.soliditylang.org/en/latest/abi-spec.html
    """
    offset = int.from_bytes(data[:_WORD])
    start = offset + _WORD
    if len(data) < 2 * _WORD or start > len(data):
        return None
    end = start + int.from_bytes(data[offset:start])
    if end > len(data):
        return None
    try:
        return data[start:end].decode().strip("\0 \t\r\n") or None
    except UnicodeDecodeError:
        return None
