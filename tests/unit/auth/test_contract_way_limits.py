"""The contract way at its limits: how young a mark, how long a wait, how many nodes."""

from __future__ import annotations

import pytest

from auth.account_marks import AGREEING_HOSTS
from auth.contract_wallets import MAX_HOSTS
from auth.contract_way import SETTLE_SECONDS, WHOLE_SECONDS
from auth.user_attributes import CONTRACT_AT
from tests.fixtures.node import answering
from tests.fixtures.remembered_users import SUB

from .test_contract_way import CONTRACT, ONE_HOST, TWO_HOSTS, World, marked, world
from .test_imports import modules_after_importing

__all__ = ["world"]


@pytest.mark.parametrize(("age", "is_in"), [(0, True), (60, True), (61, False), (62, False)])
def test_a_mark_that_was_not_shown_is_a_twin_for_a_minute(
    world: World, age: int, is_in: bool
) -> None:
    world.has(marked(ONE_HOST, seconds_ago=age - 5))  # the trigger's clock is 5 s ahead
    assert world.answer(shown=SUB) is is_in


def test_a_key_writes_the_mark_of_no_chain_before_it_ends_sessions(world: World) -> None:
    seen: list[str] = []
    world.users.before["sign_out"] = lambda: seen.append(world.users.attributes[CONTRACT_AT])
    world.has(marked(ONE_HOST))
    assert world.answer("key")
    assert [mark.partition(" ")[0] for mark in seen] == ["0"]


def test_the_second_of_two_hosts_is_not_asked_where_the_first_cannot_say(world: World) -> None:
    world.nodes[0].script = answering("0x", hex(TWO_HOSTS))
    assert not world.answer(CONTRACT, TWO_HOSTS)
    assert world.asked == [1, 0]


def test_nodes_and_cognito_have_four_of_the_triggers_five_seconds() -> None:
    assert (WHOLE_SECONDS, SETTLE_SECONDS) == (4.0, 1.0)


def test_two_hosts_must_agree_and_one_may_stand_in() -> None:
    assert (AGREEING_HOSTS, MAX_HOSTS) == (2, 3)


def test_a_key_that_closes_the_contract_way_loads_no_transport() -> None:
    loaded = modules_after_importing("auth.contract_way")
    assert not loaded & {"auth.contract_wallets", "http.client", "boto3"}
