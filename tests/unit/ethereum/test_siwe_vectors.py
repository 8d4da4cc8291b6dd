"""The public EIP-4361 vectors of spruceid/siwe (MIT, Apache-2.0), read from the shared samples.

Contract wallets (eip1271.json) need chain state and are left out.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet
from eth_account import Account
from eth_account.messages import encode_defunct

from ethereum.errors import EthereumError, SiweFormatError
from ethereum.siwe import SiweMessage, create_siwe_message, parse_siwe_message
from ethereum.siwe_verification import VerifiedSignIn, verify_siwe_message

SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "siwe"
NAMES = {
    "chainId": "chain_id",
    "issuedAt": "issued_at",
    "expirationTime": "expiration_time",
    "notBefore": "not_before",
    "requestId": "request_id",
}
FIELDS = set(SiweMessage._fields)
NOW = "2024-01-01T00:00:00Z"


def vectors(name: str) -> list[ParameterSet]:
    """One parameter for each vector of the file; none, so skipped, where the file is absent."""
    path = SAMPLES / f"{name}.json"
    found = json.loads(path.read_text()) if path.exists() else {}
    return [pytest.param(vector, id=title) for title, vector in found.items()]


def message_from(vector: Mapping[str, Any]) -> SiweMessage:
    fields = {NAMES.get(name, name): value for name, value in vector.items()}
    if "resources" in fields:
        fields["resources"] = tuple(fields["resources"])
    return SiweMessage(**{name: fields[name] for name in fields.keys() & FIELDS})


def verify(vector: Mapping[str, Any]) -> VerifiedSignIn:
    message = message_from(vector)
    return verify_siwe_message(
        parse_siwe_message(create_siwe_message(message)),
        vector["signature"],
        expected_address=message.address.lower(),  # type: ignore[arg-type]
        expected_scheme="https",
        expected_domain=vector.get("domainBinding", message.domain),
        expected_uri=message.uri,
        expected_chain_ids=(message.chain_id,),
        expected_nonce=vector.get("matchNonce", message.nonce),
        expected_statement=message.statement,
        expected_request_id=message.request_id,
        expected_resources=message.resources or (),
        expected_issued_between=(0, float("inf")),
        now=datetime.fromisoformat(vector.get("time", NOW)).timestamp(),
    )


@pytest.mark.parametrize("vector", vectors("parsing_positive"))
def test_parses_and_writes_again_every_valid_message(vector: dict[str, Any]) -> None:
    message = parse_siwe_message(vector["message"])
    assert message == message_from(vector["fields"])
    assert create_siwe_message(message) == vector["message"]


# EIP-4361 says SHOULD, and so do the vectors' successors: it is in lower case, not misspelt.
LENIENT = {"address not EIP-55"}


@pytest.mark.parametrize("vector", vectors("parsing_negative"))
def test_refuses_to_parse_every_invalid_message(
    vector: str, request: pytest.FixtureRequest
) -> None:
    if request.node.callspec.id in LENIENT:
        assert parse_siwe_message(vector).address.islower()
        return
    with pytest.raises(SiweFormatError):
        parse_siwe_message(vector)


@pytest.mark.parametrize("vector", vectors("parsing_negative_objects"))
def test_refuses_to_write_every_invalid_message(vector: dict[str, Any]) -> None:
    with pytest.raises((SiweFormatError, TypeError)) as refusal:
        create_siwe_message(message_from(vector))
    if refusal.type is TypeError:
        assert "missing 1 required positional argument" in str(refusal.value)


@pytest.mark.parametrize("vector", vectors("verification_positive"))
def test_verifies_every_signed_message_as_eth_account_does(vector: dict[str, Any]) -> None:
    signable = encode_defunct(text=create_siwe_message(message_from(vector)))
    assert Account.recover_message(signable, signature=vector["signature"]) == vector["address"]
    assert verify(vector).address == vector["address"].lower()


REFUSALS = {
    "expired message": "expired_message",
    "domain binding": "domain_mismatch",
    "custom time": "expired_message",
    "custom nonce": "nonce_mismatch",
    "malformed signature": None,
    "wrong signature": "signer_mismatch",
    "not yet valid": "message_not_yet_valid",
    "invalid issuedAt": "malformed_message",
    "invalid notBefore": "malformed_message",
    "invalid expirationTime": "malformed_message",
}


@pytest.mark.parametrize("vector", vectors("verification_negative"))
def test_refuses_every_invalid_sign_in_for_its_reason(
    vector: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    with pytest.raises(EthereumError) as refusal:
        verify(vector)
    code = REFUSALS[request.node.callspec.id]
    assert code is None or refusal.value.code == code
