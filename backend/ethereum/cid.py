"""IPFS content identifiers, and whether content is what one names.

A gateway is not trusted: where the content is one block, its hash is in the CID. For the codec
`raw` the block is the content. For `dag-pb` a gateway answers the file, not the block, so the
block is built again as `ipfs add` makes it; equal is proof, different proves nothing, since the
file may be several blocks or carry a mode.

https://github.com/multiformats/cid  https://specs.ipfs.tech/unixfs/

Why: ARCHITECTURE.md, ethereum.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Self

from ethereum.errors import UriError

RAW, DAG_PB = 0x55, 0x70
SHA2_256 = 0x12
_SHA2_256_BYTES = 32
_MAX_CID_LENGTH = 128
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
_V0 = re.compile(r"Qm[1-9A-HJ-NP-Za-km-z]{44}")
_FIRST_V0 = "QmNLei78zWmzUdbeRB3CiUfAizWUrbeeZh5K1rhAQKCh51"
_LAST_V0 = "QmfZy5bvk7a3DQAjCbGNtmrPXWkyVvPrdnZMyBZ5q5ieKG"
"""Of the hashes of all zeros and of all ones; base58 is written in the order of ASCII."""

_USUAL_V1 = re.compile(r"baf(?:ybei|krei)[a-h][a-z2-7]{51}")
"""sha2-256 of a dag-pb or raw block, in base32."""


class Check(Enum):
    """What a CID says of content: it is the content, it cannot tell, or it certainly is not."""

    VERIFIED = auto()
    NOT_POSSIBLE = auto()
    MISMATCH = auto()


@dataclass(frozen=True)
class Cid:
    """`text` as it was written, case and all; `digest` is the bare hash."""

    text: str
    codec: int
    hash_function: int
    digest: bytes

    @classmethod
    def parse(cls, text: str) -> Self:
        """Version 0, or version 1 in base32, base36 or base58btc.

        Raises:
            UriError: anything else.
        """
        if len(text) > _MAX_CID_LENGTH:
            raise UriError("not a CID")
        if _V0.fullmatch(text):
            raw = _from_digits(text, _BASE58)
            return cls(text, DAG_PB, raw[0], _digest(raw[1:]))
        version, rest = _varint(_multibase(text))
        codec, rest = _varint(rest)
        hash_function, rest = _varint(rest)
        if version != 1:
            raise UriError("not a CID")
        return cls(text, codec, hash_function, _digest(rest))

    def check(self, content: bytes) -> Check:
        """Whether `content`, as a gateway answers it for this CID without a path, is right."""
        if self.hash_function != SHA2_256 or self.codec not in (RAW, DAG_PB):
            return Check.NOT_POSSIBLE
        if len(self.digest) != _SHA2_256_BYTES:
            return Check.MISMATCH
        if self.codec == RAW:
            is_same = hashlib.sha256(content).digest() == self.digest
            return Check.VERIFIED if is_same else Check.MISMATCH
        is_same = hashlib.sha256(unixfs_file_block(content)).digest() == self.digest
        return Check.VERIFIED if is_same else Check.NOT_POSSIBLE


def is_cid(text: str) -> bool:
    """As Cid.parse; the usual ones without the time that decoding takes."""
    if _USUAL_V1.fullmatch(text) or (_FIRST_V0 <= text <= _LAST_V0 and _V0.fullmatch(text)):
        return True
    try:
        Cid.parse(text)
    except UriError:
        return False
    return True


def unixfs_file_block(content: bytes) -> bytes:
    """The dag-pb block of a file that fits one: PBNode{Data: UnixFS{Type: File, Data, filesize}}.

    An empty file has no Data field.
    """
    size = len(content)
    data = b"\x12" + _to_varint(size) + content if content else b""
    unixfs = b"\x08\x02" + data + b"\x18" + _to_varint(size)
    return b"\x0a" + _to_varint(len(unixfs)) + unixfs


def _multibase(text: str) -> bytes:
    """https://github.com/multiformats/multibase"""
    prefix, digits = text[:1], text[1:]
    if not digits:
        raise UriError("not a CID")
    if prefix in ("b", "B"):
        return _from_base32(digits.lower() if prefix == "B" else digits)
    if prefix in ("k", "K"):
        return _from_digits(digits.lower() if prefix == "K" else digits, _BASE36)
    if prefix == "z":
        return _from_digits(digits, _BASE58)
    raise UriError("not a CID")


def _from_base32(digits: str) -> bytes:
    try:
        if digits != digits.lower():
            raise ValueError
        return base64.b32decode(digits.upper() + "=" * (-len(digits) % 8))
    except ValueError:
        raise UriError("not a CID") from None


def _from_digits(digits: str, alphabet: str) -> bytes:
    number = 0
    for digit in digits:
        value = alphabet.find(digit)
        if value < 0:
            raise UriError("not a CID")
        number = number * len(alphabet) + value
    zeros = len(digits) - len(digits.lstrip(alphabet[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8)


def _digest(multihash: bytes) -> bytes:
    """Behind the length that a multihash carries."""
    length, digest = _varint(multihash)
    if length != len(digest) or not digest:
        raise UriError("not a CID")
    return digest


def _varint(data: bytes) -> tuple[int, bytes]:
    """The number in front, nine bytes at most, and what follows."""
    value = 0
    for index, byte in enumerate(data[:9]):
        value |= (byte & 0x7F) << 7 * index
        if byte < 0x80:
            return value, data[index + 1 :]
    raise UriError("not a CID")


def _to_varint(number: int) -> bytes:
    encoded = bytearray()
    while number >= 0x80:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*encoded, number])
