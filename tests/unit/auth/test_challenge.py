import os

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auth.challenge import CHALLENGE_LIFETIME_SECONDS, Challenge, create_challenge
from auth.relying_party import RelyingParty
from ethereum.siwe import parse_siwe_message
from ethereum.siwe_grammar import rfc3339_to_epoch

USER = "0x19e7e376e7c213b7e7e7e46cc70a5dd086daff2a"
NOW = 1767225600.75
NONCE = bytes(range(16)).hex()


def challenge_for(user_name: str, relying_party: RelyingParty) -> Challenge:
    return create_challenge(
        user_name,
        relying_party=relying_party,
        now=NOW,
        random_bytes=lambda count: bytes(range(count)),
    )


def test_writes_a_whole_message_for_the_default_origin_and_chain(
    relying_party: RelyingParty,
) -> None:
    challenge = challenge_for(USER, relying_party)
    assert challenge.public_parameters["message"] == (
        "gallery.example wants you to sign in with your Ethereum account:\n"
        "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A\n"
        "\n"
        "Sign in to NFT Gallery.\n"
        "\n"
        "URI: https://gallery.example\n"
        "Version: 1\n"
        "Chain ID: 1\n"
        f"Nonce: {NONCE}\n"
        "Issued At: 2026-01-01T00:00:00Z\n"
        "Expiration Time: 2026-01-01T00:05:00Z"
    )


def test_tells_the_client_all_it_needs_to_compose_its_own(relying_party: RelyingParty) -> None:
    public = challenge_for(USER, relying_party).public_parameters
    assert {name: public[name] for name in public.keys() - {"message"}} == {
        "nonce": NONCE,
        "issuedAt": "2026-01-01T00:00:00Z",
        "expirationTime": "2026-01-01T00:05:00Z",
        "statement": "Sign in to NFT Gallery.",
        "chainIds": "1,137",
        "origins": "https://gallery.example,http://localhost:3000",
    }


def test_keeps_for_the_verifier_what_it_told_the_client(relying_party: RelyingParty) -> None:
    public, private = challenge_for(USER, relying_party)
    assert set(private) == {"message", "nonce", "issuedAt", "expirationTime"}
    assert private.items() <= public.items()
    assert all(isinstance(value, str) for value in public.values())


def test_lives_five_minutes(relying_party: RelyingParty) -> None:
    private = challenge_for(USER, relying_party).private_parameters
    lifetime = rfc3339_to_epoch(private["expirationTime"]) - rfc3339_to_epoch(private["issuedAt"])
    assert lifetime == CHALLENGE_LIFETIME_SECONDS == 300


def test_every_challenge_has_a_nonce_of_its_own(relying_party: RelyingParty) -> None:
    nonces = {
        create_challenge(
            USER, relying_party=relying_party, now=NOW, random_bytes=os.urandom
        ).public_parameters["nonce"]
        for _ in range(500)
    }
    assert len(nonces) == 500
    assert all(len(nonce) == 32 for nonce in nonces)


@given(user_name=st.text())
@example(user_name="\ud800")
@pytest.mark.parametrize("known", [USER])
def test_every_user_name_gets_a_challenge_of_one_shape(
    known: str, user_name: str, relying_party: RelyingParty
) -> None:
    expected, got = (challenge_for(name, relying_party) for name in (known, user_name))
    for mine, theirs in zip(expected, got, strict=True):
        assert {name: len(value) for name, value in mine.items()} == {
            name: len(value) for name, value in theirs.items()
        }
    parse_siwe_message(got.public_parameters["message"])


def test_a_name_that_is_no_address_is_always_shown_the_same_one(
    relying_party: RelyingParty,
) -> None:
    first, second, other = (
        parse_siwe_message(challenge_for(name, relying_party).public_parameters["message"]).address
        for name in ("nobody", "nobody", "somebody")
    )
    assert first == second != other
