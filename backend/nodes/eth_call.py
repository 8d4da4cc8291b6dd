"""Runs code on one node by `eth_call`: nothing is sent to the chain, nothing stays.

`eth_chainId` goes along in the same batch, so that no other chain answers.

https://ethereum.org/en/developers/docs/apis/json-rpc/#eth_call
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from ethereum.address import Address
from nodes.errors import ContractRevertError, NodeAnswerError, WrongChainError

type Send = Callable[[list[dict[str, object]]], object]
"""Posts a JSON-RPC batch to one node; its answer as json.loads gives it."""

type Call = Mapping[str, object]
"""The transaction of an `eth_call`: its fields as JSON-RPC writes them, in hex."""

type Overrides = Mapping[str, object]
"""State that an `eth_call` pretends, by address, such as {"code": "0x…"}."""

_CHAIN_ID, _CALL = 1, 2
_BYTES = re.compile(r"0x(?:[0-9a-fA-F]{2})*")
_REVERTED = re.compile(r"(?:Reverted )?0x((?:[0-9a-fA-F]{2})*)")
_QUANTITY = re.compile(r"0x(?:0|[1-9a-fA-F][0-9a-fA-F]{0,15})")
_EXECUTION_REVERTED = 3
"""Geth's error code for it, taken over by the others."""


def contract_call(to: Address, data: bytes) -> Call:
    """A question to a contract, with the gas the node allows: off-chain lookups take millions."""
    return {"to": to, "data": "0x" + data.hex()}


def eth_call(call: Call, *, chain_id: int, send: Send, overrides: Overrides | None = None) -> bytes:
    """What `call` returns; empty where there is no contract.

    `overrides` are sent only where there are any: not every node takes them.

    Raises:
        ContractRevertError: it reverts; carries what it reverted with.
        NodeAnswerError: the node says nothing that can be relied on, or is on another chain.
        Whatever `send` raises.
    """
    parameters: list[object] = [call, "latest", *([overrides] if overrides else [])]
    answers = _by_request(send(_batch(parameters)))
    on_chain = answers[_CHAIN_ID].get("result")
    if not isinstance(on_chain, str) or _QUANTITY.fullmatch(on_chain) is None:
        raise NodeAnswerError("the chain id is no number")
    if int(on_chain, 16) != chain_id:
        raise WrongChainError
    answer = answers[_CALL]
    if answer.get("error") is not None:
        raise _failure(answer["error"])
    return _read_bytes(answer.get("result"))


def _batch(parameters: list[object]) -> list[dict[str, object]]:
    return [
        {"jsonrpc": "2.0", "id": _CHAIN_ID, "method": "eth_chainId", "params": []},
        {"jsonrpc": "2.0", "id": _CALL, "method": "eth_call", "params": parameters},
    ]


def _by_request(answers: object) -> dict[int, dict[str, Any]]:
    """A node may answer a batch in any order."""
    if not isinstance(answers, list) or not all(isinstance(answer, dict) for answer in answers):
        raise NodeAnswerError("no list of answers")
    by_id = {answer["id"]: answer for answer in answers if type(answer.get("id")) is int}
    if len(answers) != 2 or set(by_id) != {_CHAIN_ID, _CALL}:
        raise NodeAnswerError("not two answers")
    if by_id[_CHAIN_ID].get("error") is not None:
        raise NodeAnswerError("an error instead of a chain id")
    return by_id


def _failure(error: object) -> ContractRevertError | NodeAnswerError:
    """A revert carries data, or says that it is one; anything else is the node's own trouble."""
    if not isinstance(error, dict):
        return NodeAnswerError("an error of no shape")
    data, message = error.get("data"), error.get("message")
    if isinstance(data, str) and (match := _REVERTED.fullmatch(data)):
        return ContractRevertError(bytes.fromhex(match[1]))
    is_revert = isinstance(message, str) and "revert" in message.lower()
    if error.get("code") == _EXECUTION_REVERTED or is_revert:
        return ContractRevertError(b"")
    return NodeAnswerError("an error instead of a result")


def _read_bytes(result: object) -> bytes:
    if not isinstance(result, str) or _BYTES.fullmatch(result) is None:
        raise NodeAnswerError("no bytes in hex")
    return bytes.fromhex(result[2:])
