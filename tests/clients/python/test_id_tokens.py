"""ID tokens in a service of one's own: what passes, what does not, how often keys are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization

from nft_gallery_client import IdTokens, TokenError, UnreachableError, Wallet
from nft_gallery_client.config import read_config
from nft_gallery_client.http import Answer, Request
from tests.clients.python.fakes import (
    ADDRESS,
    CONFIG,
    KEY,
    NOW,
    OTHER_KEY,
    FakeGallery,
    id_claims,
    jwk,
    reply,
    signed,
)

JWKS = read_config(CONFIG).jwks_url
PEM = KEY.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
)


@pytest.fixture
def pool() -> FakeGallery:
    return FakeGallery(replies={JWKS: [reply(200, {"keys": [jwk(KEY, "one")]})]})


@pytest.fixture
def id_tokens(pool: FakeGallery) -> IdTokens:
    return IdTokens(CONFIG, http=pool, now=lambda: pool.time)


def refused(id_tokens: IdTokens, token: Any) -> str:
    with pytest.raises(TokenError) as error:
        id_tokens.verify(token)
    return error.value.code


def test_a_wallets_id_token_is_its_wallet(id_tokens: IdTokens) -> None:
    assert id_tokens.verify(signed(id_claims())) == Wallet(ADDRESS, 1, int(NOW) + 900)


def test_where_several_chains_are_allowed_no_chain_is_known(id_tokens: IdTokens) -> None:
    assert id_tokens.verify(signed(id_claims(chain_id=None))).chain_id is None


WRONG: dict[str, dict[str, object]] = {
    "of another pool": {"iss": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other"},
    "of nobody": {"iss": None},
    "for another client": {"aud": "another"},
    "for several clients": {"aud": [CONFIG["userPoolClientId"], "another"]},
    "for nobody": {"aud": None},
    "for access": {"token_use": "access"},
    "for nothing": {"token_use": None},
    "without an end": {"exp": None},
    "with an end in text": {"exp": str(int(NOW) + 900)},
    "with an endless end": {"exp": float("inf")},
    "with true for an end": {"exp": True},
    "without a wallet": {"wallet": None},
    "with a wallet that is no address": {"wallet": "0x12"},
    "with another's wallet": {"wallet": "0x" + "11" * 20},
    "with a list of wallets": {"wallet": [ADDRESS]},
    "without a user": {"cognito:username": None},
    "with a number for a chain": {"chain_id": 1},
    "with a word for a chain": {"chain_id": "mainnet"},
}


@pytest.mark.parametrize("changes", WRONG.values(), ids=WRONG)
def test_a_genuine_token_is_refused(id_tokens: IdTokens, changes: dict[str, object]) -> None:
    assert refused(id_tokens, signed(id_claims(**changes))) == "invalid_token"


def test_a_token_is_over_at_its_very_second(pool: FakeGallery, id_tokens: IdTokens) -> None:
    token = signed(id_claims())
    pool.time = NOW + 899.9
    assert id_tokens.verify(token).address == ADDRESS
    pool.time = NOW + 900
    assert refused(id_tokens, token) == "expired_token"


def forged() -> Iterator[Any]:
    claims, good = id_claims(), signed(id_claims())
    head, body, signature = good.split(".")
    yield from ("", "a.b.c", "..", good[:-4], f"{head}.{body}.", f"{good}.", f" {good}")
    yield from (f"{head}.{signed(id_claims(wallet=None)).split('.')[1]}.{signature}", None, 7, b"x")
    yield signed(claims, OTHER_KEY)
    yield jwt.encode(claims, "", algorithm="none", headers={"kid": "one"})
    yield jwt.encode(claims, "s" * 64, algorithm="HS256", headers={"kid": "one"})
    yield signed(claims, KEY, alg="RS512")
    yield signed(claims, KEY, alg="PS256")
    yield jwt.encode(claims, KEY, algorithm="RS256")
    yield jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "one", "crit": ["exp"]})
    yield signed({**claims, "padding": "x" * 9000})
    own = {"kid": "theirs", "jwk": jwk(OTHER_KEY, "theirs"), "jku": "https://evil.example/jwks"}
    yield jwt.encode(claims, OTHER_KEY, algorithm="RS256", headers=own)


@pytest.mark.parametrize("token", list(forged()), ids=lambda _: "token")
def test_a_forged_token_is_refused(pool: FakeGallery, id_tokens: IdTokens, token: Any) -> None:
    assert refused(id_tokens, token) == "invalid_token"
    assert {request.url for request in pool.requests} <= {JWKS}


def test_keys_are_read_once(pool: FakeGallery, id_tokens: IdTokens) -> None:
    for _ in range(5):
        id_tokens.verify(signed(id_claims()))
    assert len(pool.requests) == 1


def test_a_flood_of_unknown_keys_reads_them_once_a_minute(
    pool: FakeGallery, id_tokens: IdTokens
) -> None:
    for number in range(50):
        assert refused(id_tokens, signed(id_claims(), kid=f"k{number}")) == "invalid_token"
    assert len(pool.requests) == 1
    pool.time += 60
    assert refused(id_tokens, signed(id_claims(), kid="k")) == "invalid_token"
    assert len(pool.requests) == 2


def test_a_new_key_of_the_pool_is_found(pool: FakeGallery, id_tokens: IdTokens) -> None:
    id_tokens.verify(signed(id_claims()))
    pool.replies[JWKS] = [reply(200, {"keys": [jwk(OTHER_KEY, "two")]})]
    pool.time += 60
    token = signed(id_claims(), OTHER_KEY, kid="two")
    assert id_tokens.verify(token).address == ADDRESS
    assert refused(id_tokens, signed(id_claims())) == "invalid_token"  # the pool dropped it


def nothing(_: Request) -> Answer:
    raise UnreachableError


@pytest.mark.parametrize(
    "answer",
    [
        nothing,
        reply(500),
        Answer(200, {}, b"<html>"),
        reply(200, []),
        reply(200, {"keys": 7}),
        reply(200, {"keys": ["x"]}),
        reply(200, {"keys": [{"kty": "RSA", "kid": "one"}]}),
    ],
)
def test_where_the_pool_gives_no_keys_nothing_is_said_of_the_token(
    pool: FakeGallery, id_tokens: IdTokens, answer: Any
) -> None:
    pool.replies[JWKS] = [answer]
    assert refused(id_tokens, signed(id_claims())) == "keys_unavailable"
    assert TokenError("keys_unavailable").retryable


def test_keys_outlive_an_outage_of_the_pool_by_a_day(
    pool: FakeGallery, id_tokens: IdTokens
) -> None:
    id_tokens.verify(signed(id_claims()))
    pool.replies[JWKS] = [nothing]
    pool.time += 24 * 3600 - 1
    assert id_tokens.verify(signed(id_claims(exp=int(pool.time) + 900))).address == ADDRESS
    pool.time += 1
    assert refused(id_tokens, signed(id_claims(exp=int(pool.time) + 900))) == "keys_unavailable"


def test_a_key_that_is_not_rsa_or_not_for_signatures_is_left_out(
    pool: FakeGallery, id_tokens: IdTokens
) -> None:
    symmetric = {"kty": "oct", "kid": "one", "k": "c2VjcmV0", "alg": "HS256"}
    encrypting = {**jwk(KEY, "two"), "use": "enc"}
    pool.replies[JWKS] = [reply(200, {"keys": [symmetric, encrypting, jwk(OTHER_KEY, "three")]})]
    assert refused(id_tokens, jwt.encode(id_claims(), PEM[:0] + b"secret" * 8, "HS256")) == (
        "invalid_token"
    )
    assert refused(id_tokens, signed(id_claims(), KEY, kid="two")) == "invalid_token"
    assert id_tokens.verify(signed(id_claims(), OTHER_KEY, kid="three")).address == ADDRESS


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic dTpw", "eyJ"])
def test_a_header_without_a_bearer_is_refused(id_tokens: IdTokens, header: str | None) -> None:
    with pytest.raises(TokenError, match="invalid_token"):
        id_tokens.verify_header(header)


def test_a_bearer_header_is_its_token(id_tokens: IdTokens) -> None:
    assert id_tokens.verify_header(f"bearer {signed(id_claims())}").address == ADDRESS
