"""A node is connected to once a process, not once a sign-in."""

from tests.fixtures.node import Exchange, answers

from .test_contract_wallet_sign_in import CHAIN, LONG, Trigger, composed, trigger

__all__ = ["trigger"]


def test_two_sign_ins_share_a_connection(trigger: Trigger) -> None:
    def accept(exchange: Exchange) -> None:
        connection = "keep-alive" if trigger.asked == 1 else "close"
        exchange.reply_json(answers("0x01", hex(CHAIN)), Connection=connection)

    trigger.node.script = accept
    assert trigger.verify(composed(LONG))
    assert trigger.verify(composed(LONG))
    assert (trigger.asked, len(set(trigger.node.clients))) == (2, 1)
