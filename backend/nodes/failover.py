"""The nodes of one chain, asked one after the other until one can say.

Why: ARCHITECTURE.md, nodes.
"""

from collections.abc import Callable, Sequence

from ethereum.address import Address
from nodes.errors import NodeFailureError, RpcEndpointError
from nodes.eth_call import Send, contract_call, eth_call
from runtime.deadline import Deadline

type SendWithin = Callable[[list[dict[str, object]], Deadline], object]
"""(JSON-RPC batch, deadline) -> answer of one node; raises NodeFailureError where there is none."""

type OnFailure = Callable[[int, NodeFailureError], None]
"""(index of the node in its list, what it failed by)."""


def ask_in_turn[T](
    sends: Sequence[SendWithin],
    ask: Callable[[Send], T],
    deadline: Deadline,
    *,
    on_failure: OnFailure = lambda index, failure: None,
) -> T:
    """What `ask` returns of the first node that can say; each has an equal share of what is left.

    Raises:
        NodeFailureError: no node could say; what the last one failed by.
        Whatever else `ask` raises: that is an answer, and no other node is asked.
    """
    failure = NodeFailureError("no node for this chain")
    for index, send in enumerate(sends):
        try:
            return ask(_bounded(send, deadline.share(len(sends) - index)))
        except NodeFailureError as error:
            on_failure(index, error)
            failure = error
    raise failure


def _bounded(send: SendWithin, deadline: Deadline) -> Send:
    def send_in_time(batch: list[dict[str, object]]) -> object:
        if deadline.left() <= 0:
            raise RpcEndpointError("timed out")
        return send(batch, deadline)

    return send_in_time


class Nodes:
    """The nodes of the chain `chain_id`, in order of failover."""

    def __init__(self, sends: Sequence[SendWithin], *, chain_id: int) -> None:
        self._sends = tuple(sends)
        self._chain_id = chain_id

    def read(self, to: Address, data: bytes, deadline: Deadline) -> bytes:
        """What the contract at `to` returns.

        Raises:
            ContractRevertError: it reverts; the next node would say the same.
            NodeFailureError: no node could say; what the last one failed by.
        """
        call = contract_call(to, data)
        return ask_in_turn(
            self._sends,
            lambda send: eth_call(call, chain_id=self._chain_id, send=send),
            deadline,
        )
