"""py-evm, in this process, as a Chain: the JSON-RPC methods the tests and the backend use.

eth-tester wants a `from` that can pay even for a call, which real nodes do not.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

from eth.vm.forks.prague.transactions import Authorization, UnsignedSetCodeTransaction
from eth.vm.spoof import SpoofTransaction
from eth_tester import EthereumTester, PyEVMBackend  # type: ignore[import-untyped]
from eth_tester.exceptions import TransactionFailed  # type: ignore[import-untyped]
from eth_utils.address import to_checksum_address

from ethereum.contract_wallet import CALLER
from tests.evm.chain import ACCEPTING_CODE, ARBITRUM_PRECOMPILE, ORIGIN_ONE

_ETHER = 10**18


class PyEvm:
    def __init__(self, code: Mapping[str, bytes] | None = None) -> None:
        """`code` stands at its addresses from the start."""
        genesis = _genesis({ARBITRUM_PRECOMPILE: ACCEPTING_CODE, **(code or {})})
        self._tester = EthereumTester(PyEVMBackend(genesis_state=genesis))
        self.funded: str = self._tester.get_accounts()[0]
        self.chain_id: int = self._tester.backend.chain.chain_id
        self._methods: dict[str, Callable[..., object]] = {
            "eth_chainId": lambda: hex(self.chain_id),
            "eth_call": self._call,
            "eth_getCode": lambda address, _: self._tester.get_code(_checksum(address)),
            "eth_getTransactionCount": lambda address, _: hex(
                self._tester.get_nonce(_checksum(address))
            ),
            "eth_sendTransaction": self._send_transaction,
            "eth_sendRawTransaction": self._tester.send_raw_transaction,
            "eth_getTransactionReceipt": self._receipt,
        }

    def send(self, batch: list[dict[str, object]]) -> Any:
        return [self._answer(request) for request in batch]

    def close(self) -> None:
        """Nothing to end: the chain is an object."""

    def _answer(self, request: dict[str, Any]) -> dict[str, object]:
        answer = {"jsonrpc": "2.0", "id": request["id"]}
        try:
            return {**answer, "result": self._methods[request["method"]](*request["params"])}
        except TransactionFailed as error:
            return {**answer, "error": {"code": 3, "message": str(error), **_reverted(error)}}

    def _call(self, call: dict[str, Any], _: str, overrides: Any = None) -> object:
        if "authorizationList" in call:
            return self._call_with_authorization(call, overrides or {})
        return self._tester.call(_transaction({"from": self.funded, **call}))

    def _call_with_authorization(self, call: dict[str, Any], overrides: Any) -> str:
        """A type 4 transaction (EIP-7702), unsigned, over a state that is put back afterwards."""
        vm = self._tester.backend.chain.get_vm()
        state = vm.state
        snapshot = state.snapshot()
        for address, account in overrides.items():
            state.set_code(_raw(address), _raw(account["code"]))
        computation = state.apply_transaction(_set_code_transaction(vm, self.chain_id, call))
        state.revert(snapshot)
        if computation.is_error:
            raise TransactionFailed(str(computation.error))
        return "0x" + bytes(computation.output).hex()

    def _send_transaction(self, transaction: dict[str, str]) -> object:
        return self._tester.send_transaction(_transaction(transaction))

    def _receipt(self, transaction_hash: str) -> dict[str, object]:
        found = self._tester.get_transaction_receipt(transaction_hash)
        return {"status": hex(found["status"]), "contractAddress": found["contract_address"]}


def _genesis(code: Mapping[str, bytes]) -> dict[bytes, dict[str, object]]:
    """eth-tester's own accounts, the callers of the tests, and what has code."""
    state: dict[bytes, dict[str, object]] = PyEVMBackend.generate_genesis_state()
    empty = {"balance": 100 * _ETHER, "nonce": 0, "code": b"", "storage": {}}
    state |= {bytes.fromhex(payer[2:]): empty for payer in (CALLER, ORIGIN_ONE)}
    state |= {bytes.fromhex(at[2:]): {**empty, "code": there} for at, there in code.items()}
    return state


def _reverted(error: TransactionFailed) -> dict[str, str]:
    """What a custom error reverted with: eth-tester's message is the repr of those bytes."""
    message = str(error)
    is_repr = message.startswith(("b'", 'b"'))
    return {"data": "0x" + ast.literal_eval(message).hex()} if is_repr else {}


def _transaction(fields: dict[str, str]) -> dict[str, object]:
    """eth-tester's form: checksummed addresses, numbers as int."""
    read: dict[str, Callable[[str], object]] = {
        "from": _checksum,
        "to": _checksum,
        "gas": _number,
        "value": _number,
        "data": str,
    }
    return {name: read[name](text) for name, text in fields.items()}


def _set_code_transaction(vm: Any, chain_id: int, call: dict[str, Any]) -> Any:
    sender = _raw(call["from"])
    unsigned = UnsignedSetCodeTransaction(
        chain_id,
        vm.state.get_nonce(sender),
        0,
        vm.state.base_fee,
        _number(call["gas"]),
        _raw(call["to"]),
        0,
        _raw(call.get("data", "0x")),
        [],
        [_authorization(item) for item in call["authorizationList"]],
    )
    return SpoofTransaction(unsigned, from_=sender)


def _authorization(item: dict[str, str]) -> Authorization:
    numbers = (_number(item[name]) for name in ("nonce", "yParity", "r", "s"))
    return Authorization(_number(item["chainId"]), _raw(item["address"]), *numbers)


def _raw(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x"))


def _number(quantity: str) -> int:
    return int(quantity, 16)


def _checksum(address: str) -> str:
    return str(to_checksum_address(address))
