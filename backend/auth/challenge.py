"""What we ask a wallet to sign, once: a fresh nonce in an EIP-4361 message that soon expires."""

from collections.abc import Callable
from typing import NamedTuple

from sha3 import keccak_256  # type: ignore[import-untyped]

from auth.relying_party import RelyingParty
from auth.rfc3339 import rfc3339
from ethereum.address import Address, is_canonical_address, to_checksum_address
from ethereum.siwe import SiweMessage, create_siwe_message, generate_siwe_nonce

CHALLENGE_LIFETIME_SECONDS = 300
CHALLENGE_METADATA = "SIWE"
REPEATED = "repeated"


class Challenge(NamedTuple):
    """Cognito's challenge parameters, strings only. The public ones go to the client."""

    public_parameters: dict[str, str]
    private_parameters: dict[str, str]


def create_challenge(
    user_name: str,
    *,
    relying_party: RelyingParty,
    now: float,
    random_bytes: Callable[[int], bytes],
    is_first: bool = True,
) -> Challenge:
    """A challenge for `user_name`, of the same shape whether or not such a user exists.

    public: message (for the default origin and chain), nonce, issuedAt, expirationTime,
    statement, chainIds and origins (comma lists). private: message, nonce, issuedAt,
    expirationTime; and REPEATED where the challenge is not the first of its session, which
    Cognito tells this trigger and not the verifier.
    """
    message = _message_to_sign(
        _address_to_ask(user_name),
        relying_party,
        issued_at=int(now),
        nonce=generate_siwe_nonce(random_bytes),
    )
    signed = {
        "message": create_siwe_message(message),
        "nonce": message.nonce,
        "issuedAt": message.issued_at,
        "expirationTime": str(message.expiration_time),
    }
    chain_ids = ",".join(map(str, relying_party.chain_ids))
    origins = ",".join(origin.uri for origin in relying_party.origins)
    public = {
        **signed,
        "statement": relying_party.statement,
        "chainIds": chain_ids,
        "origins": origins,
    }
    return Challenge(public, signed if is_first else {**signed, REPEATED: "true"})


def _message_to_sign(
    address: Address, relying_party: RelyingParty, *, issued_at: int, nonce: str
) -> SiweMessage:
    origin = relying_party.origins[0]
    return SiweMessage(
        domain=origin.authority,
        address=to_checksum_address(address),
        statement=relying_party.statement,
        uri=origin.uri,
        version="1",
        chain_id=relying_party.chain_ids[0],
        nonce=nonce,
        issued_at=rfc3339(issued_at),
        expiration_time=rfc3339(issued_at + CHALLENGE_LIFETIME_SECONDS),
    )


def _address_to_ask(user_name: str) -> Address:
    """The user's address; for a name that is none, a stand-in that is always the same."""
    if is_canonical_address(user_name):
        return Address(user_name)
    digest = keccak_256(user_name.encode("utf-8", "surrogatepass")).hexdigest()
    return Address("0x" + digest[-40:])
