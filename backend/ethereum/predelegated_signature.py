"""ERC-8010: a signature for the code an account has signed a delegation to, and not yet sent it.

    signature || context || length of context, one word || the magic word
    context = abi.encode((chain id, delegate, nonce, y parity, r, s), target, data)

The middle is an EIP-7702 authorization by the account's key. A node applies it for the length of
one `eth_call` (`authorizationList`), so the EVM judges its key, chain and nonce; `data` is then
sent to `target`, to initialise the account.

https://eips.ethereum.org/EIPS/eip-8010  https://eips.ethereum.org/EIPS/eip-7702
"""

from typing import NamedTuple

from ethereum.address import Address
from ethereum.errors import MalformedWrapperError

_MAGIC = bytes.fromhex("8010" * 16)
_WORD = 32
_HEAD_WORDS = 8  # six of the authorization, the target, where the data begins
_ADDRESSES, _NONCES, _PARITIES = 2**160, 2**64 - 1, 2


class Authorization(NamedTuple):
    """An EIP-7702 authorization; whose key signed it is for the EVM to say."""

    chain_id: int
    delegate: Address
    nonce: int
    y_parity: int
    r: int
    s: int

    def as_json(self) -> dict[str, str]:
        """An item of `authorizationList`: its numbers without leading zeros."""
        return {
            "chainId": hex(self.chain_id),
            "address": self.delegate,
            "nonce": hex(self.nonce),
            "yParity": hex(self.y_parity),
            "r": hex(self.r),
            "s": hex(self.s),
        }


class PredelegatedSignature(NamedTuple):
    """`signature` is for the delegate's code; empty `data` means that nothing is initialised."""

    authorization: Authorization
    target: Address
    data: bytes
    signature: bytes


def is_predelegated(signature: bytes) -> bool:
    return signature.endswith(_MAGIC)


def unwrap_predelegated(wrapped: bytes) -> PredelegatedSignature:
    """Take apart what `is_predelegated`.

    Raises:
        MalformedWrapperError: lengths, offsets or numbers that no EIP-7702 transaction could have.
    """
    body = wrapped[: -2 * _WORD]
    size = int.from_bytes(wrapped[len(body) : -_WORD])
    if not (_HEAD_WORDS + 1) * _WORD <= size <= len(body):
        raise MalformedWrapperError
    signature, context = body[: len(body) - size], body[len(body) - size :]
    chain_id, delegate, nonce, y_parity, r, s, target, offset = (
        _word_at(context, index * _WORD) for index in range(_HEAD_WORDS)
    )
    if nonce >= _NONCES or y_parity >= _PARITIES:
        raise MalformedWrapperError
    authorization = Authorization(chain_id, _address(delegate), nonce, y_parity, r, s)
    data = _bytes_at(context, offset)
    return PredelegatedSignature(authorization, _address(target), data, signature)


def _word_at(data: bytes, offset: int) -> int:
    return int.from_bytes(data[offset : offset + _WORD])


def _bytes_at(data: bytes, offset: int) -> bytes:
    """The length-prefixed bytes at an offset."""
    if offset > len(data) - _WORD:
        raise MalformedWrapperError
    start, length = offset + _WORD, _word_at(data, offset)
    if length > len(data) - start:
        raise MalformedWrapperError
    return data[start : start + length]


def _address(word: int) -> Address:
    if word >= _ADDRESSES:
        raise MalformedWrapperError
    return Address(f"0x{word:040x}")
