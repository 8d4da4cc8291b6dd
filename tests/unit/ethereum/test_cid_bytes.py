"""The bytes in a CID: numbers of several bytes, and the block of a file."""

import base64

import pytest

from ethereum.cid import Check, Cid, is_cid, unixfs_file_block
from ethereum.errors import UriError


def cid(*varints: bytes, digest: bytes = b"digest") -> str:
    binary = b"".join(varints) + bytes([len(digest)]) + digest
    return "b" + base64.b32encode(binary).decode().rstrip("=").lower()


NUMBERS = {
    b"\x00": 0,
    b"\x7f": 127,
    b"\x80\x01": 128,
    b"\xa9\x02": 0x129,
    b"\xff\x7f": 16383,
    b"\x81\x80\x01": 16385,
    b"\xff" * 8 + b"\x7f": 2**63 - 1,
}
"""https://github.com/multiformats/unsigned-varint"""


@pytest.mark.parametrize(("varint", "number"), NUMBERS.items(), ids=NUMBERS.values())
def test_a_number_has_seven_bits_of_each_byte_the_lowest_first(varint: bytes, number: int) -> None:
    assert Cid.parse(cid(b"\1", varint, b"\x12")).codec == number
    assert Cid.parse(cid(b"\1", b"\x55", varint)).hash_function == number


def test_a_number_has_nine_bytes_at_most() -> None:
    for varint in (b"\xff" * 9 + b"\1", b"\xff" * 10 + b"\1", b"\xff" * 30):
        assert not is_cid(cid(b"\1", varint, b"\x12"))


@pytest.mark.parametrize("version", [b"\0", b"\2", b"\3", b"\x11", b"\x81\2"])
def test_no_other_version_is_read(version: bytes) -> None:
    with pytest.raises(UriError):
        Cid.parse(cid(version, b"\x55", b"\x12"))


@pytest.mark.parametrize("told", [0, 1, 5, 7, 8])
def test_a_digest_is_as_long_as_its_length_says(told: int) -> None:
    binary = bytes([1, 0x55, 0x12, told]) + b"digest"
    assert not is_cid("b" + base64.b32encode(binary).decode().rstrip("=").lower())
    assert Cid.parse(cid(b"\1", b"\x55", b"\x12")).digest == b"digest"


def test_an_empty_digest_names_nothing() -> None:
    assert not is_cid(cid(b"\1", b"\x55", b"\x12", digest=b""))


@pytest.mark.parametrize("codec", [b"\x55", b"\x70"])
@pytest.mark.parametrize("length", [1, 31, 33, 64])
def test_a_sha2_256_of_another_length_is_nobodys(codec: bytes, length: int) -> None:
    parsed = Cid.parse(cid(b"\1", codec, b"\x12", digest=bytes(range(1, length + 1))))
    assert parsed.check(b"content") is Check.MISMATCH


BLOCKS = {
    0: "0a0408021800",
    1: "0a070802120178" + "1801",
    127: "0a8501" + "0802127f" + "78" * 127 + "187f",
    255: "0a8702" + "080212ff01" + "78" * 255 + "18ff01",
    300: "0ab402" + "080212ac02" + "78" * 300 + "18ac02",
    16384: "0a8a8001" + "080212808001" + "78" * 16384 + "18808001",
}
"""By size: protobuf of unixfs.proto, written by hand. https://specs.ipfs.tech/unixfs/"""


@pytest.mark.parametrize(("size", "block"), BLOCKS.items(), ids=BLOCKS)
def test_the_block_of_a_file_is_written_byte_for_byte(size: int, block: str) -> None:
    assert unixfs_file_block(b"x" * size).hex() == block


DIGITS = {
    "z": "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
    "k": "0123456789abcdefghijklmnopqrstuvwxyz",
}


def written(prefix: str, binary: bytes) -> str:
    number, digits = int.from_bytes(binary), ""
    while number:
        number, digit = divmod(number, len(DIGITS[prefix]))
        digits = DIGITS[prefix][digit] + digits
    return prefix + digits


@pytest.mark.parametrize("prefix", DIGITS)
def test_digits_of_any_base_are_read_whichever_comes_first(prefix: str) -> None:
    first = set()
    for length in range(1, 60):
        binary = bytes([1, 0x55, 0x12, length]) + bytes(range(length))
        text = written(prefix, binary)
        assert Cid.parse(text).digest == binary[4:]
        first.add(text[1])
    assert {DIGITS[prefix][-1], DIGITS[prefix][1]} <= first


@pytest.mark.parametrize(("small", "capital"), [("b", "B"), ("k", "K")])
def test_a_capital_prefix_allows_capitals_and_a_small_one_none(small: str, capital: str) -> None:
    binary = bytes([1, 0x55, 0x12, 6]) + b"digest"
    text = {"b": cid(b"\1", b"\x55", b"\x12"), "k": written("k", binary)}[small]
    for spelling in (text, capital + text[1:].upper()):
        assert Cid.parse(spelling).digest == b"digest"
    assert not is_cid(small + text[1:].upper())


def test_base58_tells_capitals_from_small_letters() -> None:
    text = written("z", bytes([1, 0x55, 0x12, 6]) + b"digest")
    assert is_cid(text)
    assert not is_cid("Z" + text[1:])


@pytest.mark.parametrize("prefix", DIGITS)
def test_a_zero_in_front_is_a_byte_more(prefix: str) -> None:
    text = written(prefix, bytes([1, 0x55, 0x12, 6]) + b"digest")
    assert is_cid(text)
    for zeros in (1, 2):
        assert not is_cid(prefix + DIGITS[prefix][0] * zeros + text[1:])
