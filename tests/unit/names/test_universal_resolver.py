"""web3 reaches for no gateway by itself, even where a lookup gets as far as web3."""

import pytest
from eth_abi.abi import encode

from ethereum.address import Address
from names.errors import NameNotFoundError
from names.offchain_lookup import OFFCHAIN_LOOKUP
from names.web3_ens import address_of
from nodes.errors import ContractRevertError


def test_a_lookup_that_web3_sees_is_a_revert_like_any_other() -> None:
    def call(to: Address, data: bytes) -> bytes:
        types = ["address", "string[]", "bytes", "bytes4", "bytes"]
        values = [to, ["https://127.0.0.1:9/{data}"], b"", b"\x01\x02\x03\x04", b""]
        raise ContractRevertError(OFFCHAIN_LOOKUP + encode(types, values))

    with pytest.raises(NameNotFoundError):
        address_of("alice.eth", call=call)
