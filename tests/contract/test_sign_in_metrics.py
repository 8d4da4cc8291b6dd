"""Every sign-up, sign-in and refusal is a CloudWatch metric: real triggers, real patterns."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from auth import errors as auth_errors
from auth.errors import ChallengeAnswerError, SignUpRefusedError, TokenRefusedError
from auth.sign_in_log import log_answer_refused
from auth.triggers import (
    create_auth_challenge,
    define_auth_challenge,
    pre_sign_up,
    pre_token_generation,
    verify_auth_challenge_response,
)
from ethereum.errors import EthereumError
from local.aws_lambda.worker import JsonFormatter
from local.template.stack_template import StackTemplate
from tests.contract.conftest import ROOT, monitoring_of
from tests.contract.metric_filters import Counted, count
from tests.contract.reading import by_id, functions

EVENTS = Path(__file__).resolve().parents[1] / "events"
ENVIRONMENT = {
    "ALLOWED_ORIGINS": "https://gallery.example,http://localhost:3000",
    "CHAIN_IDS": "1,137",
    "STATEMENT": "Sign in to NFT Gallery.",
}
SIGNED_AT = 1767225605.0
USER = "0x19e7e376e7c213b7e7e7e46cc70a5dd086daff2a"
NAMESPACE = "NFTGallery/gallery"


def load(name: str) -> Any:
    return json.loads((EVENTS / f"cognito{name}Event.json").read_text())


class Lines(logging.Handler):
    """The lines of the root logger as Lambda writes them: JSON, from INFO on."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.setFormatter(JsonFormatter())
        self.written: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.written.append(self.format(record))


@pytest.fixture
def lines() -> Iterator[list[str]]:
    root, handler = logging.getLogger(), Lines()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler.written
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def counted(stack: StackTemplate, lines: list[str]) -> Callable[[], list[Counted]]:
    """What the filters beside the gallery count of the lines so far."""
    group = by_id(stack, "TriggerLogGroup").physical_id
    monitoring = monitoring_of(stack)
    return lambda: count(monitoring, group, lines)


def one(name: str, code: str | None = None) -> Counted:
    return Counted(NAMESPACE, name, 1, (("Code", code),) if code else ())


def verify(environment: dict[str, str] = ENVIRONMENT, **changes: object) -> bool:
    event = load("VerifyAuthChallengeResponse")
    event["request"] |= changes
    handler = verify_auth_challenge_response.build_handler(environment, now=lambda: SIGNED_AT)
    return handler(event, None)["response"]["answerCorrect"]


def generate_tokens(
    name: str = "PreTokenGeneration",
    write_mark: Callable[[str, str, str], None] = lambda *call: None,
    **changes: object,
) -> None:
    handler = pre_token_generation.build_handler(
        ENVIRONMENT, now=lambda: SIGNED_AT, write_mark=write_mark
    )
    handler(load(name) | changes, None)


def sign_up(**changes: object) -> None:
    pre_sign_up.handler(load("PreSignUp") | changes, None)


def test_a_wallets_sign_up_is_counted(counted: Callable[[], list[Counted]]) -> None:
    sign_up()
    assert counted() == [one("SignUps")]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"triggerSource": "PreSignUp_AdminCreateUser"}, "sign_up_not_supported"),
        ({"userName": "admin"}, "user_name_not_an_address"),
        ({"request": {"userAttributes": {"email": "a@b.example"}}}, "user_attributes_not_allowed"),
    ],
)
def test_a_refused_sign_up_is_counted_by_its_code(
    counted: Callable[[], list[Counted]], changes: dict[str, object], code: str
) -> None:
    with pytest.raises(SignUpRefusedError):
        sign_up(**changes)
    assert counted() == [one("SignUpRefusals"), one("SignUpRefusalsByCode", code)]


def test_a_sign_in_is_counted_once_and_a_refresh_not_at_all(
    counted: Callable[[], list[Counted]],
) -> None:
    assert verify()
    assert counted() == [one("SignIns")]
    generate_tokens()
    generate_tokens("PreTokenGenerationAfterRefresh")
    assert counted() == [one("SignIns")]


def test_a_wrong_answer_is_counted_by_its_code(counted: Callable[[], list[Counted]]) -> None:
    assert not verify(challengeAnswer="{")
    assert counted() == [
        one("SignInRefusals"),
        one("SignInRefusalsByCode", "malformed_answer"),
    ]


def for_domain(domain: str) -> str:
    """An answer whose message names another domain than its URI does."""
    request = load("VerifyAuthChallengeResponse")["request"]
    message = request["privateChallengeParameters"]["message"]
    signed = {"signature": request["challengeAnswer"]}
    return json.dumps(
        {"message": message.replace("gallery.example wants", f"{domain} wants")} | signed
    )


@pytest.mark.parametrize(
    ("code", "refused"),
    [
        (
            "unlisted_origin",
            {"environment": ENVIRONMENT | {"ALLOWED_ORIGINS": "https://b.example"}},
        ),
        ("domain_mismatch", {"challengeAnswer": for_domain("b.example")}),
        ("unknown_user", {"userNotFound": True}),
    ],
)
def test_operations_names_the_code_that_each_cause_gives(
    counted: Callable[[], list[Counted]], code: str, refused: dict[str, Any]
) -> None:
    assert not verify(**refused)
    assert counted()[1] == one("SignInRefusalsByCode", code)
    page = (ROOT / "docs" / "operations.md").read_text()
    (row,) = re.findall(r"^\| Sign-ins; Sign-in refusals by code \|.*$", page, re.MULTILINE)
    assert f"`{code}`:" in row


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"triggerSource": "TokenGeneration_HostedAuth"}, "token_source_not_supported"),
        ({"userName": "admin"}, "token_user_not_a_wallet"),
    ],
)
def test_refused_tokens_are_counted_as_a_refused_sign_in(
    counted: Callable[[], list[Counted]], changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(TokenRefusedError):
        generate_tokens(**changes)
    assert counted() == [one("SignInRefusals"), one("SignInRefusalsByCode", code)]


def test_a_proven_wallet_that_could_not_be_marked_is_counted(
    counted: Callable[[], list[Counted]],
) -> None:
    def fail(*call: str) -> None:
        raise TimeoutError(USER)

    generate_tokens("PreTokenGenerationAfterRefresh", fail)
    assert counted() == [one("ProofMarkFailures")]


def family(base: type[Exception]) -> list[type[Any]]:
    return [base, *(found for child in base.__subclasses__() for found in family(child))]


ANSWER_REFUSALS = [*family(ChallengeAnswerError), *family(EthereumError)]


@pytest.mark.parametrize("error", ANSWER_REFUSALS, ids=lambda error: error.code)
def test_every_code_an_answer_can_be_refused_with_is_counted(
    counted: Callable[[], list[Counted]], error: type[Any]
) -> None:
    log_answer_refused(error.code)
    assert counted() == [one("SignInRefusals"), one("SignInRefusalsByCode", error.code)]
    assert re.fullmatch(r"[a-z_]{1,255}", error.code)


def test_every_refusal_has_a_code_of_its_own() -> None:
    codes = [error.code for error in [*family(auth_errors.AuthError), *family(EthereumError)]]
    assert len(set(codes)) == len(codes)


def test_the_triggers_that_decide_nothing_count_nothing(
    counted: Callable[[], list[Counted]],
) -> None:
    create = create_auth_challenge.build_handler(
        ENVIRONMENT, now=lambda: SIGNED_AT, random_bytes=bytes
    )
    create(load("CreateAuthChallenge"), None)
    define_auth_challenge.handler(load("DefineAuthChallenge"), None)
    define_auth_challenge.handler(load("DefineAuthChallengeAfterWrongAnswer"), None)
    assert counted() == []


def test_no_counted_line_names_anybody(lines: list[str]) -> None:
    sign_up()
    verify()
    verify(challengeAnswer="{")
    with pytest.raises(SignUpRefusedError):
        sign_up(userName=USER.upper())
    assert len(lines) == 4
    allowed = {"timestamp", "level", "message", "logger", "event", "code", "way", "chain"}
    assert [line for line in lines if not set(json.loads(line)) <= allowed] == []
    assert USER[2:] not in "".join(lines).lower()


def test_lambda_writes_the_counted_lines_as_json_at_its_default_level(
    stack: StackTemplate,
) -> None:
    group = by_id(stack, "TriggerLogGroup").physical_id
    for function in functions(stack):
        logging_config = function.properties["LoggingConfig"]
        if logging_config["LogGroup"] == group:
            assert logging_config["LogFormat"] == "JSON"
            assert logging_config.get("ApplicationLogLevel", "INFO") == "INFO"
