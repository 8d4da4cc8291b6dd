"""Contract wallets in a world without an EVM: where one is, whose it is, and how it is signed for.

An owner's name stands where a chain has a wallet's creation code. The rest is as on a chain: an
address follows from factory, salt and creation code, and a signature of a wallet that is still to
come names the factory and its call.

https://eips.ethereum.org/EIPS/eip-1014 (CREATE2)  https://eips.ethereum.org/EIPS/eip-6492
"""

from typing import NamedTuple

from eth_abi.abi import encode
from eth_utils.crypto import keccak

FACTORY = "0x4e59b44847b379578588920ca78fbf26c0b4956c"
"""Deploys what follows the salt in its call, on most chains: the deterministic deployment proxy."""

ERC6492_SUFFIX = bytes.fromhex("6492" * 16)
_CREATION_CODE = b"stand-in contract wallet of "
_SALT_BYTES, _OWNER_BYTES, _WORD = 32, 20, 32


class ContractWallet(NamedTuple):
    """Both addresses in lower case; whatever the owner's key signs, the wallet accepts."""

    address: str
    owner: str


class Wrapped(NamedTuple):
    """An ERC-6492 signature."""

    factory: str
    call: bytes
    signature: bytes


def factory_call(owner: str, salt: int) -> bytes:
    """What FACTORY is called by to make a wallet of the owner."""
    return salt.to_bytes(_SALT_BYTES) + _CREATION_CODE + bytes.fromhex(owner[2:])


def wallet_of(owner: str, salt: int) -> ContractWallet:
    """The wallet that FACTORY makes by that call."""
    call = factory_call(owner, salt)
    code_hash = keccak(call[_SALT_BYTES:])
    digest = keccak(b"\xff" + bytes.fromhex(FACTORY[2:]) + call[:_SALT_BYTES] + code_hash)
    return ContractWallet(f"0x{digest[-20:].hex()}", owner.lower())


def made_by(factory: str, call: bytes) -> ContractWallet | None:
    """The wallet that the call makes, if it makes one."""
    salt, owner = int.from_bytes(call[:_SALT_BYTES]), f"0x{call[-_OWNER_BYTES:].hex()}"
    is_call = len(call) > _OWNER_BYTES and call == factory_call(owner, salt)
    return wallet_of(owner, salt) if is_call and factory.lower() == FACTORY else None


def wrap(wrapped: Wrapped) -> bytes:
    return encode(["address", "bytes", "bytes"], wrapped) + ERC6492_SUFFIX


def unwrap(signature: bytes) -> Wrapped | None:
    """None for what ends as a wrapper does and is none: the bounds are those of our validator."""
    body = signature.removesuffix(ERC6492_SUFFIX)
    if len(body) < 3 * _WORD or any(body[: _WORD - 20]):
        return None
    call, inner = (_bytes_at(body, _number_at(body, head)) for head in (_WORD, 2 * _WORD))
    if call is None or inner is None:
        return None
    return Wrapped(f"0x{body[_WORD - 20 : _WORD].hex()}", call, inner)


def _bytes_at(body: bytes, offset: int) -> bytes | None:
    """Behind their length, wherever they end; None where that is not in the body."""
    start, size = offset + _WORD, _number_at(body, offset)
    return body[start : start + size] if start + size <= len(body) else None


def _number_at(body: bytes, offset: int) -> int:
    return int.from_bytes(body[offset : offset + _WORD])
