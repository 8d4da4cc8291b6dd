"""A chain under the test's control, whatever EVM runs it, and what the tests do with one."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, Protocol

from eth_abi.abi import encode
from sha3 import keccak_256  # type: ignore[import-untyped]

from ethereum.address import Address

ERC6492_SUFFIX = bytes.fromhex("6492" * 16)

ORIGIN_ONE = "0x0000000000000000000000000000000000000001"
ARBITRUM_PRECOMPILE = Address(f"0x{0x64:040x}")
"""Has code at the start of each test chain, as Arbitrum's have: code that accepts everything."""

ACCEPTING_CODE = bytes.fromhex("7f1626ba7e" + "00" * 28 + "60005260206000f3")
"""PUSH32 magic value, MSTORE at 0, RETURN 32 bytes."""


class Chain(Protocol):
    """An EVM behind its JSON-RPC; `funded` can pay and needs no signature."""

    chain_id: int
    funded: str

    def send(self, batch: list[dict[str, object]]) -> Any:
        """The answer to a JSON-RPC batch, as `nodes.eth_call.Send` gives it."""

    def close(self) -> None: ...


class RpcFailedError(Exception):
    pass


def request(chain: Chain, method: str, *params: object) -> Any:
    (answer,) = chain.send([{"jsonrpc": "2.0", "id": 1, "method": method, "params": list(params)}])
    if "error" in answer:
        raise RpcFailedError(answer["error"])
    return answer["result"]


def transact(chain: Chain, to: str | None, data: bytes = b"", value: int = 0) -> dict[str, Any]:
    """The receipt of a transaction by the funded account."""
    transaction = {"from": chain.funded, "data": "0x" + data.hex(), "value": hex(value)}
    transaction |= {"gas": hex(3_000_000), **({"to": to} if to else {})}
    return receipt(chain, request(chain, "eth_sendTransaction", transaction))


def receipt(chain: Chain, transaction_hash: str) -> dict[str, Any]:
    found: dict[str, Any] | None = None
    deadline = time.monotonic() + 60
    while found is None and time.monotonic() < deadline:  # anvil mines a moment later
        found = request(chain, "eth_getTransactionReceipt", transaction_hash)
    if found is None or int(found["status"], 16) != 1:
        raise RpcFailedError("the transaction was not mined, or reverted")
    return found


def deploy(chain: Chain, creation_code: bytes) -> Address:
    return Address(transact(chain, None, creation_code)["contractAddress"].lower())


def code_at(chain: Chain, address: str) -> str:
    return str(request(chain, "eth_getCode", address, "latest"))


def selector(signature: str) -> bytes:
    return bytes(keccak_256(signature.encode()).digest()[:4])


def call_data(signature: str, *arguments: object) -> bytes:
    """ABI-encoded call: `call_data("setOwner(address)", owner)`."""
    types = signature.partition("(")[2].rstrip(")")
    return selector(signature) + encode(types.split(",") if types else [], arguments)


def create2_address(factory: Address, salt: bytes, creation_code: bytes) -> Address:
    """https://eips.ethereum.org/EIPS/eip-1014"""
    code_hash = keccak_256(creation_code).digest()
    preimage = b"\xff" + bytes.fromhex(factory[2:]) + salt + code_hash
    return Address("0x" + keccak_256(preimage).hexdigest()[-40:])


def wrap(factory: Address, factory_data: bytes, signature: bytes) -> bytes:
    """https://eips.ethereum.org/EIPS/eip-6492"""
    values: Sequence[object] = (factory, factory_data, signature)
    return encode(["address", "bytes", "bytes"], values) + ERC6492_SUFFIX
