"""The verify trigger with contract wallets on: the key first, the contract for the rest."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from eth_account import Account
from eth_account.messages import encode_defunct

from auth.challenge import create_challenge
from auth.challenge_answer import MAX_ANSWER_LENGTH
from auth.relying_party import relying_party_from_environment
from auth.triggers import verify_auth_challenge_response
from ethereum.contract_wallet import MAX_SIGNATURE_BYTES
from ethereum.signature import hash_personal_message
from ethereum.siwe import MAX_MESSAGE_LENGTH
from runtime.settings import SettingError
from tests.fixtures.node import Node, answering
from tests.fixtures.remembered_users import RememberedUsers

from .conftest import ENVIRONMENT, LoadEvent

NOW = 1767225600.0
OWNER = Account.from_key("0x" + "11" * 32)
OTHER = Account.from_key("0x" + "22" * 32)
WALLET = "0x" + "c0" * 20
LONG = "0x" + "5a" * 700
CHAIN = 137


def private_of(user: str) -> dict[str, str]:
    party = relying_party_from_environment({**ENVIRONMENT, "CHAIN_IDS": f"{CHAIN},1"})
    return create_challenge(
        user, relying_party=party, now=NOW, random_bytes=lambda count: bytes(range(count))
    ).private_parameters


def message_of(user: str, chain_id: int = CHAIN) -> str:
    text = private_of(user)["message"]
    return text.replace(f"Chain ID: {CHAIN}\n", f"Chain ID: {chain_id}\n")


def composed(signature: str, user: str = WALLET, chain_id: int = CHAIN) -> str:
    return json.dumps({"message": message_of(user, chain_id), "signature": signature})


def sign(text: str, wallet: Any = OWNER) -> str:
    return "0x" + bytes(wallet.sign_message(encode_defunct(text=text)).signature).hex()


@dataclass
class Trigger:
    """The verify trigger and the node of chain 137; chain 1 has none."""

    node: Node
    handler: Callable[[Any, object], Any]
    load_event: LoadEvent

    def verify(self, answer: str, user: str = WALLET) -> bool:
        event = self.load_event("VerifyAuthChallengeResponse")
        event["userName"] = user
        event["request"]["privateChallengeParameters"] = private_of(user)
        event["request"]["challengeAnswer"] = answer
        correct: bool = self.handler(event, None)["response"]["answerCorrect"]
        return correct

    @property
    def asked(self) -> int:
        return len(self.node.seen)

    def say(self, verdict: str, chain_id: int = CHAIN) -> None:
        self.node.script = answering(verdict, hex(chain_id))


@pytest.fixture
def trigger(load_event: LoadEvent) -> Iterator[Trigger]:
    node = Node(answering("0x01", hex(CHAIN)))
    with node.running() as port:
        handler = verify_auth_challenge_response.build_handler(
            {**ENVIRONMENT, "RPC_URLS": f"{CHAIN}=http://127.0.0.1:{port}/canary-path"},
            now=lambda: NOW + 5,
            users=RememberedUsers(),
        )
        yield Trigger(node, handler, load_event)


def codes(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.__dict__["code"] for record in caplog.records]


@pytest.mark.parametrize("signature", [LONG, "0x", "0x00", sign("another text"), "0x" + "ff" * 65])
def test_accepts_what_the_contract_accepts(trigger: Trigger, signature: str) -> None:
    assert trigger.verify(composed(signature))
    assert trigger.verify(signature)
    (_, batch), _ = trigger.node.seen
    data = batch[1]["params"][0]["data"]
    assert hash_personal_message(message_of(WALLET).encode()).hex() in data
    assert "c0" * 20 in data


@pytest.mark.parametrize("verdict", ["0x00", "0x03", "0x04", "0x05", "0x"])
def test_refuses_what_the_contract_refuses(trigger: Trigger, verdict: str) -> None:
    trigger.say(verdict)
    assert not trigger.verify(composed(LONG))
    assert not trigger.verify(LONG)


def test_the_key_of_the_address_needs_no_node(trigger: Trigger) -> None:
    """So does an EIP-7702 account: whatever code it has now, its key signs for it."""
    trigger.say("0x00")
    user = OWNER.address.lower()
    signature = sign(message_of(user))
    assert trigger.verify(composed(signature, user), user)
    assert trigger.verify(signature, user)
    assert trigger.asked == 0


def test_a_node_that_is_down_locks_out_contract_wallets_only(
    load_event: LoadEvent, caplog: pytest.LogCaptureFixture
) -> None:
    handler = verify_auth_challenge_response.build_handler(
        {**ENVIRONMENT, "RPC_URLS": f"{CHAIN}=http://127.0.0.1:1/"}, now=lambda: NOW + 5
    )
    down = Trigger(Node(answering("0x01")), handler, load_event)
    user = OWNER.address.lower()
    assert down.verify(composed(sign(message_of(user)), user), user)
    assert not down.verify(composed(LONG))
    assert codes(caplog) == ["rpc_endpoint_failed", "rpc_unavailable"]


NO_CONTRACT = {
    "another key's": (sign(message_of(WALLET), OTHER), "signer_mismatch"),
    "long": (LONG, "malformed_signature"),
    "empty": ("0x", "malformed_signature"),
    "high s": ("0x" + "11" * 32 + "ff" * 31 + "001b", "high_s_signature"),
    "zero": ("0x" + "00" * 64 + "1b", "unrecoverable_signature"),
}


@pytest.mark.parametrize(("signature", "code"), NO_CONTRACT.values(), ids=NO_CONTRACT)
def test_without_a_contract_the_keys_refusal_stands(
    trigger: Trigger, caplog: pytest.LogCaptureFixture, signature: str, code: str
) -> None:
    trigger.say("0x02")
    assert not trigger.verify(composed(signature))
    assert codes(caplog) == [code]
    assert trigger.asked == 1


@pytest.mark.parametrize(("signature", "code"), NO_CONTRACT.values(), ids=NO_CONTRACT)
def test_a_chain_without_a_node_has_no_contract_wallets(
    trigger: Trigger, caplog: pytest.LogCaptureFixture, signature: str, code: str
) -> None:
    assert not trigger.verify(composed(signature, chain_id=1))
    assert codes(caplog) == [code]
    assert trigger.asked == 0


REFUSED_BEFORE = {
    "no hex": (lambda: composed("zz"), "malformed_signature"),
    "odd hex": (lambda: composed("0x5"), "malformed_signature"),
    "white space": (lambda: composed(LONG + " "), "malformed_signature"),
    "too long": (lambda: composed("0x" + "00" * (MAX_SIGNATURE_BYTES + 1)), "malformed_signature"),
    "another nonce": (lambda: composed(LONG).replace("Nonce: 0", "Nonce: f"), "nonce_mismatch"),
    "another address": (lambda: composed(LONG, OWNER.address.lower()), "address_mismatch"),
    "a chain not listed": (lambda: composed(LONG, chain_id=10), "chain_id_mismatch"),
    "another origin": (lambda: composed(LONG).replace("URI: h", "URI: x"), "unlisted_origin"),
}


@pytest.mark.parametrize(("answer", "code"), REFUSED_BEFORE.values(), ids=REFUSED_BEFORE)
def test_no_node_is_asked_about_an_answer_that_is_wrong_without_one(
    trigger: Trigger, caplog: pytest.LogCaptureFixture, answer: Callable[[], str], code: str
) -> None:
    assert not trigger.verify(answer())
    assert codes(caplog) == [code]
    assert trigger.asked == 0


def test_a_node_of_another_chain_is_not_believed(
    trigger: Trigger, caplog: pytest.LogCaptureFixture
) -> None:
    trigger.say("0x01", chain_id=1)
    assert not trigger.verify(composed(LONG))
    assert codes(caplog) == ["node_on_another_chain", "rpc_unavailable"]


def test_the_longest_answer_holds_the_longest_message_and_signature() -> None:
    longest = json.dumps({"message": "\n" * MAX_MESSAGE_LENGTH, "signature": "0x"})
    assert len(longest) + 2 * MAX_SIGNATURE_BYTES <= MAX_ANSWER_LENGTH


def test_takes_the_longest_signature(trigger: Trigger) -> None:
    assert trigger.verify(composed("0x" + "5a" * MAX_SIGNATURE_BYTES))


def test_logs_nothing_of_the_answer_or_the_endpoint(
    trigger: Trigger, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for verdict in ("0x00", "0x02", "0x04", "0x"):
        trigger.say(verdict)
        assert not trigger.verify(composed(LONG))
    logged = " ".join(str(record.__dict__) for record in caplog.records)
    canaries = ("5a5a5a", WALLET[2:], "canary-path", "127.0.0.1", *private_of(WALLET).values())
    assert [canary for canary in canaries if canary in logged] == []


def test_a_malformed_setting_fails_the_trigger(load_event: LoadEvent) -> None:
    handler = verify_auth_challenge_response.build_handler(
        {**ENVIRONMENT, "RPC_URLS": "https://node.example"}, now=lambda: NOW
    )
    with pytest.raises(SettingError, match="RPC_URLS"):
        handler(load_event("VerifyAuthChallengeResponse"), None)
