"""Accounts whose keys the whole world knows: three of a key, two contract wallets of a fourth.

The keys are the first of Anvil and Hardhat, from the public test mnemonic
"test test test test test test test test test test test junk", path m/44'/60'/0'/0/{index}.
Never send anything of value there. The contract wallets are on the stand-in node only.
"""

from dataclasses import dataclass

from eth_account import Account
from eth_account.messages import encode_defunct
from eth_account.signers.local import LocalAccount
from eth_utils.address import to_checksum_address

from stand_ins.contract_wallets import FACTORY, Wrapped, factory_call, wallet_of, wrap


@dataclass(frozen=True)
class DemoAccount:
    """`name` is what a wallet picker shows, `address` is EIP-55.

    A contract wallet has another address than its signer. `factory_call` makes it, if it is still
    to come.
    """

    name: str
    address: str
    signer: LocalAccount
    factory_call: bytes = b""

    @property
    def is_deployed(self) -> bool:
        """Whether there is a contract at the address."""
        return bool(self.address != self.signer.address) and not self.factory_call

    def sign(self, message: bytes) -> str:
        """The signature as 0x hex: 65 bytes (EIP-191), or those in a wrapper (ERC-6492)."""
        signed = self.signer.sign_message(encode_defunct(primitive=message))
        signature = bytes(signed.signature)
        if self.factory_call:
            signature = wrap(Wrapped(FACTORY, self.factory_call, signature))
        return f"0x{signature.hex()}"


def _account(name: str, private_key: str) -> DemoAccount:
    signer = Account.from_key(private_key)
    return DemoAccount(name, signer.address, signer)


def _contract(name: str, *, salt: int, is_deployed: bool) -> DemoAccount:
    address = to_checksum_address(wallet_of(_OWNER.address, salt).address)
    call = b"" if is_deployed else factory_call(_OWNER.address, salt)
    return DemoAccount(name, str(address), _OWNER, call)


# Written out rather than derived: deriving takes 200 ms and an unaudited mnemonic feature.
_OWNER: LocalAccount = Account.from_key(
    "0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6"
)
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
    _contract("Demo wallet · contract", salt=0, is_deployed=True),
    _contract("Demo wallet · undeployed contract", salt=1, is_deployed=False),
)
