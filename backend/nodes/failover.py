"""The nodes of one chain, asked one after the other until one can say."""

from collections.abc import Callable, Sequence

from ethereum.address import Address
from ethereum.errors import NodeAnswerError
from nodes.contract_read import read_contract

type SendWithin = Callable[[list[dict[str, object]], float], object]
"""(JSON-RPC batch, seconds) -> answer of one node; raises NodeAnswerError where there is none."""


class Nodes:
    def __init__(
        self, sends: Sequence[SendWithin], *, chain_id: int, monotonic: Callable[[], float]
    ) -> None:
        self._sends = tuple(sends)
        self._chain_id = chain_id
        self._monotonic = monotonic

    def read(self, to: Address, data: bytes, seconds: float) -> bytes:
        """What the contract at `to` returns, within `seconds`, an equal share for each node.

        Raises:
            ContractRevertError: it reverts; the next node would say the same.
            NodeAnswerError: no node could say; what the last one failed with.
        """
        deadline = self._monotonic() + seconds
        failure = NodeAnswerError("no node for this chain")
        for index, send in enumerate(self._sends):
            share = (deadline - self._monotonic()) / (len(self._sends) - index)
            try:
                return self._read_from(send, to, data, share)
            except NodeAnswerError as error:
                failure = error
        raise failure

    def _read_from(self, send: SendWithin, to: Address, data: bytes, seconds: float) -> bytes:
        if seconds <= 0:
            raise NodeAnswerError("no time left")
        return read_contract(
            to, data, chain_id=self._chain_id, send=lambda batch: send(batch, seconds)
        )
