from typing import Any

import pytest

from auth.challenge_session import decide_next_step

ASK = {"challengeName": "CUSTOM_CHALLENGE", "issueTokens": False, "failAuthentication": False}
ISSUE = {"issueTokens": True, "failAuthentication": False}
FAIL = {"issueTokens": False, "failAuthentication": True}


def answered(result: object, name: str = "CUSTOM_CHALLENGE") -> Any:
    return {"challengeName": name, "challengeResult": result, "challengeMetadata": None}


RIGHT, WRONG = answered(True), answered(False)

STATES = {
    "first call": ([], ASK),
    "right": ([RIGHT], ISSUE),
    "wrong": ([WRONG], ASK),
    "wrong, right": ([WRONG, RIGHT], ISSUE),
    "wrong twice": ([WRONG, WRONG], ASK),
    "right at the last attempt": ([WRONG, WRONG, RIGHT], ISSUE),
    "wrong three times": ([WRONG, WRONG, WRONG], FAIL),
    "right after too many": ([WRONG, WRONG, WRONG, RIGHT], FAIL),
    "right, then wrong": ([RIGHT, WRONG], ASK),
    "SRP": ([answered(True, "SRP_A")], FAIL),
    "password": ([answered(True, "PASSWORD_VERIFIER")], FAIL),
    "SRP before ours": ([answered(True, "SRP_A"), RIGHT], FAIL),
    "another name after ours": ([RIGHT, answered(True, "PASSWORD")], FAIL),
    "name in lower case": ([answered(True, "custom_challenge")], FAIL),
    "no name": ([{"challengeResult": True}], FAIL),
    "truthy but not true": ([answered("true")], ASK),
    "no result": ([{"challengeName": "CUSTOM_CHALLENGE"}], ASK),
}


@pytest.mark.parametrize(("session", "expected"), STATES.values(), ids=STATES)
def test_decides_by_the_rounds_so_far(session: list[Any], expected: dict[str, object]) -> None:
    assert decide_next_step(session, user_not_found=False) == expected


@pytest.mark.parametrize("result", [True, False])
def test_an_unknown_user_is_asked_three_times_and_never_gets_tokens(result: bool) -> None:
    rounds = [decide_next_step([answered(result)] * n, user_not_found=True) for n in range(5)]
    assert rounds == [ASK, ASK, ASK, FAIL, FAIL]
    known = [decide_next_step([WRONG] * n, user_not_found=False) for n in range(5)]
    assert rounds == known


def test_two_failures_do_not_share_one_answer() -> None:
    first = decide_next_step([WRONG] * 3, user_not_found=False)
    first["issueTokens"] = True
    assert decide_next_step([WRONG] * 3, user_not_found=False) == FAIL
