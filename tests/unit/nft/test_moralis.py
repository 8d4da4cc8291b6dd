"""Which chain the raw Moralis route is asked for; chains are rows of one table."""

import pytest

from ethereum.chains import CHAINS, Chain
from nft.routes.get_nfts_moralis import moralis_chain
from runtime.errors import UnsupportedChainError


@pytest.mark.parametrize("chain", CHAINS.values(), ids=lambda chain: chain.moralis)
def test_takes_a_chain_by_name_or_id_in_any_case(chain: Chain) -> None:
    assert moralis_chain(chain.moralis) == moralis_chain(chain.moralis.upper()) == chain
    upper = chain.hex_id.upper().replace("0X", "0x")
    assert moralis_chain(chain.hex_id) == moralis_chain(upper) == chain


@pytest.mark.parametrize("chain", ["", "1", "0x01", "0x64", "gnosis", "eth ", "eth&x=1", "0x"])
def test_refuses_any_other_chain(chain: str) -> None:
    with pytest.raises(UnsupportedChainError):
        moralis_chain(chain)
