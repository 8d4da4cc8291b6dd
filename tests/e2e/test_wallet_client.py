"""nft-gallery-client, as it is built, in Node against the local stack: a session's whole life."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from eth_account import Account

from tests.e2e.conftest import HOLDS_3, HOLDS_250, RunningStack
from tests.e2e.test_amplify import run_session
from tools.node_packages import client

SCRIPT = Path(__file__).with_name("wallet_client.mjs")
MIGRATION = Path(__file__).with_name("migration_client.mjs")
WALLET = Account.from_key(HOLDS_250).address


@pytest.fixture(scope="module")
def seen(stack: RunningStack) -> dict[str, Any]:
    client()
    return run_session(stack, HOLDS_250, script=SCRIPT)


def test_a_guest_reads_the_api_and_has_no_list_of_its_own(seen: dict[str, Any]) -> None:
    assert seen["guest"] == "0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D"
    assert seen["guestOfOwnList"] == "not_signed_in"


def test_a_wallet_connects_and_signs_once(seen: dict[str, Any]) -> None:
    calls = ["SignUp", "InitiateAuth", "RespondToAuthChallenge"]
    assert seen["steps"] == ["connecting", "preparing", "signing", "verifying"]
    assert seen["first"] == [WALLET, 1, 2, calls]


def test_a_walk_gives_all_of_250(seen: dict[str, Any]) -> None:
    assert seen["owned"] == 250


def test_credentials_are_those_of_one_identity(seen: dict[str, Any]) -> None:
    assert seen["identity"]


def test_five_refreshes_at_once_are_one(seen: dict[str, Any]) -> None:
    assert seen["refreshed"] == [1, ["GetTokensFromRefreshToken"]]


def test_a_name_that_no_url_takes_as_it_is_reaches_the_route(seen: dict[str, Any]) -> None:
    """IAM let it through: the route itself refuses the name."""
    assert seen["name"] == "invalid_name"


def test_a_sign_out_here_revokes_the_refresh_token(seen: dict[str, Any]) -> None:
    assert seen["signedOut"] == [None, True]


def test_a_wallet_that_comes_back_does_not_sign_up(seen: dict[str, Any]) -> None:
    assert seen["second"] == ["InitiateAuth", "RespondToAuthChallenge"]


def test_a_sign_out_everywhere_is_confirmed(seen: dict[str, Any]) -> None:
    assert seen["signedOutEverywhere"] == [None, ["GlobalSignOut"]]


def test_a_message_that_somebody_else_writes_signs_in_at_the_second_try(
    seen: dict[str, Any],
) -> None:
    assert seen["wrong"] == "refused_signature"


def test_a_one_click_message_signs_in(seen: dict[str, Any]) -> None:
    assert seen["oneClick"] == WALLET


def test_what_the_server_would_refuse_is_not_signed(seen: dict[str, Any]) -> None:
    assert seen["wrongChain"] == ["chain_id_mismatch", ["InitiateAuth"]]
    assert seen["elsewhere"] == ["unlisted_origin", 0]


def test_a_clock_that_is_hours_off_is_set_by_the_server(seen: dict[str, Any]) -> None:
    assert (seen["late"], seen["lateGuest"], seen["guestWithAWrongClock"]) == (WALLET, 1, 1)


def test_a_deleted_account_leaves_its_identity_behind(seen: dict[str, Any]) -> None:
    assert seen["deleted"] == [WALLET, True, None, True]
    calls = ["SignUp", "InitiateAuth", "RespondToAuthChallenge"]
    assert seen["anew"] == [WALLET, calls, False]


def test_listeners_hear_of_every_change(seen: dict[str, Any]) -> None:
    assert seen["changes"] == [
        ["signed-in", WALLET],
        ["refreshed", WALLET],
        ["signed-out", None],
        ["signed-in", WALLET],
        ["signed-out", None],
        ["signed-in", WALLET],
        ["signed-in", WALLET],
        ["signed-out", None],
        ["signed-in", WALLET],
    ]


def test_the_lines_of_the_migration_guide_sign_in_and_list_the_wallets_nfts(
    stack: RunningStack,
) -> None:
    client()
    seen = run_session(stack, HOLDS_3, script=MIGRATION)
    assert seen == {"wallet": Account.from_key(HOLDS_3).address, "shown": 3, "raw": 3}
