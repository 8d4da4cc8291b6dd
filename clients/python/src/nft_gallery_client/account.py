"""Whoever signs: eth-account's account, or any address with a function that signs a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from nft_gallery_client.errors import ConfigError, SignInError, WalletAuthError

_USER_REJECTED = 4001


class EthAccount(Protocol):
    """`eth_account.signers.local.LocalAccount` is one; eth-account is no dependency of ours."""

    @property
    def address(self) -> Any: ...
    def sign_message(self, signable_message: Any) -> Any: ...


type Sign = Callable[[str], str]
"""A text -> its EIP-191 signature in hex (`personal_sign`); a contract wallet's may be longer."""
type Account = EthAccount | tuple[str, Sign]


class Signer(NamedTuple):
    """`address` is in lower case, which needs no checksum: so none can be wrong."""

    address: str
    sign: Sign

    def signature_of(self, message: str) -> str:
        """Hex with 0x.

        Raises:
            SignInError: user_rejected where the wallet raised EIP-1193's 4001, else wallet_failed.
        """
        try:
            signature = self.sign(message)
        except WalletAuthError:
            raise
        except Exception as refusal:  # a wallet's own error: any type, and no text of ours
            is_rejected = getattr(refusal, "code", None) == _USER_REJECTED
            raise SignInError("user_rejected" if is_rejected else "wallet_failed") from refusal
        if not isinstance(signature, str) or not signature:
            raise SignInError("wallet_failed")
        return f"0x{signature.removeprefix('0x')}"


def signer_of(account: Account) -> Signer:
    """Raises ConfigError: invalid_address."""
    address, sign = account if isinstance(account, tuple) else _of_eth_account(account)
    if not isinstance(address, str) or not re.fullmatch(r"0[xX][0-9a-fA-F]{40}", address):
        raise ConfigError("account", "invalid_address")
    return Signer(address.lower(), sign)


def _of_eth_account(account: EthAccount) -> tuple[str, Sign]:
    def sign(message: str) -> str:
        from eth_account.messages import encode_defunct

        signed = account.sign_message(encode_defunct(text=message))
        return bytes(signed.signature).hex()

    return account.address, sign
