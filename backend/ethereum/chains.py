"""The chains that the NFT API serves, one row a chain.

Alchemy's slugs are the host names of https://www.alchemy.com/docs/reference/nft-api-overview, its
webhooks' networks those of https://www.alchemy.com/docs/reference/notify-api-quickstart, Moralis's
names those of https://docs.moralis.com/supported-chains. A network must also be switched on in
Alchemy's dashboard: one that is not is asked of Moralis.

Why: ARCHITECTURE.md, ethereum.
"""

from typing import NamedTuple


class Chain(NamedTuple):
    """`alchemy` is a host name, `alchemy_webhook` a network of its deliveries, `moralis` a name.

    `providers` are in the order they are asked.
    """

    chain_id: int
    name: str
    alchemy: str
    alchemy_webhook: str
    moralis: str
    testnet: bool = False
    providers: tuple[str, ...] = ("alchemy", "moralis")

    @property
    def hex_id(self) -> str:
        """0x and hex digits, which Moralis takes too: some of its names hold a space."""
        return hex(self.chain_id)


_CHAINS = (
    Chain(1, "Ethereum", "eth-mainnet", "ETH_MAINNET", "eth"),
    Chain(10, "OP Mainnet", "opt-mainnet", "OPT_MAINNET", "optimism"),
    Chain(137, "Polygon", "polygon-mainnet", "MATIC_MAINNET", "polygon"),
    Chain(250, "Fantom", "fantom-mainnet", "FANTOM_MAINNET", "fantom"),
    Chain(8453, "Base", "base-mainnet", "BASE_MAINNET", "base"),
    Chain(42161, "Arbitrum One", "arb-mainnet", "ARB_MAINNET", "arbitrum"),
    Chain(43114, "Avalanche C-Chain", "avax-mainnet", "AVAX_MAINNET", "avalanche"),
    Chain(59144, "Linea", "linea-mainnet", "LINEA_MAINNET", "linea"),
    Chain(59141, "Linea Sepolia", "linea-sepolia", "LINEA_SEPOLIA", "linea sepolia", testnet=True),
    Chain(80002, "Polygon Amoy", "polygon-amoy", "MATIC_AMOY", "polygon amoy", testnet=True),
    Chain(84532, "Base Sepolia", "base-sepolia", "BASE_SEPOLIA", "base sepolia", testnet=True),
    Chain(11155111, "Sepolia", "eth-sepolia", "ETH_SEPOLIA", "sepolia", testnet=True),
)
CHAINS = {chain.chain_id: chain for chain in _CHAINS}
BY_DECIMAL_ID = {str(chain.chain_id): chain for chain in _CHAINS}
BY_ALCHEMY_WEBHOOK = {chain.alchemy_webhook: chain for chain in _CHAINS}
BY_MORALIS_NAME = {chain.moralis: chain for chain in _CHAINS}
BY_HEX_ID = {chain.hex_id: chain for chain in _CHAINS}
