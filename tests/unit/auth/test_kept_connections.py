"""A node is connected to once a process, not once a sign-in."""

import time

from auth.contract_wallets import Rpc
from ethereum.address import Address
from nodes.urls import RpcUrl
from tests.fixtures.node import Exchange, Node, answering, answers

from .test_contract_wallet_sign_in import CHAIN, LONG, WALLET, Trigger, composed, trigger

__all__ = ["trigger"]


def keep_the_first(node: Node) -> None:
    def accept(exchange: Exchange) -> None:
        connection = "keep-alive" if len(node.seen) == 1 else "close"
        exchange.reply_json(answers("0x01", hex(CHAIN)), Connection=connection)

    node.script = accept


def test_two_sign_ins_share_a_connection(trigger: Trigger) -> None:
    keep_the_first(trigger.node)
    assert trigger.verify(composed(LONG))
    assert trigger.verify(composed(LONG))
    assert (trigger.asked, len(set(trigger.node.clients))) == (2, 1)


def test_what_was_closed_is_connected_to_anew() -> None:
    node = Node(answering("0x01"))
    keep_the_first(node)
    with node.running() as port:
        url = RpcUrl("http", "127.0.0.1", port, "/")
        rpc = Rpc({CHAIN: (url,)}, read_key=lambda _: "", monotonic=time.monotonic)
        rpc.verify(CHAIN, Address(WALLET), b"message", LONG)
        rpc.close()
        rpc.verify(CHAIN, Address(WALLET), b"message", LONG)
    assert len(set(node.clients)) == 2
