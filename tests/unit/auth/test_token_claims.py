"""PreTokenGeneration: the claims of an ID token, and who gets none."""

from typing import Any

import pytest
from eth_utils.address import to_checksum_address

from auth.errors import TokenRefusedError
from auth.triggers.pre_token_generation import build_handler
from runtime.settings import SettingError

from .conftest import LoadEvent

WALLET = "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A"
EVENTS = ["PreTokenGeneration", "PreTokenGenerationAfterRefresh"]


def handler(environment: dict[str, str]) -> Any:
    """The trigger, with nobody to take the mark of a proven wallet."""
    return build_handler(environment, now=lambda: 0.0, write_mark=lambda *call: None)


def claims(event: Any, environment: dict[str, str], chain_ids: str) -> dict[str, str]:
    answered = handler({**environment, "CHAIN_IDS": chain_ids})(event, None)
    details = answered["response"]["claimsOverrideDetails"]
    assert details is not None
    added: dict[str, str] = details["claimsToAddOrOverride"]
    return added


@pytest.mark.parametrize("name", EVENTS)
def test_adds_the_wallet_in_eip_55_and_the_only_chain(
    load_event: LoadEvent, environment: dict[str, str], name: str
) -> None:
    event = handler({**environment, "CHAIN_IDS": "10"})(load_event(name), None)
    added = {"wallet": WALLET, "chain_id": "10"}
    response = {"claimsOverrideDetails": {"claimsToAddOrOverride": added}}
    assert event == {**load_event(name), "response": response}
    assert to_checksum_address(WALLET.lower()) == WALLET


@pytest.mark.parametrize("name", EVENTS)
def test_names_no_chain_where_several_are_allowed(
    load_event: LoadEvent, environment: dict[str, str], name: str
) -> None:
    assert claims(load_event(name), environment, "1,137") == {"wallet": WALLET}


@pytest.mark.parametrize("name", EVENTS)
@pytest.mark.parametrize("chain_ids", ["10", "1,137"])
def test_believes_nothing_the_client_says(
    load_event: LoadEvent, environment: dict[str, str], name: str, chain_ids: str
) -> None:
    silent, talkative = load_event(name), load_event(name)
    silent["request"].pop("clientMetadata", None)
    talkative["request"]["clientMetadata"] = {"chain_id": "137", "wallet": "0x" + "0" * 40}
    talkative["request"]["userAttributes"] = {"custom:chain_id": "137", "sub": "x"}
    expected = claims(silent, environment, chain_ids)
    assert claims(talkative, environment, chain_ids) == expected


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"triggerSource": "TokenGeneration_HostedAuth"}, "token_source_not_supported"),
        ({"triggerSource": "TokenGeneration_NewPasswordChallenge"}, "token_source_not_supported"),
        ({"triggerSource": "TokenGeneration_ClientCredentials"}, "token_source_not_supported"),
        ({"userName": WALLET}, "token_user_not_a_wallet"),
        ({"userName": "admin"}, "token_user_not_a_wallet"),
        ({"userName": WALLET.lower() + "\n"}, "token_user_not_a_wallet"),
    ],
)
def test_refuses_tokens_that_follow_no_signature_by_a_wallet(
    load_event: LoadEvent, environment: dict[str, str], change: dict[str, str], code: str
) -> None:
    event = {**load_event("PreTokenGeneration"), **change}
    with pytest.raises(TokenRefusedError) as refusal:
        claims(event, environment, "1")
    assert str(refusal.value) == refusal.value.code == code


def test_makes_no_token_where_a_setting_is_missing(load_event: LoadEvent) -> None:
    with pytest.raises(SettingError, match="ALLOWED_ORIGINS is not set"):
        handler({})(load_event("PreTokenGeneration"), None)
