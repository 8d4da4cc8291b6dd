"""The contracts of the catalogue: ERC-721's tokenURI, ERC-1155's uri, and nothing else.

https://eips.ethereum.org/EIPS/eip-721  https://eips.ethereum.org/EIPS/eip-1155
"""

from collections import defaultdict
from functools import cache

from eth_abi.abi import encode
from eth_utils.abi import function_signature_to_4byte_selector as selector

from stand_ins.awkward import awkward_tokens
from stand_ins.catalogue import ERC721, ERC1155, Token, collection_at, token_at
from stand_ins.node.errors import RevertedError, reverted_with

_QUESTIONS = {ERC721: selector("tokenURI(uint256)"), ERC1155: selector("uri(uint256)")}
_QUESTION_BYTES = 4 + 32


def is_token_contract(address: str) -> bool:
    return collection_at(address) is not None or address.lower() in _awkward()


def ask_token_contract(address: str, data: bytes) -> bytes:
    """The token's URI as the contract at `address` returns it. Raises RevertedError."""
    token = _token(address, int.from_bytes(data[4:]))
    asked = data[:4] if len(data) == _QUESTION_BYTES else b""
    if asked not in _QUESTIONS.values():
        raise RevertedError
    if token is None or token.token_uri is None:
        raise reverted_with("Error(string)", "no such token")
    if asked != _QUESTIONS[token.collection.token_type]:
        raise RevertedError
    return encode(["string"], [token.token_uri])


def _token(address: str, token_id: int) -> Token | None:
    collection = collection_at(address)
    known = token_at(collection, token_id) if collection else None
    return known or _awkward().get(address.lower(), {}).get(token_id)


@cache
def _awkward() -> dict[str, dict[int, Token]]:
    """Awkward tokens by contract, in lower case, and id."""
    tokens: dict[str, dict[int, Token]] = defaultdict(dict)
    for token in awkward_tokens():
        tokens[token.collection.address.lower()][token.token_id] = token
    return dict(tokens)
