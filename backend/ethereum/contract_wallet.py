"""Contract wallets: does the code at an address accept a signature (ERC-1271, -6492, -8010)?

One `eth_call` runs our validator as creation code: nothing is deployed, nothing stays. It asks a
deployed wallet, or deploys a wallet that is still to come, for the length of the call, and asks
that. Here the call is written and its result is judged; `auth.contract_wallets` asks the nodes.

An account that has signed a delegation and not sent it (ERC-8010) is a wallet still to come, too.
Its call carries the authorization, and a transaction with one must have a `to`: so the validator
stands there as code, by a state override, and the account's initialisation is an ERC-6492 wrapper.

Key recovery is not tried here: ERC-6492 asks for it last, we do it first, accept on equality only,
and come here for the rest. That keeps EOAs (EIP-7702 ones too) independent of any node.

https://eips.ethereum.org/EIPS/eip-1271  https://eips.ethereum.org/EIPS/eip-6492
https://eips.ethereum.org/EIPS/eip-8010

Why: ARCHITECTURE.md, ethereum.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from ethereum.address import Address
from ethereum.contract_wallet_validator import CREATION_CODE
from ethereum.errors import (
    ContractSignatureError,
    MalformedSignatureError,
    MalformedWrapperError,
    NoContractError,
    SignatureError,
    UndeployableWalletError,
)
from ethereum.predelegated_signature import (
    PredelegatedSignature,
    is_predelegated,
    unwrap_predelegated,
)

MAX_SIGNATURE_BYTES = 16 * 1024
"""A wallet's factory and owners fit; creation code as a whole may have 49,152 bytes (EIP-3860)."""

CALLER = Address("0x0a72f93d6653db2155033229065c2f5df2eb0544")
"""`from` of the call: keccak-256 of "nft-gallery contract wallet validator", last 20 bytes.

Some wallets accept anything where tx.origin is 0x0 or 0x1, because nobody can sign as those; a
node whose `from` is left out pretends to be 0x0.
"""

VALIDATOR = Address("0x1e1334272c7c1c5edb50c2764b447d85b099c078")
"""Where the validator stands in a call with an authorization: keccak-256 of "nft-gallery contract
wallet validator code", last 20 bytes, at which nobody can put anything else.
"""

GAS = 10_000_000
"""Deploys any known wallet; bounds what a hostile one makes the node do."""

_ACCEPTED = b"\x01"
_REFUSALS: dict[bytes, type[SignatureError]] = {
    b"\x00": ContractSignatureError,
    b"\x02": NoContractError,
    b"\x03": UndeployableWalletError,
    b"\x04": MalformedWrapperError,
}
_WRAPPED = bytes.fromhex("6492" * 16)
_NOBODY = Address("0x" + "00" * 20)
_HEX_DIGITS = re.compile(r"[0-9a-fA-F]*")


def decode_contract_signature(text: str) -> bytes:
    """Bytes of `0x` and an even number of hex digits; `0x` alone is a signature too (Safe).

    Raises:
        MalformedSignatureError: anything else, or more than MAX_SIGNATURE_BYTES.
    """
    digits = text[2:]
    is_short = len(digits) <= 2 * MAX_SIGNATURE_BYTES and len(digits) % 2 == 0
    # bytes.fromhex() skips white space, so the shape is checked first.
    if not (text.startswith("0x") and is_short and _HEX_DIGITS.fullmatch(digits)):
        raise MalformedSignatureError("not 0x and whole bytes in hex, 16 KiB at most")
    return bytes.fromhex(digits)


class WalletCall(NamedTuple):
    """An `eth_call`: its transaction, and the state it pretends, by address."""

    transaction: Mapping[str, object]
    overrides: Mapping[str, Mapping[str, str]]


def wallet_call(address: Address, message_hash: bytes, signature: bytes) -> WalletCall:
    """The `eth_call` that asks the wallet about `signature` over the hash.

    `message_hash` has 32 bytes.

    Raises:
        MalformedWrapperError: the signature ends as ERC-8010 wrappers do and is none.
    """
    if not is_predelegated(signature):
        return WalletCall(validator_call(address, message_hash, signature), overrides={})
    predelegated = unwrap_predelegated(signature)
    program = _program(address, message_hash, _encode_preparation(predelegated))
    transaction = {
        "from": CALLER,
        "to": VALIDATOR,
        "gas": hex(GAS),
        "authorizationList": [predelegated.authorization.as_json()],
    }
    # Creation code reads its arguments behind itself: so it runs where it stands as code, too.
    return WalletCall(transaction, {VALIDATOR: {"code": program}})


def validator_call(address: Address, message_hash: bytes, signature: bytes) -> dict[str, str]:
    """The transaction that runs the validator as creation code."""
    program = _program(address, message_hash, signature)
    return {"from": CALLER, "data": program, "gas": hex(GAS)}


def _program(address: Address, message_hash: bytes, signature: bytes) -> str:
    return "0x" + (CREATION_CODE + _encode_arguments(address, message_hash, signature)).hex()


def is_verdict(returned: bytes) -> bool:
    """Whether the validator says this; anything else comes of a node that did not run it."""
    return returned == _ACCEPTED or returned in _REFUSALS


def check_verdict(returned: bytes) -> None:
    """Return if the wallet accepts the signature.

    Raises:
        SignatureError: the child that says why not.
    """
    if returned != _ACCEPTED:
        raise _REFUSALS.get(returned, ContractSignatureError)


def _encode_arguments(address: Address, message_hash: bytes, signature: bytes) -> bytes:
    """abi.encode(address, bytes32, bytes)

    https://docs.soliditylang.org/en/latest/abi-spec.html#formal-specification-of-the-encoding
    """
    return _word(address) + message_hash + (96).to_bytes(32) + _encode_bytes(signature)


def _encode_preparation(predelegated: PredelegatedSignature) -> bytes:
    """The ERC-6492 wrapper of the same steps. Without data it calls nobody's code: 0x0."""
    target = predelegated.target if predelegated.data else _NOBODY
    data = _encode_bytes(predelegated.data)
    offsets = (96).to_bytes(32) + (96 + len(data)).to_bytes(32)
    return _word(target) + offsets + data + _encode_bytes(predelegated.signature) + _WRAPPED


def _word(address: Address) -> bytes:
    return bytes.fromhex(address[2:]).rjust(32, b"\0")


def _encode_bytes(data: bytes) -> bytes:
    return len(data).to_bytes(32) + data + bytes(-len(data) % 32)
