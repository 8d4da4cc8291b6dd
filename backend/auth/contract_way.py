"""The way in of contract wallets: nodes are asked, and who opened the account is remembered.

Imported by the first sign-in that goes this way, or by a key that closes it.

Why: ARCHITECTURE.md, auth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from auth.account_marks import (
    AGREEING_HOSTS,
    Marks,
    contract_mark,
    hosts_to_agree,
    marks_of,
)
from auth.errors import MarksNotShownError, MarksUnavailableError
from auth.rfc3339 import rfc3339
from auth.sign_in_log import log_mark_failed
from auth.user_attributes import CONTRACT_AT, PROVEN_AT
from runtime.deadline import Clock, Deadline, within

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from auth.cognito_users import Account, Users
    from auth.contract_wallets import Rpc
    from ethereum.address import Address

WHOLE_SECONDS = 4.0
"""For nodes and Cognito together: it gives the trigger 5 s, its cold start included."""

SETTLE_SECONDS = 1.0
"""A sign-in whose nodes were asked before the mark went has its tokens by then, and loses them."""

FRESH_SECONDS = 60
"""A mark this young was not there to be shown: two tabs at once, or Cognito's retry of an event."""


class Signed(NamedTuple):
    """What a contract wallet is said to have signed."""

    chain_id: int
    address: Address
    message: bytes
    signature: str


class ContractWay:
    """`now` in seconds since 1970; `clock` is the deadlines'."""

    def __init__(
        self,
        rpc: Rpc,
        users: Users,
        *,
        now: Callable[[], float],
        clock: Clock,
        sleep: Callable[[float], None],
    ) -> None:
        self._rpc = rpc
        self._users = users
        self._now = now
        self._clock = clock
        self._sleep = sleep

    def verify(self, account: Account, attributes: object, signed: Signed) -> None:
        """Return if the wallet accepts the signature, and by that may open this account.

        `attributes` are what the trigger is shown of the user. A blank user is marked first.

        Raises:
            KeyRequiredError: one host's word does not open this account.
            MarksNotShownError, MarksUnavailableError: who opened it cannot be known.
            SignatureError, RpcUnavailableError: as `Rpc.verify`.
        """
        deadline = Deadline.after(WHOLE_SECONDS, self._clock)
        shown, hosts = marks_of(attributes), self._rpc.hosts(signed.chain_id)
        agreeing = hosts_to_agree(shown, chain_id=signed.chain_id, hosts=hosts)
        self._rpc.verify(*signed, agreeing=agreeing)
        if shown.are_blank or hosts < AGREEING_HOSTS:
            self._remember(account, shown, signed.chain_id, hosts, deadline)

    def close(self, account: Account, attributes: Mapping[str, str]) -> None:
        """A key has come to an account that a contract opened: it ends that way and its sessions.

        No chain's mark goes in first, so no node opens the account from then on; and whatever
        fails afterwards, the mark is still there for the next key to try again.

        Raises:
            MarksUnavailableError: it could not be done to the end; the key may try again.
        """
        deadline = Deadline.after(WHOLE_SECONDS, self._clock)
        proven_at = attributes.get(PROVEN_AT) or rfc3339(self._now())
        closing = {CONTRACT_AT: contract_mark(0, self._now()), PROVEN_AT: proven_at}
        self._do(lambda: self._users.write(account, closing), deadline, "not_cleared")
        self._sleep(SETTLE_SECONDS)
        self._do(lambda: self._users.sign_out(account), deadline, "not_cleared")
        self._do(lambda: self._users.delete(account, CONTRACT_AT), deadline, "not_cleared")

    def _remember(
        self, account: Account, shown: Marks, chain_id: int, hosts: int, deadline: Deadline
    ) -> None:
        """Ask Cognito itself: what was shown may be old by now, or not all there is."""
        attributes = self._do(lambda: self._users.read(account), deadline, "not_read")
        marks = marks_of(attributes or None)  # a user has a `sub` at least
        hosts_to_agree(marks, chain_id=chain_id, hosts=hosts)
        if marks.are_blank:
            mark = {CONTRACT_AT: contract_mark(chain_id, self._now())}
            self._do(lambda: self._users.write(account, mark), deadline, "not_written")
        elif hosts < AGREEING_HOSTS and shown.are_blank and not self._is_fresh(marks):
            raise MarksNotShownError

    def _is_fresh(self, marks: Marks) -> bool:
        """Times of one format compare as text."""
        return marks.contract_time >= rfc3339(self._now() - FRESH_SECONDS)

    def _do[T](self, call: Callable[[], T], deadline: Deadline, failure: str) -> T:
        try:
            return within(deadline, lambda opened: call(), name="marks")
        except Exception as error:  # botocore's own tree; its texts name the user
            log_mark_failed(type(error).__name__, code=f"contract_mark_{failure}")
            raise MarksUnavailableError from None
