import pytest
from eth_account import Account
from eth_account.messages import encode_defunct
from hypothesis import given, settings
from hypothesis import strategies as st

from ethereum.errors import (
    HighSSignatureError,
    MalformedSignatureError,
    SignatureError,
    UnrecoverableSignatureError,
)
from ethereum.signature import hash_personal_message, recover_signer

ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
WALLET = Account.from_key("0x" + "5a" * 32)
MESSAGE = b"service.org wants you to sign in with your Ethereum account:"
SIGNED = WALLET.sign_message(encode_defunct(primitive=MESSAGE))
R, S, V = SIGNED.r, SIGNED.s, SIGNED.v
FULL = "0x" + SIGNED.signature.hex()


def encode(r: int, s: int, v: int) -> str:
    return "0x" + (r.to_bytes(32) + s.to_bytes(32) + bytes([v])).hex()


def compact(r: int, s: int, parity: int) -> str:
    return "0x" + (r.to_bytes(32) + (s | parity << 255).to_bytes(32)).hex()


def oracle(message: bytes, signature: str) -> str:
    recovered = Account.recover_message(encode_defunct(primitive=message), signature=signature)
    return str(recovered).lower()


ACCEPTED = {
    "v 27 or 28": FULL,
    "v 0 or 1": encode(R, S, V - 27),
    "EIP-2098": compact(R, S, V - 27),
    "capital digits": "0x" + FULL[2:].upper(),
    "65 bytes without 0x": FULL[2:],
    "65 bytes without 0x, v 0 or 1": encode(R, S, V - 27)[2:],
    "mixed digits": FULL[:66].upper().replace("X", "x") + FULL[66:],
}

MALFORMED = {
    "empty": "",
    "prefix only": "0x",
    "EIP-2098 without 0x": compact(R, S, V - 27)[2:],
    "66 bytes without 0x": FULL[2:] + "00",
    "65 bytes without 0x and a line end": FULL[2:] + "\n",
    "65 bytes without 0x, one full-width digit": FULL[2:-1] + "\uff11",
    "capital prefix": "0X" + FULL[2:],
    "two prefixes": "0x" + FULL,
    "odd nibble": FULL[:-1],
    "63 bytes": FULL[:128],
    "66 bytes": FULL + "00",
    "very long": "0x" + "00" * 100_000,
    "trailing line end": FULL + "\n",
    "leading space": " " + FULL,
    "space instead of a byte": FULL[:10] + "  " + FULL[12:],
    "space between bytes": FULL[:10] + " " + FULL[10:],
    "tab instead of a digit": FULL[:10] + "\t" + FULL[11:],
    "not hex": FULL[:-1] + "g",
    "full-width digits": FULL[:-1] + "\uff11",
    "arabic digits": FULL[:10] + "\u0661\u0662" + FULL[12:],
    "underscore": FULL[:10] + "_" + FULL[11:],
    "NUL": FULL[:-1] + "\0",
    "lone surrogate": FULL[:-1] + "\ud800",
    "base64": "kzKNphYIn8upvs7KgWYyA5ifLfX+H6phkaRTgcgb0X8=",
    "v 2": encode(R, S, 2),
    "v 26": encode(R, S, 26),
    "v 29": encode(R, S, 29),
    "v 30": encode(R, S, 30),
    "v 31, compressed": encode(R, S, 31),
    "v 35, EIP-155": encode(R, S, 35),
    "v 37, EIP-155": encode(R, S, 37),
    "v 255": encode(R, S, 255),
}

HIGH_S = {
    "malleated, without 0x": encode(R, ORDER - S, 55 - V)[2:],
    "malleated": encode(R, ORDER - S, 55 - V),
    "malleated, v 0 or 1": encode(R, ORDER - S, 28 - V),
    "same v": encode(R, ORDER - S, V),
    "just over half": encode(R, ORDER // 2 + 1, V),
    "s is the order": encode(R, ORDER, V),
    "s over the order": encode(R, 2**256 - 1, V),
    "EIP-2098": compact(R, 2**255 - 1, 0),
}

UNRECOVERABLE = {
    "all zero": encode(0, 0, 27),
    "r is zero": encode(0, S, V),
    "s is zero": encode(R, 0, V),
    "r is the order": encode(ORDER, S, V),
    "r over the order": encode(2**256 - 1, S, V),
    "r is on no point": encode(5, S, V),
    "EIP-2098 of zeros": compact(0, 0, 1),
}


@pytest.mark.parametrize("signature", ACCEPTED.values(), ids=ACCEPTED)
def test_recovers_the_signer_from_every_accepted_form(signature: str) -> None:
    assert recover_signer(MESSAGE, signature) == WALLET.address.lower() == oracle(MESSAGE, FULL)


@pytest.mark.parametrize("signature", MALFORMED.values(), ids=MALFORMED)
def test_refuses_a_malformed_signature(signature: str) -> None:
    with pytest.raises(MalformedSignatureError):
        recover_signer(MESSAGE, signature)


@pytest.mark.parametrize("signature", [None, 0, 1.5, b"", FULL.encode(), [FULL], {"r": R}])
def test_refuses_what_is_not_even_text(signature: object) -> None:
    with pytest.raises(MalformedSignatureError):
        recover_signer(MESSAGE, signature)  # type: ignore[arg-type]


@pytest.mark.parametrize("signature", HIGH_S.values(), ids=HIGH_S)
def test_refuses_a_high_s(signature: str) -> None:
    with pytest.raises(HighSSignatureError):
        recover_signer(MESSAGE, signature)


def test_the_refused_malleated_twin_is_one_that_eth_account_accepts() -> None:
    assert oracle(MESSAGE, HIGH_S["malleated"]) == WALLET.address.lower()


@pytest.mark.parametrize("signature", UNRECOVERABLE.values(), ids=UNRECOVERABLE)
def test_refuses_a_signature_that_belongs_to_no_key(signature: str) -> None:
    with pytest.raises(UnrecoverableSignatureError):
        recover_signer(MESSAGE, signature)


@pytest.mark.parametrize(
    "altered",
    [
        MESSAGE + b"\n",
        MESSAGE.replace(b" ", b"\r\n"),
        MESSAGE[:-1],
        b"",
        b"\x19Ethereum Signed Message:\n60" + MESSAGE,
    ],
)
def test_another_message_recovers_to_another_signer_as_eth_account_says(altered: bytes) -> None:
    signer = recover_signer(altered, FULL)
    assert signer == oracle(altered, FULL)
    assert signer != WALLET.address.lower()


def test_a_signature_over_the_bare_hash_is_not_a_personal_signature() -> None:
    bare = Account.unsafe_sign_hash(hash_personal_message(MESSAGE)[::-1], WALLET.key)
    assert recover_signer(MESSAGE, "0x" + bare.signature.hex()) != WALLET.address.lower()


# https://eips.ethereum.org/EIPS/eip-2098#test-cases
@pytest.mark.parametrize(
    ("message", "r", "s", "v", "parity_and_s"),
    [
        (
            b"Hello World",
            "68a020a209d3d56c46f38cc50a33f704f4a9a10a59377f8dd762ac66910e9b90",
            "7e865ad05c4035ab5792787d4a0297a43617ae897930a6fe4d822b8faea52064",
            "1b",
            "7e865ad05c4035ab5792787d4a0297a43617ae897930a6fe4d822b8faea52064",
        ),
        (
            b"It's a small(er) world",
            "9328da16089fcba9bececa81663203989f2df5fe1faa6291a45381c81bd17f76",
            "139c6d6b623b42da56557e5e734a43dc83345ddfadec52cbe24d0cc64f550793",
            "1c",
            "939c6d6b623b42da56557e5e734a43dc83345ddfadec52cbe24d0cc64f550793",
        ),
    ],
)
def test_both_forms_of_the_eip_2098_vectors_recover_the_signer(
    message: bytes, r: str, s: str, v: str, parity_and_s: str
) -> None:
    wallet = Account.from_key("0x" + "1234567890" * 6 + "1234")
    assert wallet.sign_message(encode_defunct(primitive=message)).signature.hex() == r + s + v
    for signature in (f"0x{r}{s}{v}", f"0x{r}{parity_and_s}"):
        assert recover_signer(message, signature) == wallet.address.lower()


# https://eth-account.readthedocs.io/en/stable/eth_account.html (sign_message)
def test_the_length_in_the_prefix_counts_utf_8_bytes() -> None:
    signature = (
        "0xe6ca9bba58c88611fad66a6ce8f996908195593807c4b38bd528d2cff09d4eb3"
        "3e5bfbbf4d3e39b1a2fd816a7680c19ebebaf3a141b239934ad43cb33fcec8ce1c"
    )
    signer = recover_signer("I♥SF".encode(), signature)
    assert signer == "0x5ce9454909639d2d17a3f753ce7d93fa0b9ab12e"


# https://web3js.readthedocs.io/en/v1.10.0/web3-eth-accounts.html#hashmessage
def test_hashes_as_personal_sign_does() -> None:
    expected = "a1de988600a42c4b4ab089b619297c17d53cffae5d5120d82d8a92d0bb3b78f2"
    assert hash_personal_message(b"Hello World").hex() == expected


@settings(deadline=None, max_examples=60)
@given(message=st.binary(max_size=300), key=st.integers(1, ORDER - 1))
def test_recovers_whoever_eth_account_signed_for(message: bytes, key: int) -> None:
    signed = Account.sign_message(encode_defunct(primitive=message), key.to_bytes(32))
    signature = "0x" + signed.signature.hex()
    signer = recover_signer(message, signature)
    assert signer == Account.from_key(key.to_bytes(32)).address.lower()
    assert recover_signer(message, compact(signed.r, signed.s, signed.v - 27)) == signer


@settings(deadline=None)
@given(
    r=st.integers(0, 2**256 - 1), s=st.integers(0, ORDER // 2), v=st.sampled_from([0, 1, 27, 28])
)
def test_agrees_with_eth_account_on_arbitrary_signatures(r: int, s: int, v: int) -> None:
    signature = encode(r, s, v)
    try:
        signer = recover_signer(MESSAGE, signature)
    except UnrecoverableSignatureError:
        with pytest.raises(Exception, match=r".*"):
            oracle(MESSAGE, signature)
    else:
        assert signer == oracle(MESSAGE, signature)


@given(st.text(max_size=200) | st.text("0123456789abcdefABCDEFxX", min_size=128, max_size=134))
def test_raises_nothing_but_signature_errors(signature: str) -> None:
    with pytest.raises(SignatureError):
        recover_signer(MESSAGE, signature)
