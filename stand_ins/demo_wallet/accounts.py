"""Three accounts whose keys the whole world knows.

They are the first accounts of Anvil and Hardhat, from the public test mnemonic
"test test test test test test test test test test test junk", path m/44'/60'/0'/0/{index}.
Never send anything of value there.
"""

from dataclasses import dataclass

from eth_account import Account
from eth_account.signers.local import LocalAccount


@dataclass(frozen=True)
class DemoAccount:
    """`name` is what a wallet picker shows."""

    name: str
    signer: LocalAccount

    @property
    def address(self) -> str:
        """EIP-55."""
        address: str = self.signer.address
        return address


def _account(name: str, private_key: str) -> DemoAccount:
    return DemoAccount(name, Account.from_key(private_key))


# Written out rather than derived: deriving takes 200 ms and an unaudited mnemonic feature.
ACCOUNTS = (
    _account(
        "Demo wallet · 3 NFTs",
        "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
    ),
    _account(
        "Demo wallet · 250 NFTs",
        "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
    ),
    _account(
        "Demo wallet · empty",
        "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a",
    ),
)
