"""EIP-191 personal messages: their hash, and who signed them. Nothing else loads coincurve.

A signature is `0x` and 65 bytes r || s || v with v in 0, 1, 27, 28, or the 64 bytes
r || yParityAndS of EIP-2098. The 65 bytes may come without `0x`. Only low s is accepted (EIP-2).

https://eips.ethereum.org/EIPS/eip-191  https://eips.ethereum.org/EIPS/eip-2098

Why: ARCHITECTURE.md, ethereum.
"""

import re

from coincurve import PublicKey
from sha3 import keccak_256  # type: ignore[import-untyped]

from ethereum.address import Address
from ethereum.errors import (
    HighSSignatureError,
    MalformedSignatureError,
    UnrecoverableSignatureError,
)

_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
_HALF_ORDER = (_ORDER // 2).to_bytes(32)
_PARITY_OF_V = {0: b"\0", 1: b"\1", 27: b"\0", 28: b"\1"}
# bytes.fromhex() skips white space, so the shape is checked first.
_SIGNATURE = re.compile(r"0x(?:[0-9a-fA-F]{128}|[0-9a-fA-F]{130})")
_WITHOUT_PREFIX = re.compile(r"[0-9a-fA-F]{130}")


def hash_personal_message(message: bytes) -> bytes:
    """The 32 bytes a wallet signs for `personal_sign` (EIP-191 version 0x45)."""
    prefix = b"\x19Ethereum Signed Message:\n%d" % len(message)
    digest: bytes = keccak_256(prefix + message).digest()
    return digest


def with_prefix(signature: str) -> str:
    """`signature` with `0x` where it is 65 bytes in hex without; any other text as it is.

    eth-account's `signature.hex()`, Trezor Suite and World App leave the prefix out.
    """
    return f"0x{signature}" if _WITHOUT_PREFIX.fullmatch(signature) else signature


def recover_signer(message: bytes, signature: str) -> Address:
    """Address of the key that made `signature` over `message` with `personal_sign`.

    Every well-formed signature recovers to some address: compare the result.

    Raises:
        SignatureError: malformed, high s, or no key could have made it.
    """
    recoverable = _decode_signature(signature)
    message_hash = hash_personal_message(message)
    try:
        key = PublicKey.from_signature_and_message(recoverable, message_hash, hasher=None)
    except ValueError:
        raise UnrecoverableSignatureError from None
    return _address_of(key)


def _decode_signature(signature: object) -> bytes:
    """libsecp256k1's r || s || parity, 65 bytes."""
    text = with_prefix(signature) if isinstance(signature, str) else ""
    if _SIGNATURE.fullmatch(text) is None:
        raise MalformedSignatureError("not 0x and 64 or 65 bytes in hex")
    raw = bytes.fromhex(text[2:])
    recoverable = _expand_compact(raw) if len(raw) == 64 else _normalise_v(raw)
    if recoverable[32:64] > _HALF_ORDER:  # big-endian, so bytes compare as numbers do
        raise HighSSignatureError
    return recoverable


def _expand_compact(raw: bytes) -> bytes:
    return raw[:32] + bytes([raw[32] & 0x7F]) + raw[33:] + bytes([raw[32] >> 7])


def _normalise_v(raw: bytes) -> bytes:
    parity = _PARITY_OF_V.get(raw[64])
    if parity is None:
        raise MalformedSignatureError("v is not 0, 1, 27 or 28")
    return raw[:64] + parity


def _address_of(key: PublicKey) -> Address:
    digest = keccak_256(key.format(compressed=False)[1:]).hexdigest()
    return Address("0x" + digest[-40:])
