"""Sign-in by the Python client: what it refuses before it signs, and whom it does not believe."""

from __future__ import annotations

import json

import pytest

from nft_gallery_client import CognitoRefusedError, ConfigError, SignInError, WalletAuthError
from nft_gallery_client.http import Answer, Request
from tests.clients.python.fakes import (
    ADDRESS,
    NOW,
    ORIGIN,
    FakeGallery,
    Wallet,
    refusal,
    reply,
    rfc3339,
)

DAY = 24 * 3600


@pytest.fixture
def gallery() -> FakeGallery:
    return FakeGallery()


@pytest.fixture
def wallet() -> Wallet:
    return Wallet()


def refused(gallery: FakeGallery, wallet: Wallet, **more: object) -> str:
    with pytest.raises(SignInError) as error:
        gallery.auth().sign_in(wallet.account, **more)  # type: ignore[arg-type]
    return error.value.code


def test_the_message_is_for_the_callers_origin_and_chain(
    gallery: FakeGallery, wallet: Wallet
) -> None:
    session = gallery.auth().sign_in(wallet.account, chain_id=137)
    assert wallet.asked == [
        "gallery.example wants you to sign in with your Ethereum account:\n"
        f"{ADDRESS.lower()}\n\nSign in to the gallery.\n\nURI: {ORIGIN}\nVersion: 1\n"
        "Chain ID: 137\nNonce: 0123456789abcdef0123456789abcdef\n"
        f"Issued At: {rfc3339(NOW)}\nExpiration Time: {rfc3339(NOW + 300)}"
    ]
    assert (session.wallet, session.chain_id, session.expires_at) == (ADDRESS, 1, NOW + 900)


@pytest.mark.parametrize(
    ("challenge", "asked", "code"),
    [
        ({"chainIds": "137"}, {"chain_id": 1}, "chain_id_mismatch"),
        ({"origins": "https://first.example"}, {}, "unlisted_origin"),
        ({"origins": f"{ORIGIN}.evil.example"}, {}, "unlisted_origin"),
        ({}, {"statement": "Another."}, "statement_mismatch"),
        ({"nonce": "short"}, {}, "unreadable_challenge"),
        ({"nonce": "0123456789abcdef\nURI: https://evil.example"}, {}, "unreadable_challenge"),
        ({"statement": "One.\nURI: https://evil.example"}, {}, "unreadable_challenge"),
        ({"issuedAt": "yesterday"}, {}, "unreadable_challenge"),
        ({"expirationTime": "2026-13-01T00:00:00Z"}, {}, "unreadable_challenge"),
        ({"chainIds": ""}, {}, "unreadable_challenge"),
        ({"chainIds": "1,x"}, {}, "unreadable_challenge"),
        ({"chainIds": "0"}, {}, "unreadable_challenge"),
    ],
)
def test_what_the_server_would_refuse_is_refused_before_the_wallet_is_asked(
    gallery: FakeGallery,
    wallet: Wallet,
    challenge: dict[str, str],
    asked: dict[str, object],
    code: str,
) -> None:
    gallery.challenge = challenge
    assert refused(gallery, wallet, **asked) == code
    assert wallet.asked == []
    assert gallery.sent("RespondToAuthChallenge") == []


@pytest.mark.parametrize("missing", ["nonce", "issuedAt", "statement", "chainIds", "origins"])
def test_a_challenge_without_a_field_is_refused(
    gallery: FakeGallery, wallet: Wallet, missing: str
) -> None:
    whole = json.loads(gallery.initiateauth({}).body)
    del whole["ChallengeParameters"][missing]
    gallery.replies["InitiateAuth"] = [reply(200, whole)]
    assert refused(gallery, wallet) == "unreadable_challenge"


@pytest.mark.parametrize("body", [{}, {"ChallengeParameters": "text"}])
def test_no_challenge_is_no_sign_in(gallery: FakeGallery, wallet: Wallet, body: object) -> None:
    gallery.replies["InitiateAuth"] = [reply(200, body)]
    assert refused(gallery, wallet) == "unreadable_challenge"


@pytest.mark.parametrize("account", [("0x12", str), ("gallery.eth", str), (f"{ADDRESS}\n", str)])
def test_what_is_no_address_is_refused_before_anything_is_sent(
    gallery: FakeGallery, account: tuple[str, type[str]]
) -> None:
    with pytest.raises(ConfigError) as error:
        gallery.auth().sign_in(account)
    assert (error.value.code, gallery.requests) == ("invalid_address", [])


@pytest.mark.parametrize("off", [-DAY, -61, 61, DAY])
@pytest.mark.parametrize("says_date", [True, False])
def test_a_clock_that_is_off_takes_the_servers_time(
    gallery: FakeGallery, wallet: Wallet, off: float, says_date: bool
) -> None:
    """Of the challenge, where the answer has no date."""
    gallery.says_date = says_date
    auth = gallery.auth(now=lambda: NOW + off)
    session = auth.sign_in(wallet.account)
    gallery.replies["/me/nfts"] = [reply(200, {"items": [], "nextCursor": None})]
    assert list(session.gallery.my_nfts(1)) == []
    assert gallery.sent("GetTokensFromRefreshToken") == []  # fresh by the server's time


@pytest.mark.parametrize(
    ("off", "at"), [(DAY, "20270115T080000Z"), (60, "20270115T080100Z"), (-61, "20270115T080000Z")]
)
def test_a_guest_signs_at_the_servers_time_if_the_clock_is_off(
    gallery: FakeGallery, off: float, at: str
) -> None:
    guest = gallery.auth(now=lambda: NOW + off).guest()
    guest.credentials()
    url = "https://api.example/prod/names/a.eth"
    assert guest.authorization("GET", url)["X-Amz-Date"] == at


def test_who_signs_too_late_sends_nothing(gallery: FakeGallery, wallet: Wallet) -> None:
    def sign(message: str) -> str:
        gallery.time += 300
        return wallet.sign(message)

    with pytest.raises(SignInError) as error:
        gallery.auth().sign_in((ADDRESS, sign))
    assert (error.value.code, error.value.retryable) == ("expired_challenge", True)
    assert gallery.sent("RespondToAuthChallenge") == []


def test_a_challenge_that_expired_on_the_way_is_said_to_be_late(
    gallery: FakeGallery, wallet: Wallet
) -> None:
    late = refusal("NotAuthorizedException", "Invalid session for the user, session is expired.")
    gallery.replies["RespondToAuthChallenge"] = [late]
    assert refused(gallery, wallet) == "expired_challenge"


def test_a_known_wallet_whose_record_was_cleaned_up_signs_up_once_more(
    gallery: FakeGallery, wallet: Wallet
) -> None:
    auth = gallery.auth()
    auth.sign_in(wallet.account)
    gallery.users.clear()
    assert auth.sign_in(wallet.account).wallet == ADDRESS
    assert (len(gallery.sent("SignUp")), len(wallet.asked)) == (2, 3)


def test_a_known_wallet_is_not_signed_up_again(gallery: FakeGallery, wallet: Wallet) -> None:
    auth = gallery.auth()
    for _ in range(3):
        auth.sign_in(wallet.account)
    assert (len(gallery.sent("SignUp")), len(wallet.asked)) == (1, 3)


def test_a_wrong_signature_is_asked_for_once(gallery: FakeGallery) -> None:
    auth, wallet = gallery.auth(), Wallet(signature="0x00")
    for _ in range(2):
        with pytest.raises(SignInError, match="refused_signature"):
            auth.sign_in(wallet.account)
    assert len(wallet.asked) == 2


def test_what_the_wallet_raises_is_the_cause_and_never_the_text(gallery: FakeGallery) -> None:
    def sign(message: str) -> str:
        raise ValueError("key 0x01")

    with pytest.raises(SignInError) as error:
        gallery.auth().sign_in((ADDRESS, sign))
    assert (error.value.code, "key" in str(error.value)) == ("wallet_failed", False)
    assert isinstance(error.value.__cause__, ValueError)


@pytest.mark.parametrize("result", ["text", {}, {"IdToken": "a.b.c"}, {"IdToken": 1}])
def test_tokens_that_cannot_be_read_are_no_session(
    gallery: FakeGallery, wallet: Wallet, result: object
) -> None:
    gallery.replies["RespondToAuthChallenge"] = [reply(200, {"AuthenticationResult": result})]
    with pytest.raises(WalletAuthError) as error:
        gallery.auth().sign_in(wallet.account)
    assert error.value.code == "unreadable_response"


def test_tokens_of_another_wallet_are_no_session(gallery: FakeGallery, wallet: Wallet) -> None:
    other = "0x" + "11" * 20
    tokens = gallery.tokens(**{"wallet": other, "cognito:username": other})
    gallery.replies["RespondToAuthChallenge"] = [reply(200, {"AuthenticationResult": tokens})]
    assert refused(gallery, wallet) == "unreadable_response"


def test_where_calls_come_too_fast_the_client_waits_longer_each_time(
    gallery: FakeGallery, wallet: Wallet
) -> None:
    def served(request: Request) -> Answer:
        return gallery.initiateauth(json.loads(request.body))

    busy = refusal("TooManyRequestsException", "Rate exceeded")
    gallery.replies["InitiateAuth"] = [busy, busy, served]
    gallery.auth().sign_in(wallet.account)
    assert gallery.slept == [1.0, 2.0]
    gallery.replies["InitiateAuth"] = [busy]
    with pytest.raises(CognitoRefusedError) as error:
        gallery.auth().sign_in(wallet.account)
    assert (error.value.code, error.value.retryable) == ("rate_limited", True)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (reply(403, None), "blocked"),
        (Answer(403, {}, b"<html>"), "blocked"),
        (refusal("ForbiddenException"), "blocked"),
        (refusal("ResourceNotFoundException"), "invalid_config"),
        (
            refusal(
                "UserLambdaValidationException",
                "PreSignUp failed with error user_name_not_an_address.",
            ),
            "user_name_not_an_address",
        ),
        (refusal("UserLambdaValidationException", "PreSignUp failed."), "sign_up_refused"),
        (refusal("NobodyKnowsThisException"), "unreadable_response"),
        (Answer(200, {}, b"<html>"), "unreadable_response"),
        (Answer(200, {}, b"[]"), "unreadable_response"),
    ],
)
def test_whatever_cognito_says_has_a_code_of_ours(
    gallery: FakeGallery, wallet: Wallet, answer: Answer, code: str
) -> None:
    gallery.replies["SignUp"] = [answer]
    with pytest.raises(WalletAuthError) as error:
        gallery.auth().sign_in(wallet.account)
    assert error.value.code == code
