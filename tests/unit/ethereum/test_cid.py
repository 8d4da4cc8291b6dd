"""CIDs as kubo and the multiformats library write them, and content against them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethereum.cid import DAG_PB, RAW, Check, Cid, is_cid, unixfs_file_block
from ethereum.errors import UriError

# `ipfs add` of "hello world\n", and the same block as version 1.
HELLO_WORLD = [
    "QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o",
    "bafybeicg2rebjoofv4kbyovkw7af3rpiitvnl6i7ckcywaq6xjcxnc2mby",
    "k2jmtxt4nv2kx0qz1ncwpjwzdixb27xsgqxk7kgho4nnmjceustvi80e",
]
EMPTY_FILE = "QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQH"
HELLO_RAW = [
    "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq",
    "BAFKREIBM6JG3UX5QUMHCN2B3FLC3TYU6DMLB4XA7U5BF44YEGNRJHC4YEQ",
    "k2cwue9rqdypmt3thjky14z1tk9fi9f0o5w7b3ofitdewlcf87lismqs",
    "zb2rhZfjRh2FHHB2RkHVEvL2vJnCTcu7kwRqgVsf9gpkLgteo",
]
OTHER_CODEC = "bafyreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"
OTHER_HASH = (
    "bafkrgqe3ohjcjplc6n4f3fwunlj6upltggn7xqujbsvnvyw764srszz4u4rshq6ztos4chl4plgg4ffyyxnayrtdi5oc4"
    "xb2332g645433aeg"
)


@pytest.mark.parametrize("text", HELLO_WORLD)
def test_a_file_of_one_block_is_built_again_and_compared(text: str) -> None:
    cid = Cid.parse(text)
    assert cid.codec == DAG_PB
    assert cid.check(b"hello world\n") is Check.VERIFIED
    assert Cid.parse(EMPTY_FILE).check(b"") is Check.VERIFIED


@pytest.mark.parametrize("content", [b"hello world", b"", b"hello world\n\n"])
def test_other_content_of_a_dag_proves_nothing_and_is_not_called_verified(content: bytes) -> None:
    assert Cid.parse(HELLO_WORLD[0]).check(content) is Check.NOT_POSSIBLE


@pytest.mark.parametrize("text", HELLO_RAW)
def test_a_raw_block_is_its_content(text: str) -> None:
    cid = Cid.parse(text)
    assert cid.codec == RAW
    assert cid.check(b"hello") is Check.VERIFIED
    for content in (b"hello\n", b"", b"hellp"):
        assert cid.check(content) is Check.MISMATCH


@pytest.mark.parametrize("text", [OTHER_CODEC, OTHER_HASH])
def test_what_cannot_be_checked_is_said_to_be_so(text: str) -> None:
    assert Cid.parse(text).check(b"hello") is Check.NOT_POSSIBLE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Qm",
        HELLO_WORLD[0][:-1],
        HELLO_WORLD[0] + "a",
        HELLO_WORLD[0].replace("8", "0"),
        HELLO_RAW[0][:-2],
        HELLO_RAW[0] + "a" * 80,
        HELLO_RAW[0].replace("bafk", "baFk"),
        HELLO_RAW[0].replace("bafk", "1afk"),
        "b",
        "baaaaaaa",
        "b" + "7" * 58,
        "z0",
        "k_",
        "f01551220" + "00" * 32,
        "../../etc/passwd",
    ],
)
def test_what_is_no_cid_is_refused(text: str) -> None:
    with pytest.raises(UriError):
        Cid.parse(text)


@given(st.text(alphabet="Qmbkz123abcdefXYZ", max_size=70))
def test_any_text_is_a_cid_or_refused_with_one_error(text: str) -> None:
    try:
        cid = Cid.parse(text)
    except UriError:
        return
    assert cid.text == text
    assert cid.digest


@pytest.mark.parametrize("size", [0, 1, 127, 128, 16383, 16384, 262144])
def test_the_block_of_a_file_says_its_size_twice(size: int) -> None:
    block = unixfs_file_block(b"x" * size)
    assert block.count(b"x" * size) >= 1
    assert len(block) - size <= 4 + 2 + 4 + 1 + 3 + 1


BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


@given(
    st.text(BASE58, min_size=44, max_size=44).map(lambda digits: "Qm" + digits)
    | st.builds(
        "{}{}".format,
        st.sampled_from(["bafybei", "bafkrei", "bafy", "b", "z", "k"]),
        st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=50, max_size=55),
    )
)
def test_the_usual_ones_are_known_without_decoding(text: str) -> None:
    try:
        Cid.parse(text)
    except UriError:
        assert not is_cid(text)
    else:
        assert is_cid(text)
