"""`eth_call` without an EVM: whose contract it is says how it is answered.

Ethereum has the token contracts of the catalogue, ENS and the demo wallets; the other chains are
known and empty. What no contract of these stands at returns nothing, as on a chain.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial

from stand_ins.addresses import is_address
from stand_ins.chains import ETHEREUM
from stand_ins.contract_wallets import FACTORY
from stand_ins.node.ens import UNIVERSAL_RESOLVER, ask_universal_resolver
from stand_ins.node.errors import InvalidParamsError, NoEvmError, RevertedError
from stand_ins.node.tokens import ask_token_contract, is_token_contract
from stand_ins.node.wallets import OWNERS, ask_wallet, run_validator

type Contract = Callable[[bytes], bytes]
"""Call data -> what is returned. Raises RevertedError."""

_BYTES = re.compile(r"0x(?:[0-9a-fA-F]{2})*")


def contract_at(address: str, chain_id: int) -> Contract | None:
    """`address` in lower case."""
    if chain_id != ETHEREUM.chain_id:
        return None
    if address == UNIVERSAL_RESOLVER:
        return ask_universal_resolver
    if address in OWNERS:
        return partial(ask_wallet, address)
    if is_token_contract(address):
        return partial(ask_token_contract, address)
    return _deploys_nothing if address == FACTORY else None


def eth_call(params: Sequence[object], chain_id: int) -> str:
    """params = [transaction, block, overrides]. Raises RpcError."""
    call, overrides = _read(params)
    data = bytes.fromhex(_bytes_of(call)[2:])
    if overrides or call.get("authorizationList"):
        raise NoEvmError("this stand-in takes no overrides and no authorizations")
    if call.get("to") is None:
        owners = OWNERS if chain_id == ETHEREUM.chain_id else {}
        return _hex(run_validator(data, owners=owners))
    contract = contract_at(read_address(call["to"]), chain_id)
    return _hex(contract(data)) if contract else "0x"


def read_address(value: object) -> str:
    """In lower case. Raises InvalidParamsError."""
    if not isinstance(value, str) or not is_address(value):
        raise InvalidParamsError("an address has 0x and 40 hex digits")
    return value.lower()


def _read(params: Sequence[object]) -> tuple[dict[str, object], object]:
    if not params or not isinstance(params[0], dict):
        raise InvalidParamsError("eth_call takes a transaction")
    return params[0], params[2] if len(params) > 2 else None


def _bytes_of(call: dict[str, object]) -> str:
    data = call.get("data", call.get("input", "0x"))
    if not isinstance(data, str) or _BYTES.fullmatch(data) is None:
        raise InvalidParamsError("data is bytes in hex")
    return data


def _deploys_nothing(_data: bytes) -> bytes:
    raise RevertedError


def _hex(data: bytes) -> str:
    return f"0x{data.hex()}"
