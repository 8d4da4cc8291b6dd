"""The chains the NFT API serves, and who is asked first on each.

Alchemy's slugs are the host names of https://www.alchemy.com/docs/reference/nft-api-overview,
Moralis's ids those of https://docs.moralis.com/supported-chains (some of its names hold a space).
A network must also be switched on in Alchemy's dashboard: one that is not is asked of Moralis.
"""

from dataclasses import dataclass

from runtime.errors import UnsupportedChainError


@dataclass(frozen=True, slots=True)
class Chain:
    """`providers` in the order they are asked; `alchemy` is a host name, `moralis` a 0x id."""

    chain_id: int
    name: str
    alchemy: str
    moralis: str
    testnet: bool = False
    providers: tuple[str, ...] = ("alchemy", "moralis")


_CHAINS = (
    Chain(1, "Ethereum", "eth-mainnet", "0x1"),
    Chain(10, "OP Mainnet", "opt-mainnet", "0xa"),
    Chain(137, "Polygon", "polygon-mainnet", "0x89"),
    Chain(250, "Fantom", "fantom-mainnet", "0xfa"),
    Chain(8453, "Base", "base-mainnet", "0x2105"),
    Chain(42161, "Arbitrum One", "arb-mainnet", "0xa4b1"),
    Chain(43114, "Avalanche C-Chain", "avax-mainnet", "0xa86a"),
    Chain(59144, "Linea", "linea-mainnet", "0xe708"),
    Chain(59141, "Linea Sepolia", "linea-sepolia", "0xe705", testnet=True),
    Chain(80002, "Polygon Amoy", "polygon-amoy", "0x13882", testnet=True),
    Chain(84532, "Base Sepolia", "base-sepolia", "0x14a34", testnet=True),
    Chain(11155111, "Sepolia", "eth-sepolia", "0xaa36a7", testnet=True),
)
CHAINS = {chain.chain_id: chain for chain in _CHAINS}


def chain_of(text: str | None) -> Chain:
    """The chain of an EIP-155 id in decimal digits. Raises UnsupportedChainError."""
    for chain_id, chain in CHAINS.items():
        if text == str(chain_id):
            return chain
    raise UnsupportedChainError("not on the list")
