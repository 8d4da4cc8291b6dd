"""What the demo wallet answers to: the four EIP-1193 methods a sign-in needs.

DemoWalletError              code
├── InvalidParamsError       -32602
├── UnauthorizedError        4100    another account than the one asked
└── UnsupportedMethodError   4200    everything else, transactions above all

Codes: https://eips.ethereum.org/EIPS/eip-1193#provider-errors
"""

from collections.abc import Sequence
from typing import ClassVar

from stand_ins.demo_wallet.accounts import DemoAccount


class DemoWalletError(Exception):
    code: ClassVar[int]


class InvalidParamsError(DemoWalletError):
    code = -32602


class UnauthorizedError(DemoWalletError):
    code = 4100


class UnsupportedMethodError(DemoWalletError):
    code = 4200


def answer(
    account: DemoAccount, method: str, params: Sequence[object], *, chain_id: int
) -> list[str] | str:
    """The result of one call. Raises DemoWalletError."""
    if method in ("eth_requestAccounts", "eth_accounts"):
        return [account.address]
    if method == "eth_chainId":
        return hex(chain_id)
    if method == "personal_sign":
        return _personal_sign(account, params)
    raise UnsupportedMethodError("The demo wallet only signs in.")


def _personal_sign(account: DemoAccount, params: Sequence[object]) -> str:
    """params = [message as 0x hex of its bytes, address]; the signature as 0x hex."""
    if len(params) < 2 or not isinstance(params[0], str) or not isinstance(params[1], str):
        raise InvalidParamsError("personal_sign takes a message and an address.")
    if params[1].lower() != account.address.lower():
        raise UnauthorizedError("This account is not in the demo wallet.")
    return account.sign(_bytes(params[0]))


def _bytes(message: str) -> bytes:
    digits = message.removeprefix("0x")
    if digits == message or not digits.isascii() or not digits.isalnum():
        raise InvalidParamsError("The message must be 0x and hex digits.")
    try:
        return bytes.fromhex(digits)
    except ValueError:
        raise InvalidParamsError("The message must be 0x and hex digits.") from None
