"""What every client does alike, against the running local stack: see tests/clients/driver.py."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from eth_account import Account

from tests.clients.conftest import python_over_lines
from tests.clients.driver import Driver, RefusedError
from tests.e2e.conftest import HOLDS_0, HOLDS_3, HOLDS_250, RunningStack

APES = "0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D"
DAY = 24 * 3600
LONGER_THAN_A_CHALLENGE = 301

type OpenDevice = Callable[..., Driver]


def new_key() -> str:
    return "0x" + bytes(Account.create().key).hex()


def address_of(key: str) -> str:
    return str(Account.from_key(key).address)


def refused(error: pytest.ExceptionInfo[RefusedError]) -> str:
    return error.value.code


def test_a_new_wallet_signs_up_and_in_by_one_signature(device: Driver) -> None:
    key = new_key()
    assert device.sign_in(key) == {"wallet": address_of(key), "chain_id": 1}
    assert device.session() == {"wallet": address_of(key), "chain_id": 1}
    assert device.prompts() == 1


def test_a_known_wallet_signs_in_on_another_device_by_one_signature(
    open_device: OpenDevice,
) -> None:
    key = new_key()
    open_device().sign_in(key)
    other = open_device()
    assert other.sign_in(key)["wallet"] == address_of(key)
    assert other.prompts() == 1


def test_a_session_is_restored_without_a_signature(device: Driver) -> None:
    device.sign_in(HOLDS_3)
    restored = device.restore()
    assert restored == device.session() == {"wallet": address_of(HOLDS_3), "chain_id": 1}
    assert device.my_nfts(1)["count"] == 3
    assert device.prompts() == 1


def test_where_nobody_signed_in_nothing_is_restored(device: Driver) -> None:
    assert device.restore() is None
    assert device.session() is None


def test_five_refreshes_at_once_are_one_request(device: Driver) -> None:
    device.sign_in(HOLDS_3)
    assert device.refresh(5) == {"requests": 1, "tokens": 1}
    assert device.refresh(1) == {"requests": 1, "tokens": 1}
    assert device.session() == {"wallet": address_of(HOLDS_3), "chain_id": 1}


def test_another_account_has_no_session_before_it_signs(device: Driver) -> None:
    device.sign_in(HOLDS_3)
    shown = device.switch_account(HOLDS_0)
    assert shown is None or shown["wallet"] == address_of(HOLDS_3)
    assert device.sign_in(HOLDS_0)["wallet"] == address_of(HOLDS_0)
    assert device.my_nfts(1)["count"] == 0


def test_who_rejects_the_signature_has_no_session_and_may_try_again(device: Driver) -> None:
    with pytest.raises(RefusedError) as rejection:
        device.sign_in(HOLDS_3, rejects=True)
    assert refused(rejection) == "user_rejected"
    assert device.session() is None
    assert device.sign_in(HOLDS_3)["wallet"] == address_of(HOLDS_3)


def test_after_a_wrong_signature_the_right_one_signs_in(device: Driver) -> None:
    with pytest.raises(RefusedError) as refusal:
        device.sign_in(HOLDS_3, signing_key=new_key())
    assert refused(refusal) == "refused_signature"
    assert device.session() is None
    assert device.sign_in(HOLDS_3)["wallet"] == address_of(HOLDS_3)


def test_a_chain_that_is_not_listed_is_refused_before_the_wallet_is_asked(device: Driver) -> None:
    with pytest.raises(RefusedError) as refusal:
        device.sign_in(HOLDS_3, chain_id=137)
    assert (refused(refusal), refusal.value.retryable) == ("chain_id_mismatch", False)
    assert device.prompts() == 0


def test_an_origin_that_is_not_listed_is_refused_before_the_wallet_is_asked(
    open_device: OpenDevice,
) -> None:
    stranger = open_device("https://stranger.example")
    with pytest.raises(RefusedError) as refusal:
        stranger.sign_in(HOLDS_3)
    assert (refused(refusal), refusal.value.retryable) == ("unlisted_origin", False)
    assert stranger.prompts() == 0


def test_who_signs_too_late_is_told_so_and_signs_in_at_the_next_try(device: Driver) -> None:
    with pytest.raises(RefusedError) as refusal:
        device.sign_in(HOLDS_3, takes_seconds=LONGER_THAN_A_CHALLENGE)
    assert (refused(refusal), refusal.value.retryable) == ("expired_challenge", True)
    device.set_clock(0)
    assert device.sign_in(HOLDS_3)["wallet"] == address_of(HOLDS_3)


@pytest.mark.parametrize("seconds", [-DAY, DAY])
def test_a_clock_that_is_a_day_off_costs_a_wallet_nothing(device: Driver, seconds: int) -> None:
    device.set_clock(seconds)
    assert device.sign_in(HOLDS_3)["wallet"] == address_of(HOLDS_3)
    assert device.my_nfts(1)["count"] == 3
    assert device.contract_name(1, APES) == "Bored Ape Yacht Club"


@pytest.mark.parametrize("seconds", [-DAY, DAY])
def test_a_clock_that_is_a_day_off_costs_a_guest_nothing(device: Driver, seconds: int) -> None:
    device.set_clock(seconds)
    assert device.contract_name(1, APES) == "Bored Ape Yacht Club"


def test_signing_out_here_leaves_other_devices_alone(open_device: OpenDevice) -> None:
    here, there = open_device(), open_device()
    here.sign_in(HOLDS_3)
    there.sign_in(HOLDS_3)
    here.sign_out()
    assert (here.session(), here.restore()) == (None, None)
    assert there.refresh(1) == {"requests": 1, "tokens": 1}


def test_signing_out_everywhere_ends_the_session_of_every_device(open_device: OpenDevice) -> None:
    here, there = open_device(), open_device()
    key = new_key()
    here.sign_in(key)
    there.sign_in(key)
    here.sign_out(everywhere=True)
    assert here.session() is None
    with pytest.raises(RefusedError) as refusal:
        there.refresh(1)
    assert refused(refusal) == "session_ended"
    assert there.session() is None


def test_a_guest_looks_up_chains_a_collection_and_its_tokens(device: Driver) -> None:
    assert 1 in device.chains()
    assert device.contract_name(1, APES) == "Bored Ape Yacht Club"
    assert device.contract_nfts(1, APES, 60) == [str(number) for number in range(60)]
    assert (device.session(), device.prompts()) == (None, 0)


def test_a_guest_has_no_nfts_of_its_own(device: Driver) -> None:
    with pytest.raises(RefusedError) as refusal:
        device.my_nfts(1)
    assert refused(refusal) == "not_signed_in"


def test_a_walk_of_250_gives_each_token_once(device: Driver) -> None:
    device.sign_in(HOLDS_250)
    walk = device.my_nfts(1)
    assert (walk["count"], walk["distinct"]) == (250, 250)
    assert walk["pages"] >= 3


def test_a_driver_may_be_a_process_that_speaks_json_lines(stack: RunningStack) -> None:
    process = python_over_lines(stack.site, stack.site)
    with pytest.raises(RefusedError) as refusal:
        process.sign_in(HOLDS_3, 137)
    assert (refused(refusal), process.prompts()) == ("chain_id_mismatch", 0)
    assert process.sign_in(HOLDS_3, chain_id=1)["wallet"] == address_of(HOLDS_3)
    assert process.refresh(5)["requests"] == 1
    process.close()
