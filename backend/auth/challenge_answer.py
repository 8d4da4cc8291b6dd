"""Whether an answer to a challenge proves that its user holds the address. Fails closed.

An answer is the bare signature of the message we wrote, or JSON `{"message", "signature"}` where
the client wrote the message for another listed origin or chain. One verifier serves both.

The signer's key is recovered first, without any node. Only what is not the key's own signature is
put to the contract wallet at the address, and only on a chain whose nodes we may ask.

Why: ARCHITECTURE.md, auth.
"""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from auth.challenge import REPEATED
from auth.errors import (
    ExpiredChallengeError,
    MalformedAnswerError,
    MalformedChallengeError,
    RepeatedContractError,
    UnknownUserError,
    UnlistedOriginError,
)
from auth.relying_party import Origin, RelyingParty
from ethereum.address import Address, is_canonical_address
from ethereum.errors import NoContractError, SignatureError, SignerMismatchError
from ethereum.signature import with_prefix
from ethereum.siwe import (
    MAX_MESSAGE_LENGTH,
    SiweExpectations,
    SiweMessage,
    parse_siwe_message,
    siwe_message_text,
)
from ethereum.siwe_grammar import rfc3339_to_epoch
from ethereum.siwe_verification import VerifiedSignIn, verify_siwe_message

MAX_ANSWER_LENGTH = 2 * MAX_MESSAGE_LENGTH + 2 * 16 * 1024 + 64
"""Characters: JSON writes each line end of a message with two, hex writes each byte of a contract
wallet's signature with two (`ethereum.contract_wallet` takes 16 KiB), and 64 are around them."""

CLOCK_SKEW_SECONDS = 60
"""How far a client's clock may be from ours when it writes a message of its own."""

type VerifyOnChain = Callable[[Address, bytes, str], None]
"""(wallet, message, signature) -> None where the contract accepts it and may open this account;
else raises SignatureError or ChallengeAnswerError."""

_NO_CONTRACT_WALLETS: Mapping[int, VerifyOnChain] = MappingProxyType({})


class IssuedChallenge(NamedTuple):
    """What CreateAuthChallenge stored; times in seconds since 1970."""

    message: str
    nonce: str
    issued_at: float
    expires_at: float
    is_first: bool


class SignedMessage(NamedTuple):
    message: str
    signature: str


def verify_challenge_answer(
    answer: object,
    *,
    private_parameters: Mapping[str, object] | None,
    user_name: str,
    user_not_found: bool,
    relying_party: RelyingParty,
    now: float,
    contract_wallets: Mapping[int, VerifyOnChain] = _NO_CONTRACT_WALLETS,
) -> VerifiedSignIn:
    """Check every field of the signed message and the signature, whatever the client sent.

    `contract_wallets` has, by chain id, the chains where contract wallets may sign in. They are
    asked about the first answer of a session only, and never for a user that does not exist.

    Raises:
        ChallengeAnswerError: unknown user, late, malformed, for an origin that is not ours, or
            signed by a contract wallet that no node could be asked about, or is asked about here.
        EthereumError: what is wrong with the message or its signature.
    """
    if not is_canonical_address(user_name):
        raise UnknownUserError
    challenge = _read_challenge(private_parameters)
    if challenge.expires_at <= now:
        raise ExpiredChallengeError
    signed = _read_answer(answer, challenge)
    message = parse_siwe_message(signed.message)
    origin = relying_party.origin_of(message.uri)
    if origin is None:
        raise UnlistedOriginError
    expected = _expectations(challenge, Address(user_name), origin, relying_party, now)
    try:
        verified = verify_siwe_message(message, signed.signature, **expected)
    except (SignatureError, SignerMismatchError) as refusal:  # every field was as expected
        # both are looked at for every user: where no node is asked, time tells nothing
        verify = contract_wallets.get(message.chain_id)
        if verify is None or user_not_found:
            raise
        if not challenge.is_first:
            raise RepeatedContractError from None
        return _verify_contract_wallet(
            message, signed.signature, Address(user_name), verify, refusal
        )
    # Last, so that a key's answer for an unknown wallet takes as long as one for a known wallet.
    if user_not_found:
        raise UnknownUserError
    return verified


def _verify_contract_wallet(
    message: SiweMessage,
    signature: str,
    address: Address,
    verify: VerifyOnChain,
    refusal: SignatureError | SignerMismatchError,
) -> VerifiedSignIn:
    """Raises `refusal`, made for an EOA, where the address is no contract on the message's chain.

    ERC-6492 would have the key recovered last. Ours comes first and counts on equality only: an
    EOA needs no node then, and an EIP-7702 account signs with its key like any other.
    """
    try:
        verify(address, siwe_message_text(message).encode("ascii"), signature)
    except NoContractError:
        raise refusal from None
    return VerifiedSignIn(
        address, message.chain_id, message.uri, message.nonce, is_by_contract=True
    )


def _expectations(
    challenge: IssuedChallenge,
    address: Address,
    origin: Origin,
    relying_party: RelyingParty,
    now: float,
) -> SiweExpectations:
    return {
        "expected_address": address,
        "expected_scheme": origin.scheme,
        "expected_domain": origin.authority,
        "expected_uri": origin.uri,
        "expected_chain_ids": relying_party.chain_ids,
        "expected_nonce": challenge.nonce,
        "expected_statement": relying_party.statement,
        "expected_request_id": None,
        "expected_resources": (),
        "expected_issued_between": (
            challenge.issued_at - CLOCK_SKEW_SECONDS,
            now + CLOCK_SKEW_SECONDS,
        ),
        "now": now,
    }


def _read_challenge(private_parameters: Mapping[str, object] | None) -> IssuedChallenge:
    if not isinstance(private_parameters, Mapping):
        raise MalformedChallengeError
    try:
        texts = [private_parameters[name] for name in ("message", "nonce")]
        times = [private_parameters[name] for name in ("issuedAt", "expirationTime")]
        message, nonce = map(_string, texts)
        issued_at, expires_at = (rfc3339_to_epoch(_string(time)) for time in times)
    except (KeyError, TypeError, ValueError):
        raise MalformedChallengeError from None
    is_first = REPEATED not in private_parameters
    return IssuedChallenge(message, nonce, issued_at, expires_at, is_first)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a string")
    return value


def _read_answer(answer: object, challenge: IssuedChallenge) -> SignedMessage:
    if not isinstance(answer, str) or len(answer) > MAX_ANSWER_LENGTH:
        raise MalformedAnswerError
    if not answer.startswith("{"):
        return SignedMessage(challenge.message, with_prefix(answer))
    try:
        # Pairs, not a dict: a name given twice must not pass as given once.
        # RecursionError: how deep JSON may nest differs by platform.
        pairs = json.loads(answer, object_pairs_hook=sorted)
        (message_name, message), (signature_name, signature) = pairs
    except (ValueError, TypeError, RecursionError):
        raise MalformedAnswerError from None
    if (message_name, signature_name) != ("message", "signature"):
        raise MalformedAnswerError
    if not isinstance(message, str) or not isinstance(signature, str):
        raise MalformedAnswerError
    return SignedMessage(message, with_prefix(signature))
