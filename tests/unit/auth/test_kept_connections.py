"""A node is connected to once a process, not once a sign-in."""

from tests.fixtures.node import Exchange, Node, answers

from .test_contract_wallet_sign_in import CHAIN, LONG, Trigger, composed, trigger

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
