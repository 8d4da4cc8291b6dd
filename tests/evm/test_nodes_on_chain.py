"""The transport of the trigger in front of real EVMs: in time, too late, down, of another chain."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import pytest

from auth.contract_wallets import Rpc
from auth.errors import RpcUnavailableError
from ethereum.address import Address
from ethereum.errors import ContractSignatureError
from nodes.urls import RpcUrl
from tests.evm.chain import Chain, deploy
from tests.fixtures.node import Exchange, Script, answering, running

MESSAGE = b"message"
BUDGET = 2.0


def prompt(chain: Chain) -> Script:
    return lambda exchange: exchange.reply_json(chain.send(exchange.batch))


def late(chain: Chain) -> Script:
    """Right, but after the budget."""

    def script(exchange: Exchange) -> None:
        answer = chain.send(exchange.batch)
        exchange.stop.wait()
        exchange.reply_json(answer)

    return script


def fail(_: str | None) -> str:
    raise AssertionError("nobody asked for the key")


@contextmanager
def rpc(chain_id: int, scripts: Sequence[Script]) -> Iterator[Rpc]:
    with running(scripts) as (_, ports):
        urls = tuple(RpcUrl("http", "127.0.0.1", port, "/") for port in ports)
        opened = Rpc(
            {chain_id: urls}, read_key=fail, monotonic=time.monotonic, budget_seconds=BUDGET
        )
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def accepting(chain: Chain, contracts: Mapping[str, str]) -> Address:
    return deploy(chain, bytes.fromhex(contracts["AcceptingWallet"]))


@pytest.fixture(scope="module")
def rejecting(chain: Chain, contracts: Mapping[str, str]) -> Address:
    return deploy(chain, bytes.fromhex(contracts["RejectingWallet"]))


def test_accepts_and_refuses_over_http(
    chain: Chain, accepting: Address, rejecting: Address
) -> None:
    with rpc(chain.chain_id, [prompt(chain)]) as nodes:
        nodes.verify(chain.chain_id, accepting, MESSAGE, "0x", agreeing=1)
        with pytest.raises(ContractSignatureError):
            nodes.verify(chain.chain_id, rejecting, MESSAGE, "0x", agreeing=1)


def test_a_right_answer_after_the_budget_is_none(chain: Chain, accepting: Address) -> None:
    with rpc(chain.chain_id, [late(chain)]) as nodes, pytest.raises(RpcUnavailableError):
        nodes.verify(chain.chain_id, accepting, MESSAGE, "0x", agreeing=1)


def test_another_node_answers_where_one_is_late_or_on_another_chain(
    chain: Chain, accepting: Address, rejecting: Address
) -> None:
    for first in (late(chain), answering("0x01", hex(chain.chain_id + 1))):
        with rpc(chain.chain_id, [first, prompt(chain)]) as nodes:
            nodes.verify(chain.chain_id, accepting, MESSAGE, "0x", agreeing=1)
            with pytest.raises(ContractSignatureError):
                nodes.verify(chain.chain_id, rejecting, MESSAGE, "0x", agreeing=1)


def test_a_chain_that_is_not_the_messages_is_not_believed(chain: Chain, accepting: Address) -> None:
    other = chain.chain_id + 1
    with rpc(other, [prompt(chain)]) as nodes, pytest.raises(RpcUnavailableError):
        nodes.verify(other, accepting, MESSAGE, "0x", agreeing=1)
