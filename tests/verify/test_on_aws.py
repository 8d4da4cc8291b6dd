"""A run against a deployed stack: what is made, in what order, and what is there afterwards."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deploy.errors import BadOutputError, NoSuchStackError
from tests.verify.conftest import PARAMETERS, Account
from verify.errors import NotRestoredError, ProductionError
from verify.on_aws import verify_stack
from verify.suite import Given

type Suite = Callable[[Given], int]


def verify(account: Account, suite: Suite = lambda _: 0, confirm: str = "") -> int:
    return verify_stack(account.clients, "Gallery", confirm=confirm, run=account.run(suite))


def assert_as_before(account: Account) -> None:
    assert account.stacks.names() == ["Gallery"]
    assert account.live() == PARAMETERS


def test_for_the_run_the_stack_asks_stand_ins_by_keys_of_the_run(account: Account) -> None:
    account.make()
    live: dict[str, str] = {}

    def looking(_: Given) -> int:
        live.update(account.live())
        return 0

    assert verify(account, looking) == 0
    assert ".lambda-url." in live["MoralisUrl"]
    assert live["AlchemyNetworksUrl"].endswith("/alchemy/{network}/nft/v3")
    assert live["MoralisUrl"].endswith("/moralis/api/v2.2")
    assert not {live["AlchemyApiKey"], live["MoralisApiKey"]} & set(PARAMETERS.values())
    assert live["RpcUrls"] == ""
    assert live["ChainReadRps"] == PARAMETERS["ChainReadRps"]


def test_afterwards_the_stack_is_as_it_was_and_the_stand_ins_are_gone(account: Account) -> None:
    account.make()
    verify(account)
    assert_as_before(account)
    assert account.buckets() == ["bucket-of-gallery"]


def test_the_steps_have_an_order(account: Account) -> None:
    account.make()

    def suite(_: Given) -> int:
        account.called.append("the suite")
        return 0

    verify(account, suite)
    assert account.called == [
        *("create_stack", "put_object", "update_stack"),
        *("create_change_set", "execute_change_set"),
        "the suite",
        *("create_change_set", "execute_change_set"),
        *("delete_objects", "delete_stack"),
    ]


def test_the_status_of_the_suite_is_the_runs(account: Account) -> None:
    account.make()
    assert verify(account, lambda _: 1) == 1
    assert_as_before(account)


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_all_is_undone_also_where_the_suite_breaks_off(
    account: Account, error: type[BaseException]
) -> None:
    account.make()

    def breaking(_: Given) -> int:
        raise error

    with pytest.raises(error):
        verify(account, breaking)
    assert_as_before(account)


@pytest.mark.parametrize(
    "call",
    ["create_stack", "put_object", "update_stack", "create_change_set", "execute_change_set"],
)
def test_all_is_undone_wherever_aws_refuses(account: Account, call: str) -> None:
    account.make()
    account.fails_at = call
    with pytest.raises(OSError, match="network"):
        verify(account)
    assert account.given == []
    assert_as_before(account)


def test_updates_of_the_suite_are_undone_too(account: Account) -> None:
    account.make()

    def updating(given: Given) -> int:
        assert given.updates is not None
        given.updates.change({"CacheSizeGb": "0.5", "ProviderKeysVersion": "verify-2"})
        assert account.live()["CacheSizeGb"] == "0.5"
        return 0

    verify(account, updating)
    assert_as_before(account)


def test_the_stand_ins_go_also_where_the_stack_cannot_be_restored(account: Account) -> None:
    account.make()
    account.fails_at = "create_change_set:2"
    with pytest.raises(NotRestoredError, match="make stack STACK=Gallery") as refusal:
        verify(account)
    assert account.stacks.names() == ["Gallery"]
    assert "canary" not in str(refusal.value)


def test_the_stack_is_restored_also_where_the_stand_ins_stay(account: Account) -> None:
    account.make()
    account.fails_at = "delete_stack"
    with pytest.raises(NotRestoredError, match="make destroy STACK=Gallery-stand-ins"):
        verify(account)
    assert account.live() == PARAMETERS


def test_a_run_takes_away_what_a_run_left_that_was_killed(account: Account) -> None:
    account.make()
    account.fails_at = "delete_stack"
    with pytest.raises(NotRestoredError):
        verify(account)
    account.fails_at = ""
    assert verify(account) == 0
    assert_as_before(account)


def test_a_stack_that_still_asks_stand_ins_is_not_taken_for_the_original(account: Account) -> None:
    account.make(MoralisUrl="https://a1.lambda-url.us-east-1.on.aws/moralis/api/v2.2")
    with pytest.raises(NotRestoredError, match="ProviderKeysVersion"):
        verify(account)
    assert account.called == []


@pytest.mark.parametrize("confirm", ["", "yes", "gallery", "Gallery2"])
def test_a_production_stack_is_refused_without_its_name(account: Account, confirm: str) -> None:
    account.make(Profile="prod")
    with pytest.raises(ProductionError, match="CONFIRM=Gallery"):
        verify(account, confirm=confirm)
    assert account.called == []
    assert account.given == []


def test_a_production_stack_is_verified_by_its_name(account: Account) -> None:
    account.make(Profile="prod")
    assert verify(account, confirm="Gallery") == 0
    assert account.live() == {**PARAMETERS, "Profile": "prod"}


def test_a_stack_whose_keys_could_not_be_put_back_is_left_alone(account: Account) -> None:
    account.make(MoralisApiKey="")
    with pytest.raises(BadOutputError, match="provider keys"):
        verify(account)
    assert account.called == []


def test_what_is_no_stack_is_refused(account: Account) -> None:
    with pytest.raises(NoSuchStackError):
        verify(account)


def test_the_target_is_what_the_outputs_and_parameters_say(account: Account) -> None:
    account.make(has_webhooks=True, UserPoolTier="LITE", ChainReadRps="9")
    verify(account)
    target = account.given[0].target
    assert (target.name, target.site) == ("aws", "https://d111111abcdef8.cloudfront.net")
    assert target.user_pool_endpoint == "https://cognito-idp.us-east-1.amazonaws.com"
    assert target.identity_pool_endpoint == "https://cognito-identity.us-east-1.amazonaws.com"
    assert target.chain_read_rps == 9
    assert set(target.left_out) == {"rotation"}
    assert target.webhook_keys == {"alchemy": "whsec_first0123456789"}


def test_without_webhooks_their_tests_are_left_out_with_a_reason(account: Account) -> None:
    account.make()
    verify(account)
    assert account.given[0].target.left_out == {"webhooks": "no signing key of a webhook is known"}


def test_nothing_secret_is_said(account: Account) -> None:
    account.make(has_webhooks=True)
    verify(account)
    given = account.given[0]
    text = "\n".join(account.said) + repr(given)
    keys = [*given.updates.keys.values()] if given.updates else []
    assert keys
    assert not [key for key in (*keys, "canary", "whsec_") if key in text]
