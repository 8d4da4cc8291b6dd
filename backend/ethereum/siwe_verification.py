"""Proof that the owner of an address signed the EIP-4361 message we asked for.

https://eips.ethereum.org/EIPS/eip-4361#verifying-a-signed-message
"""

from typing import NamedTuple, Unpack

from ethereum.address import Address
from ethereum.errors import SignerMismatchError
from ethereum.signature import recover_signer
from ethereum.siwe import SiweExpectations, SiweMessage, siwe_message_text, validate_siwe_message


class VerifiedSignIn(NamedTuple):
    """A sign-in whose every field and signature were checked."""

    address: Address
    chain_id: int
    uri: str
    nonce: str
    is_by_contract: bool = False


def verify_siwe_message(
    message: SiweMessage, signature: str, **expected: Unpack[SiweExpectations]
) -> VerifiedSignIn:
    """Check the fields of `message` against `expected` and that `expected_address` signed its text.

    `message` is as `parse_siwe_message` gave it: the signed text is written from the very fields
    that are checked. Externally owned accounts only; contract wallets (ERC-1271) are refused as
    another signer.

    Raises:
        SiweError: a field differs from what was expected, or another address signed.
        SignatureError: the signature is malformed or belongs to no key.
    """
    validate_siwe_message(message, **expected)
    signer = recover_signer(siwe_message_text(message).encode("ascii"), signature)
    if signer != expected["expected_address"]:
        raise SignerMismatchError
    return VerifiedSignIn(signer, message.chain_id, message.uri, message.nonce)
