"""Contract wallets: does the code at an address accept a signature (ERC-1271, ERC-6492)?

One `eth_call` runs our validator as creation code: nothing is deployed, nothing stays. It asks a
deployed wallet, or deploys a wallet that is still to come, for the length of the call, and asks
that. `eth_chainId` goes along in the same batch, so that no other chain's wallet answers.

Key recovery is not tried here: ERC-6492 asks for it last, we do it first, accept on equality only,
and come here for the rest. That keeps EOAs (EIP-7702 ones too) independent of any node.

https://eips.ethereum.org/EIPS/eip-1271  https://eips.ethereum.org/EIPS/eip-6492
"""

import re
from collections.abc import Callable

from ethereum.address import Address
from ethereum.contract_wallet_validator import CREATION_CODE
from ethereum.errors import (
    ContractSignatureError,
    MalformedSignatureError,
    MalformedWrapperError,
    NoContractError,
    NodeAnswerError,
    SignatureError,
    UndeployableWalletError,
    WrongChainError,
)

MAX_SIGNATURE_BYTES = 16 * 1024
"""A wallet's factory and owners fit; creation code as a whole may have 49,152 bytes (EIP-3860)."""

CALLER = Address("0x0a72f93d6653db2155033229065c2f5df2eb0544")
"""`from` of the call: keccak-256 of "nft-gallery contract wallet validator", last 20 bytes.

Some wallets accept anything where tx.origin is 0x0 or 0x1, because nobody can sign as those; a
node whose `from` is left out pretends to be 0x0.
"""

GAS = 10_000_000
"""Deploys any known wallet; bounds what a hostile one makes the node do."""

type Send = Callable[[list[dict[str, object]]], object]
"""Posts a JSON-RPC batch to one node; its answer as json.loads gives it."""

_CHAIN_ID, _CALL = 1, 2
_ACCEPTED = "0x01"
_REFUSALS: dict[str, type[SignatureError]] = {
    "0x00": ContractSignatureError,
    "0x02": NoContractError,
    "0x03": UndeployableWalletError,
    "0x04": MalformedWrapperError,
}
_QUANTITY = re.compile(r"0x(?:0|[1-9a-fA-F][0-9a-fA-F]{0,15})")
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


def verify_contract_signature(
    address: Address, message_hash: bytes, signature: bytes, *, chain_id: int, send: Send
) -> None:
    """Return if the contract wallet at `address` accepts `signature` over the 32-byte hash.

    Raises:
        SignatureError: the child that says why not.
        NodeAnswerError: the node says nothing that can be relied on, or is on another chain.
        Whatever `send` raises.
    """
    on_chain, verdict = _read_answers(send(_batch(address, message_hash, signature)))
    if _QUANTITY.fullmatch(on_chain) is None:
        raise NodeAnswerError("the chain id is no number")
    if int(on_chain, 16) != chain_id:
        raise WrongChainError
    if verdict == _ACCEPTED:
        return
    raise _REFUSALS.get(verdict, NodeAnswerError)


def _batch(address: Address, message_hash: bytes, signature: bytes) -> list[dict[str, object]]:
    data = CREATION_CODE + _encode_arguments(address, message_hash, signature)
    call = {"from": CALLER, "data": "0x" + data.hex(), "gas": hex(GAS)}
    return [
        {"jsonrpc": "2.0", "id": _CHAIN_ID, "method": "eth_chainId", "params": []},
        {"jsonrpc": "2.0", "id": _CALL, "method": "eth_call", "params": [call, "latest"]},
    ]


def _encode_arguments(address: Address, message_hash: bytes, signature: bytes) -> bytes:
    """abi.encode(address, bytes32, bytes)

    https://docs.soliditylang.org/en/latest/abi-spec.html#formal-specification-of-the-encoding
    """
    head = bytes.fromhex(address[2:]).rjust(32, b"\0") + message_hash + (96).to_bytes(32)
    padding = bytes(-len(signature) % 32)
    return head + len(signature).to_bytes(32) + signature + padding


def _read_answers(answers: object) -> tuple[str, str]:
    """The two results, whichever came first; a node may answer a batch in any order."""
    if not isinstance(answers, list) or len(answers) != 2:
        raise NodeAnswerError("not two answers")
    results = dict(map(_read_answer, answers))
    if set(results) != {_CHAIN_ID, _CALL}:
        raise NodeAnswerError("answers to other requests")
    return results[_CHAIN_ID], results[_CALL]


def _read_answer(answer: object) -> tuple[int, str]:
    if not isinstance(answer, dict) or answer.get("error") is not None:
        raise NodeAnswerError("an error instead of a result")
    request, result = answer.get("id"), answer.get("result")
    if type(request) is not int or not isinstance(result, str):
        raise NodeAnswerError("no result")
    return request, result
