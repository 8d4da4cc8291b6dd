"""The life of a session over the public protocols: rotation, sign-out here and everywhere."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from eth_account import Account

from tests.black_box.conftest import Rotated
from tests.black_box.visitor import Client, RefusedError, Visitor, new_key
from tests.e2e.conftest import HOLDS_3, HOLDS_250

GRACE_SECONDS = 10
LONGEST_ID_TOKEN_SECONDS = 15 * 60


@pytest.fixture(scope="module")
def leaver() -> str:
    """The key of a new wallet, which signs out: nobody else's session ends with its."""
    return new_key()


def claims_of(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=="))
    return claims


def refresh(client: Client, token: str, **more: object) -> dict[str, str]:
    answer = client.user_pool(
        "GetTokensFromRefreshToken",
        ClientId=client.config["userPoolClientId"],
        RefreshToken=token,
        **more,
    )
    tokens: dict[str, str] = answer["AuthenticationResult"]
    return tokens


def sign_out_here(client: Client, tokens: dict[str, str]) -> None:
    client_id = client.config["userPoolClientId"]
    client.user_pool("RevokeToken", ClientId=client_id, Token=tokens["RefreshToken"])


def sign_out_everywhere(client: Client, tokens: dict[str, str]) -> None:
    client.user_pool("GlobalSignOut", AccessToken=tokens["AccessToken"])


def assert_alive(client: Client, tokens: dict[str, str]) -> None:
    assert client.user_pool("GetUser", AccessToken=tokens["AccessToken"])["Username"]
    assert client.credentials(tokens["IdToken"]).access_key
    assert refresh(client, tokens["RefreshToken"])["IdToken"]


def assert_over_everywhere(client: Client, tokens: dict[str, str]) -> None:
    """At once: no credentials either."""
    assert_over(client, tokens)
    with pytest.raises(RefusedError, match="Token has been revoked"):
        client.credentials(tokens["IdToken"])


def assert_over(client: Client, tokens: dict[str, str]) -> None:
    """At once: no refresh, no user of the access token."""
    with pytest.raises(RefusedError, match="Access Token has been revoked"):
        client.user_pool("GetUser", AccessToken=tokens["AccessToken"])
    with pytest.raises(RefusedError, match="Refresh Token has been revoked"):
        refresh(client, tokens["RefreshToken"])


def test_the_id_token_names_the_wallet_and_the_only_chain(client: Visitor) -> None:
    tokens = client.sign_in(HOLDS_3)
    for token in (tokens["IdToken"], refresh(client, tokens["RefreshToken"])["IdToken"]):
        claims = claims_of(token)
        assert claims["wallet"] == Account.from_key(HOLDS_3).address
        assert claims["chain_id"] == "1"
        assert claims["cognito:username"] == claims["wallet"].lower()
    assert not {"wallet", "chain_id"} & set(claims_of(tokens["AccessToken"]))


def test_a_client_cannot_write_its_own_claims(client: Visitor) -> None:
    tokens = client.sign_in(HOLDS_3)
    metadata = {"chain_id": "137", "wallet": Account.from_key(HOLDS_250).address}
    claims = claims_of(refresh(client, tokens["RefreshToken"], ClientMetadata=metadata)["IdToken"])
    assert claims["wallet"] == Account.from_key(HOLDS_3).address
    assert claims["chain_id"] == "1"


@pytest.mark.needs_rotation
def test_a_refresh_gives_another_refresh_token_of_the_same_session(client: Visitor) -> None:
    first = client.sign_in(HOLDS_3)
    second = refresh(client, first["RefreshToken"])
    assert second["RefreshToken"] != first["RefreshToken"]
    assert claims_of(second["IdToken"])["origin_jti"] == claims_of(first["IdToken"])["origin_jti"]
    assert refresh(client, first["RefreshToken"])["RefreshToken"]  # an answer lost on the way
    assert_alive(client, second)


@pytest.mark.needs_rotation
@pytest.mark.needs_clock
def test_a_rotated_refresh_token_is_refused_as_reused_after_its_grace(
    client: Visitor, rotated: Rotated, wait: Callable[[float], None]
) -> None:
    wait(GRACE_SECONDS + 0.5 - (time.monotonic() - rotated.at))
    with pytest.raises(RefusedError, match="RefreshTokenReuseException"):
        refresh(client, rotated.first)
    assert_alive(client, refresh(client, rotated.second))


@pytest.mark.needs_clock
def test_an_id_token_that_is_over_is_refused_in_the_words_of_aws(
    client: Visitor, wait: Callable[[float], None]
) -> None:
    token = client.sign_in(HOLDS_3)["IdToken"]
    wait(claims_of(token)["exp"] - time.time() + 1)
    answer = client.get("me/nfts", token=token)
    assert (answer.status_code, answer.json()) == (
        401,
        {"message": "The incoming token has expired"},
    )


def test_the_first_sign_in_marks_a_wallet_as_proven_and_no_later_one_marks_it_again(
    client: Visitor, leaver: str
) -> None:
    """PreTokenGeneration writes the mark, and sees at the next sign-in that it is there."""
    marks = [proof_of(client, client.sign_in(leaver)) for _ in range(2)]
    assert marks[0]
    assert marks[0] == marks[1]


def proof_of(client: Client, tokens: dict[str, str]) -> str:
    user = client.user_pool("GetUser", AccessToken=tokens["AccessToken"])
    found = {each["Name"]: each["Value"] for each in user["UserAttributes"]}
    return str(found.get("custom:proven_at", ""))


def test_the_refresh_flow_that_cannot_rotate_is_closed(client: Visitor) -> None:
    tokens = client.sign_in(HOLDS_3)
    for flow in ("REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"):
        with pytest.raises(RefusedError, match="InvalidParameterException"):
            client.user_pool(
                "InitiateAuth",
                AuthFlow=flow,
                AuthParameters={"REFRESH_TOKEN": tokens["RefreshToken"]},
                ClientId=client.config["userPoolClientId"],
            )


def test_signing_out_here_leaves_the_wallets_other_session_alive(
    client: Visitor, leaver: str
) -> None:
    here, elsewhere = client.sign_in(leaver), client.sign_in(leaver)
    sign_out_here(client, here)
    assert_over(client, here)
    assert_alive(client, elsewhere)


def test_signing_out_here_ends_what_was_refreshed_before(client: Visitor, leaver: str) -> None:
    first = client.sign_in(leaver)
    second = refresh(client, first["RefreshToken"])
    sign_out_here(client, second)
    assert_over(client, first)
    assert_over(client, second)


def test_signing_out_everywhere_ends_every_session_of_the_wallet_and_of_no_other(
    client: Visitor, leaver: str
) -> None:
    here, elsewhere = client.sign_in(leaver), client.sign_in(leaver)
    stranger = client.sign_in(HOLDS_250)
    refreshed = refresh(client, elsewhere["RefreshToken"])
    sign_out_everywhere(client, here)
    for tokens in (here, elsewhere, refreshed):
        assert_over_everywhere(client, tokens)
    assert_alive(client, stranger)
    assert_alive(client, client.sign_in(leaver))


def test_signing_out_here_leaves_the_id_token_to_the_identity_pool_until_it_expires(
    client: Visitor, leaver: str, note: Callable[[str], None]
) -> None:
    """AWS promises no more: its check is for who signed out everywhere or was deleted."""
    tokens = client.sign_in(leaver)
    sign_out_here(client, tokens)
    try:
        assert client.credentials(tokens["IdToken"]).access_key
    except RefusedError as refusal:
        note(f"after RevokeToken the identity pool refuses the ID token: {refusal.args[0]}")


def test_at_the_api_a_signed_out_id_token_lives_fifteen_minutes_at_most(
    client: Visitor, leaver: str
) -> None:
    """What sign-out cannot reach: API Gateway asks nobody whether an ID token was revoked."""
    tokens = client.sign_in(leaver)
    sign_out_everywhere(client, tokens)
    assert client.get("getNFTsAlchemy", token=tokens["IdToken"]).status_code == 200
    claims = claims_of(tokens["IdToken"])
    assert claims["exp"] - claims["iat"] <= LONGEST_ID_TOKEN_SECONDS
    assert claims["exp"] - time.time() <= LONGEST_ID_TOKEN_SECONDS


def test_a_wallet_that_nobody_signed_up_is_asked_as_any_other(client: Visitor, leaver: str) -> None:
    """PreventUserExistenceErrors, and DefineAuthChallenge that is called with userNotFound."""
    known = Account.from_key(leaver).address.lower()
    client.sign_in(leaver)
    asked = [client.start(user) for user in (known, Account.create().address.lower())]
    assert [each["ChallengeName"] for each in asked] == ["CUSTOM_CHALLENGE"] * 2
    assert set(asked[0]["ChallengeParameters"]) == set(asked[1]["ChallengeParameters"])


def test_a_name_in_capitals_is_the_same_wallet(client: Visitor) -> None:
    """The pool has no case: the triggers see the name in lower case."""
    key = new_key()
    user = Account.from_key(key).address.lower()
    client.sign_up(f"0x{user[2:].upper()}")
    client.made[user] = key
    assert claims_of(client.sign_in(key)["IdToken"])["cognito:username"] == user
