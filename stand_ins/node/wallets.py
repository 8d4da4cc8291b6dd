"""What our validator says of a contract wallet, decided here: none of its code is run.

A call of the validator is its creation code with wallet, hash and signature behind it. The code is
recognised, the three are decoded, and the same steps are taken as in ContractWalletValidator.sol.
A signature is compared with the wallet's owner by recovering its key. What a wallet of its own
would do, or another factory, nobody knows without an EVM: the first has no code here, the second
makes nothing. Authorizations (EIP-7702, ERC-8010) are not answered at all.
"""

from eth_abi.abi import encode
from eth_keys.datatypes import Signature
from eth_keys.exceptions import BadSignature
from eth_utils.abi import function_signature_to_4byte_selector as selector
from eth_utils.exceptions import ValidationError

from stand_ins.backend import CREATION_CODE
from stand_ins.contract_wallets import ERC6492_SUFFIX, Wrapped, made_by, unwrap
from stand_ins.demo_wallet.accounts import ACCOUNTS
from stand_ins.node.abi import decoded
from stand_ins.node.errors import NoEvmError, RevertedError

REFUSED, ACCEPTED, NO_CONTRACT, NOT_DEPLOYED, MALFORMED_WRAPPER = (bytes([n]) for n in range(5))

MAGIC_VALUE = selector("isValidSignature(bytes32,bytes)")
"""https://eips.ethereum.org/EIPS/eip-1271"""

OWNERS = {
    account.address.lower(): account.signer.address.lower()
    for account in ACCOUNTS
    if account.is_deployed
}
"""Of the wallets that are deployed."""


def ask_wallet(address: str, data: bytes) -> bytes:
    """ERC-1271's answer of a deployed wallet. Raises RevertedError."""
    if data[:4] != MAGIC_VALUE:
        raise RevertedError
    match decoded(["bytes32", "bytes"], data[4:]):
        case (bytes(message_hash), bytes(signature)):
            is_by_owner = _is_by(OWNERS[address], message_hash, signature)
            return encode(["bytes4"], [MAGIC_VALUE if is_by_owner else b"\xff" * 4])
    raise RevertedError


def run_validator(program: bytes, *, owners: dict[str, str]) -> bytes:
    """The verdict, one byte; `owners` of the wallets that are on this chain. Raises NoEvmError."""
    if not program.startswith(CREATION_CODE):
        raise NoEvmError("this stand-in runs no code but its own contracts")
    match decoded(["address", "bytes32", "bytes"], program.removeprefix(CREATION_CODE)):
        case (str(wallet), bytes(message_hash), bytes(signature)):
            return judge(wallet, message_hash, signature, owners=owners)
    raise NoEvmError("these are no arguments of the validator")


def judge(wallet: str, message_hash: bytes, signature: bytes, *, owners: dict[str, str]) -> bytes:
    owner = owners.get(wallet)
    if signature.endswith(ERC6492_SUFFIX):
        return _judge_wrapped(wallet, owner, message_hash, unwrap(signature))
    if owner is None:
        return NO_CONTRACT
    return _verdict(owner, message_hash, signature)


def _judge_wrapped(
    wallet: str, owner: str | None, message_hash: bytes, wrapped: Wrapped | None
) -> bytes:
    if wrapped is None:
        return MALFORMED_WRAPPER
    if owner is None:
        made = made_by(wrapped.factory, wrapped.call)
        if made is None or made.address != wallet:
            return NOT_DEPLOYED
        owner = made.owner
    return _verdict(owner, message_hash, wrapped.signature)


def _verdict(owner: str, message_hash: bytes, signature: bytes) -> bytes:
    return ACCEPTED if _is_by(owner, message_hash, signature) else REFUSED


def _is_by(owner: str, message_hash: bytes, signature: bytes) -> bool:
    """Whether the key of `owner` made the 65 bytes: r, s, and 27 or 28."""
    if len(signature) != 65 or signature[64] not in (27, 28):
        return False
    try:
        made = Signature(signature[:64] + bytes([signature[64] - 27]))
        public_key = made.recover_public_key_from_msg_hash(message_hash)
    except (BadSignature, ValidationError):
        return False
    return bool(public_key.to_address() == owner)
