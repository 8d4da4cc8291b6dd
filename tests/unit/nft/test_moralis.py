import pytest

from nft.providers.moralis import CHAIN_IDS, chain_id
from runtime.errors import UnsupportedChainError


@pytest.mark.parametrize(("name", "hex_id"), CHAIN_IDS.items())
def test_takes_a_chain_by_name_or_id_in_any_case(name: str, hex_id: str) -> None:
    assert chain_id(name) == chain_id(name.upper()) == hex_id
    assert chain_id(hex_id) == chain_id(hex_id.upper().replace("0X", "0x")) == hex_id


@pytest.mark.parametrize("absent", [None, ""])
def test_means_ethereum_when_no_chain_is_asked_for(absent: str | None) -> None:
    assert chain_id(absent) == "0x1"


@pytest.mark.parametrize("chain", ["1", "0x01", "0x64", "gnosis", "eth ", "eth&x=1", "0x"])
def test_refuses_any_other_chain(chain: str) -> None:
    with pytest.raises(UnsupportedChainError):
        chain_id(chain)
