"""One node, or two, and the marks of a user: who gets in, what is written, and in which order.

The verify trigger over nodes on sockets; chain 137 has its nodes at one host, chain 10 at two.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from eth_account import Account
from eth_account.messages import encode_defunct

from auth.account_marks import contract_mark
from auth.challenge import create_challenge
from auth.relying_party import relying_party_from_environment
from auth.triggers import verify_auth_challenge_response
from auth.user_attributes import CONTRACT_AT, PROVEN_AT
from tests.fixtures.node import Exchange, Node, answering, running
from tests.fixtures.remembered_users import SUB, RememberedUsers

from .conftest import ENVIRONMENT, LoadEvent

NOW = 1767225600.0
OWNER = Account.from_key("0x" + "11" * 32)
USER = OWNER.address.lower()
ONE_HOST, TWO_HOSTS = 137, 10
PROVEN = {PROVEN_AT: "2025-12-01T00:00:00Z"}
YES, NO, NOTHING = "0x01", "0x00", "0x"
PARTY = relying_party_from_environment({**ENVIRONMENT, "CHAIN_IDS": "137,10,1"})
CONTRACT = "0x" + "5a" * 100


def marked(chain_id: int, seconds_ago: float = 3600.0) -> dict[str, str]:
    return {CONTRACT_AT: contract_mark(chain_id, NOW - seconds_ago)}


@dataclass
class World:
    """`users` is what Cognito has; the trigger is shown that, or what a test says."""

    handler: Callable[[Any, object], Any]
    load_event: LoadEvent
    nodes: list[Node]
    users: RememberedUsers = field(default_factory=RememberedUsers)
    slept: list[float] = field(default_factory=list)

    def say(self, *verdicts: str, chain_id: int = ONE_HOST) -> None:
        for node, verdict in zip(self.nodes, verdicts, strict=False):
            node.script = answering(verdict, hex(chain_id))

    def has(self, *attributes: dict[str, str]) -> None:
        self.users.attributes = {**SUB, **{k: v for one in attributes for k, v in one.items()}}

    @property
    def asked(self) -> list[int]:
        return [len(node.seen) for node in self.nodes]

    def answer(
        self,
        signature: str = CONTRACT,
        chain_id: int = ONE_HOST,
        *,
        shown: Any = ...,
        is_first: bool = True,
        **request: Any,
    ) -> bool:
        private = create_challenge(
            USER,
            relying_party=PARTY,
            now=NOW,
            random_bytes=lambda count: bytes(range(count)),
            is_first=is_first,
        ).private_parameters
        text = private["message"].replace("Chain ID: 137\n", f"Chain ID: {chain_id}\n")
        if signature == "key":
            signature = "0x" + bytes(OWNER.sign_message(encode_defunct(text=text)).signature).hex()
        event = self.load_event("VerifyAuthChallengeResponse")
        event["userName"] = USER
        event["request"] |= {
            "privateChallengeParameters": private,
            "challengeAnswer": json.dumps({"message": text, "signature": signature}),
            "userAttributes": self.users.attributes.copy() if shown is ... else shown,
            **request,
        }
        correct: bool = self.handler(event, None)["response"]["answerCorrect"]
        return correct


@pytest.fixture
def world(load_event: LoadEvent) -> Iterator[World]:
    with running([answering(YES, hex(ONE_HOST))] * 2) as (nodes, (one, other)):
        users, slept = RememberedUsers(), list[float]()
        urls = f"{ONE_HOST}=http://127.0.0.1:{one},{TWO_HOSTS}=http://127.0.0.1:{one}"
        handler = verify_auth_challenge_response.build_handler(
            {
                **ENVIRONMENT,
                "CHAIN_IDS": "137,10,1",
                "RPC_URLS": f"{urls},{TWO_HOSTS}=http://localhost:{other}",
            },
            now=lambda: NOW + 5,
            users=users,
            sleep=slept.append,
        )
        yield World(handler, load_event, nodes, users, slept)


def codes(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.__dict__["code"] for record in caplog.records if "code" in record.__dict__]


# ---- one host


def test_a_contract_that_comes_first_is_marked_with_its_chain_before_it_is_in(
    world: World,
) -> None:
    assert world.answer()
    assert world.users.calls == ["read", "write"]
    assert world.users.attributes[CONTRACT_AT] == "137 2026-01-01T00:00:05Z"
    assert PROVEN_AT not in world.users.attributes


@pytest.mark.parametrize("step", ["read", "write"])
def test_a_mark_that_cannot_be_written_refuses(
    world: World, caplog: pytest.LogCaptureFixture, step: str
) -> None:
    def fail() -> None:
        raise TimeoutError(USER)

    world.users.before[step] = fail
    assert not world.answer()
    assert codes(caplog)[-1] == "marks_unavailable"
    assert CONTRACT_AT not in world.users.attributes
    assert USER[2:] not in str([record.__dict__ for record in caplog.records])


def test_a_contract_that_comes_again_is_asked_about_and_writes_nothing(world: World) -> None:
    world.has(PROVEN, marked(ONE_HOST))
    assert world.answer()
    assert world.asked == [1, 0]
    assert "write" not in world.users.calls


@pytest.mark.parametrize("attributes", [(PROVEN,), (PROVEN, marked(1)), (marked(TWO_HOSTS),)])
@pytest.mark.parametrize("signature", [CONTRACT, "0x", "0x" + "22" * 32 + "11" * 32 + "1b"])
def test_a_lying_node_does_not_open_what_a_key_or_another_chain_has_opened(
    world: World,
    caplog: pytest.LogCaptureFixture,
    attributes: tuple[dict[str, str], ...],
    signature: str,
) -> None:
    world.has(*attributes)
    assert not world.answer(signature)
    assert codes(caplog) == ["key_required"]
    assert world.asked == [0, 0]
    assert world.users.calls == []


def test_the_log_says_why_the_keys_signature_did_not_do(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.has(PROVEN)
    for signature in (CONTRACT, "0x" + "22" * 32 + "11" * 32 + "1b"):
        assert not world.answer(signature)
    causes = [record.__dict__["cause"] for record in caplog.records]
    assert causes == ["malformed_signature", "signer_mismatch"]


def test_a_user_that_cognito_says_nothing_about_is_refused(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.users.attributes = {}
    assert not world.answer()
    assert codes(caplog) == ["marks_not_shown"]
    assert world.users.calls == ["read"]


@pytest.mark.parametrize("shown", [None, [], ""])
def test_a_user_that_is_not_shown_at_all_is_refused_before_a_node_is_asked(
    world: World, caplog: pytest.LogCaptureFixture, shown: Any
) -> None:
    assert not world.answer(shown=shown)
    assert codes(caplog) == ["marks_not_shown"]
    assert world.asked == [0, 0]


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        ((PROVEN,), "key_required"),
        ((PROVEN, marked(1)), "key_required"),
        ((PROVEN, marked(ONE_HOST)), "marks_not_shown"),
    ],
)
def test_marks_that_are_not_shown_open_nothing(
    world: World,
    caplog: pytest.LogCaptureFixture,
    attributes: tuple[dict[str, str], ...],
    code: str,
) -> None:
    """If Cognito shows a trigger no custom attributes, each user looks as if nobody came yet."""
    world.has(*attributes)
    assert not world.answer(shown=SUB)
    assert not world.answer(shown={})
    assert codes(caplog) == [code, code]
    assert "write" not in world.users.calls


def test_two_tabs_at_once_and_a_retry_of_one_event_get_in(world: World) -> None:
    world.has(marked(ONE_HOST, seconds_ago=2))
    assert world.answer(shown=SUB)
    assert world.users.calls == ["read"]


def test_a_key_that_came_while_the_node_was_thinking_keeps_the_account(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    def answer_late(exchange: Exchange) -> None:
        world.has(PROVEN)
        answering(YES, hex(ONE_HOST))(exchange)

    world.nodes[0].script = answer_late
    assert not world.answer()
    assert not world.answer(shown={**SUB, **PROVEN, **marked(ONE_HOST)})
    assert codes(caplog) == ["key_required", "key_required"]
    assert CONTRACT_AT not in world.users.attributes


def test_what_the_node_refuses_leaves_no_mark(world: World) -> None:
    for verdict in (NO, "0x02", "0x03", "0x04", NOTHING):
        world.say(verdict)
        assert not world.answer()
    assert world.users.calls == []


# ---- two hosts


def two(world: World, first: str, second: str) -> bool:
    world.say(first, second, chain_id=TWO_HOSTS)
    return world.answer(chain_id=TWO_HOSTS)


def test_two_hosts_that_agree_open_whatever_was_opened_before(world: World) -> None:
    for attributes in ((), (PROVEN,), (PROVEN, marked(1)), (PROVEN, marked(TWO_HOSTS))):
        world.has(*attributes)
        assert two(world, YES, YES)
    assert world.asked == [4, 4]


def test_a_contract_that_comes_first_by_two_hosts_is_marked_too(world: World) -> None:
    """Else it would read as a key's: PreTokenGeneration writes its mark for both."""
    assert two(world, YES, YES)
    assert world.users.attributes[CONTRACT_AT] == "10 2026-01-01T00:00:05Z"


@pytest.mark.parametrize("attributes", [(PROVEN,), (PROVEN, marked(1)), (marked(1),)])
def test_what_was_opened_before_is_not_marked_again(
    world: World, attributes: tuple[dict[str, str], ...]
) -> None:
    world.has(*attributes)
    before = world.users.attributes.copy()
    assert two(world, YES, YES)
    assert (world.users.attributes, world.users.calls) == (before, [])


@pytest.mark.parametrize(
    ("verdicts", "code", "asked"),
    [
        ((YES, NO), "contract_signature_refused", [1, 1]),
        ((NO, YES), "contract_signature_refused", [1, 0]),
        ((YES, "0x02"), "malformed_signature", [1, 1]),
        ((YES, NOTHING), "rpc_unavailable", [1, 1]),
        ((NOTHING, YES), "rpc_unavailable", [1, 0]),
    ],
)
@pytest.mark.parametrize("attributes", [(), (PROVEN, marked(TWO_HOSTS))])
def test_one_of_two_hosts_opens_nothing(
    world: World,
    caplog: pytest.LogCaptureFixture,
    attributes: tuple[dict[str, str], ...],
    verdicts: tuple[str, str],
    code: str,
    asked: list[int],
) -> None:
    world.has(*attributes)
    assert not two(world, *verdicts)
    assert codes(caplog)[-1] == code
    assert world.asked == asked
    assert world.users.calls == []


# ---- a key


@pytest.mark.parametrize("attributes", [(), (PROVEN,)])
def test_a_keys_sign_in_does_nothing_to_a_user_without_a_contracts_mark(
    world: World, attributes: tuple[dict[str, str], ...]
) -> None:
    world.has(*attributes)
    assert world.answer("key")
    assert (world.users.calls, world.asked, world.slept) == ([], [0, 0], [])


@pytest.mark.parametrize("chain_id", [ONE_HOST, TWO_HOSTS, 1])
def test_a_key_ends_the_way_of_a_contract_that_came_first_and_its_sessions(
    world: World, chain_id: int
) -> None:
    world.has(PROVEN, marked(ONE_HOST))
    assert world.answer("key", chain_id)
    assert world.users.calls == ["write", "sign_out", "delete"]
    assert world.slept == [1.0]
    assert world.users.attributes == {**SUB, **PROVEN}
    assert not world.answer()
    assert world.asked == [0, 0]


def test_the_contracts_way_is_shut_before_its_sessions_are_ended(world: World) -> None:
    def liar_tries_again() -> None:
        assert not world.answer()

    world.has(PROVEN, marked(ONE_HOST))
    world.users.before = {"sign_out": liar_tries_again, "delete": liar_tries_again}
    assert world.answer("key")
    assert world.asked == [0, 0]


@pytest.mark.parametrize("step", ["write", "sign_out", "delete"])
def test_a_key_is_refused_where_that_fails_and_tries_again(
    world: World, caplog: pytest.LogCaptureFixture, step: str
) -> None:
    def fail() -> None:
        raise PermissionError(USER)

    world.has(PROVEN, marked(ONE_HOST))
    world.users.before[step] = fail
    assert not world.answer("key")
    assert codes(caplog) == ["contract_mark_not_cleared", "marks_unavailable"]
    assert USER[2:] not in str([record.__dict__ for record in caplog.records])
    assert world.users.attributes[CONTRACT_AT]
    world.users.before.clear()
    assert world.answer("key")
    assert world.users.attributes == {**SUB, **PROVEN}
    assert world.users.calls[-2:] == ["sign_out", "delete"]


def test_a_key_marks_the_user_as_proven_where_the_contract_did_not(world: World) -> None:
    """Else it would be blank for a moment, and open to one node."""
    world.has(marked(ONE_HOST))
    assert world.answer("key")
    assert world.users.attributes == {**SUB, PROVEN_AT: "2026-01-01T00:00:05Z"}


def test_a_wrong_answer_clears_nothing(world: World) -> None:
    world.has(PROVEN, marked(ONE_HOST))
    world.say(NO)
    assert not world.answer()
    assert not world.answer("zz")
    assert world.users.attributes == {**SUB, **PROVEN, **marked(ONE_HOST)}


# ---- how often a node is asked


def test_a_user_that_does_not_exist_costs_no_call(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    for attributes in ({}, None, SUB):
        assert not world.answer(shown=attributes, userNotFound=True)
    assert not world.answer("key", userNotFound=True)
    assert world.asked == [0, 0]
    assert world.users.calls == []
    assert codes(caplog) == ["malformed_signature"] * 3 + ["unknown_user"]


def test_only_the_first_answer_of_a_session_is_put_to_a_node(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    assert not world.answer(is_first=False)
    assert codes(caplog) == ["contract_answer_repeated"]
    assert world.asked == [0, 0]
    assert world.answer("key", is_first=False)


# ---- the log


def test_the_log_names_the_way_and_the_chain_and_nobody(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    assert world.answer()
    assert two(world, YES, YES)
    assert world.answer("key", 1)
    lines = [record.__dict__ for record in caplog.records if record.name.startswith("auth")]
    seen = [(line["event"], line["way"], line["chain"]) for line in lines]
    assert seen == [
        ("sign_in", "contract", ONE_HOST),
        ("sign_in", "contract", TWO_HOSTS),
        ("sign_in", "key", 1),
    ]
    assert USER[2:] not in str(lines).lower()
