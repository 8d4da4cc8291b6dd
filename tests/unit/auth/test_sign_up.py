from typing import Any

import pytest

from auth.errors import SignUpRefusedError
from auth.triggers.pre_sign_up import handler

from .conftest import LoadEvent

REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "checksummed": (
        {"userName": "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A"},
        "user_name_not_an_address",
    ),
    "not an address": ({"userName": "not-an-address'; DROP"}, "user_name_not_an_address"),
    "too short": ({"userName": "0x19e7"}, "user_name_not_an_address"),
    "empty": ({"userName": ""}, "user_name_not_an_address"),
    "line end": (
        {"userName": "0x19e7e376e7c213b7e7e7e46cc70a5dd086daff2a\n"},
        "user_name_not_an_address",
    ),
    "by an administrator": (
        {"triggerSource": "PreSignUp_AdminCreateUser"},
        "sign_up_not_supported",
    ),
    "by a provider": ({"triggerSource": "PreSignUp_ExternalProvider"}, "sign_up_not_supported"),
    "with an email": (
        {"request": {"userAttributes": {"email": "a@b.example"}, "validationData": None}},
        "user_attributes_not_allowed",
    ),
}


def test_confirms_a_wallet(load_event: LoadEvent) -> None:
    event = handler(load_event("PreSignUp"), None)
    assert event == {
        **load_event("PreSignUp"),
        "response": {"autoConfirmUser": True, "autoVerifyEmail": False, "autoVerifyPhone": False},
    }


@pytest.mark.parametrize("attributes", [None, {}])
def test_confirms_a_wallet_without_attributes_whatever_validation_data_it_sends(
    load_event: LoadEvent, attributes: dict[str, str] | None
) -> None:
    event = load_event("PreSignUp")
    event["request"] = {"userAttributes": attributes, "validationData": {"admin": "yes"}}
    assert handler(event, None)["response"]["autoConfirmUser"] is True


@pytest.mark.parametrize(("changes", "code"), REFUSED.values(), ids=REFUSED)
def test_refuses_every_other_sign_up_and_says_only_the_code(
    load_event: LoadEvent, changes: dict[str, Any], code: str
) -> None:
    event = load_event("PreSignUp")
    event.update(changes)
    with pytest.raises(SignUpRefusedError) as refusal:
        handler(event, None)
    assert str(refusal.value) == refusal.value.code == code
