"""How each provider spells the chains it knows: the rows of the backend's table, and no others."""

from stand_ins.backend import CHAINS

ETHEREUM = CHAINS[1]
"""The chain of everything in the catalogue; the others are known and empty."""
ALCHEMY_NETWORKS = frozenset(chain.alchemy for chain in CHAINS.values())
MORALIS_CHAINS = {
    spelling: chain.hex_id
    for chain in CHAINS.values()
    for spelling in (chain.moralis, chain.hex_id)
}

_GENESIS = 1_438_269_973  # block 0 of Ethereum; about one block every 14 seconds since


def block_number(now: float) -> int:
    """Of the newest block, `now` in seconds since 1970."""
    return int(now - _GENESIS) // 14
