"""Asks a contract one question by `eth_call`, of one node, on one chain.

`eth_chainId` goes along in the same batch, so that no other chain answers. The gas is what the
node allows a call: off-chain lookups end in proofs that take millions.

https://ethereum.org/en/developers/docs/apis/json-rpc/#eth_call
"""

import re
from collections.abc import Callable
from typing import Any

from ethereum.address import Address
from ethereum.errors import ContractRevertError, NodeAnswerError, WrongChainError

type Send = Callable[[list[dict[str, object]]], object]
"""Posts a JSON-RPC batch to one node; its answer as json.loads gives it."""

_CHAIN_ID, _CALL = 1, 2
_BYTES = re.compile(r"0x(?:[0-9a-fA-F]{2})*")
_REVERTED = re.compile(r"(?:Reverted )?0x((?:[0-9a-fA-F]{2})*)")
_QUANTITY = re.compile(r"0x(?:0|[1-9a-fA-F][0-9a-fA-F]{0,15})")
_EXECUTION_REVERTED = 3
"""Geth's error code for it, taken over by the others."""


def read_contract(to: Address, data: bytes, *, chain_id: int, send: Send) -> bytes:
    """What the contract returns; empty where there is no contract.

    Raises:
        ContractRevertError: it reverts; carries what it reverted with.
        NodeAnswerError: the node says nothing that can be relied on, or is on another chain.
        Whatever `send` raises.
    """
    answers = _by_request(send(_batch(to, data)))
    on_chain = answers[_CHAIN_ID].get("result")
    if not isinstance(on_chain, str) or _QUANTITY.fullmatch(on_chain) is None:
        raise NodeAnswerError("the chain id is no number")
    if int(on_chain, 16) != chain_id:
        raise WrongChainError
    answer = answers[_CALL]
    if answer.get("error") is not None:
        raise _failure(answer["error"])
    return _read_bytes(answer.get("result"))


def _batch(to: Address, data: bytes) -> list[dict[str, object]]:
    call = {"to": to, "data": "0x" + data.hex()}
    return [
        {"jsonrpc": "2.0", "id": _CHAIN_ID, "method": "eth_chainId", "params": []},
        {"jsonrpc": "2.0", "id": _CALL, "method": "eth_call", "params": [call, "latest"]},
    ]


def _by_request(answers: object) -> dict[int, dict[str, Any]]:
    """A node may answer a batch in any order."""
    if not isinstance(answers, list) or not all(isinstance(answer, dict) for answer in answers):
        raise NodeAnswerError("no list of answers")
    found = {answer["id"]: answer for answer in answers if type(answer.get("id")) is int}
    if len(answers) != 2 or set(found) != {_CHAIN_ID, _CALL}:
        raise NodeAnswerError("not two answers")
    return found


def _failure(error: object) -> ContractRevertError | NodeAnswerError:
    """A revert carries data, or says that it is one; anything else is the node's own trouble."""
    if not isinstance(error, dict):
        return NodeAnswerError("an error of no shape")
    data, message = error.get("data"), error.get("message")
    if isinstance(data, str) and (found := _REVERTED.fullmatch(data)):
        return ContractRevertError(bytes.fromhex(found[1]))
    is_revert = isinstance(message, str) and "revert" in message.lower()
    if error.get("code") == _EXECUTION_REVERTED or is_revert:
        return ContractRevertError(b"")
    return NodeAnswerError("an error instead of a result")


def _read_bytes(result: object) -> bytes:
    if not isinstance(result, str) or _BYTES.fullmatch(result) is None:
        raise NodeAnswerError("no bytes in hex")
    return bytes.fromhex(result[2:])
