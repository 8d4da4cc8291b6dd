"""The table of chains against the list that eth-typing keeps of them."""

from eth_typing import ChainId

from ethereum.chains import BY_DECIMAL_ID, BY_HEX_ID, CHAINS

NAMED = {
    "Ethereum": ChainId.ETH,
    "OP Mainnet": ChainId.OETH,
    "Polygon": ChainId.MATIC,
    "Fantom": ChainId.FTM,
    "Base": ChainId.BASE,
    "Arbitrum One": ChainId.ARB1,
    "Avalanche C-Chain": ChainId.AVAX,
    "Linea": ChainId.LINEA,
}
TESTNETS = {
    "Linea Sepolia": ChainId.LINEA_SEPOLIA,
    "Polygon Amoy": ChainId.POLYGONAMOY,
    "Base Sepolia": ChainId.BASESEP,
    "Sepolia": ChainId.SEP,
}


def test_every_chain_has_the_id_that_others_know_it_by() -> None:
    assert {chain.name: chain_id for chain_id, chain in CHAINS.items()} == {**NAMED, **TESTNETS}


def test_no_chain_of_real_money_is_called_a_testnet() -> None:
    assert {chain.name for chain in CHAINS.values() if chain.testnet} == set(TESTNETS)


def test_a_chain_is_found_by_its_id_in_either_notation() -> None:
    assert BY_DECIMAL_ID["137"] is BY_HEX_ID["0x89"] is CHAINS[137]
