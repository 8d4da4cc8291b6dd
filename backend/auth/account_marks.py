"""Who opened an account: marks on its user, and how many nodes may open it by their word.

`PROVEN_AT` says that somebody was let in (`auth.proof_mark`), `CONTRACT_AT` that a contract wallet
was the first, on which chain, and when. So `PROVEN_AT` alone means: a key.

    state of the user               nodes at two hosts    nodes at one host
    nobody was let in               two must accept       one, and it is marked
    a contract, on this chain       two                   one
    a contract, on another chain    two                   refused: key_required
    a key                           two                   refused: key_required

Only a blank user is ever marked: a second chain, or a contract after a key, writes nothing.

Why: ARCHITECTURE.md, auth.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from auth.errors import KeyRequiredError, MarksNotShownError
from auth.rfc3339 import rfc3339
from auth.user_attributes import CONTRACT_AT, PROVEN_AT

AGREEING_HOSTS = 2
_MARK = re.compile(r"(0|[1-9][0-9]{0,18}) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)", re.ASCII)


class Marks(NamedTuple):
    """The two attributes of a user; empty where it has none."""

    proven_at: str = ""
    contract_at: str = ""

    @property
    def are_blank(self) -> bool:
        return not (self.proven_at or self.contract_at)

    @property
    def contract_chain(self) -> int | None:
        """The chain of the contract mark; 0 while a key clears it, None for none we wrote."""
        match = _MARK.fullmatch(self.contract_at)
        return int(match[1]) if match else None

    @property
    def contract_time(self) -> str:
        match = _MARK.fullmatch(self.contract_at)
        return match[2] if match else ""


def marks_of(attributes: object) -> Marks:
    """The marks among a user's attributes.

    Raises:
        MarksNotShownError: there are no attributes.
    """
    if not isinstance(attributes, Mapping):
        raise MarksNotShownError
    return Marks(*(str(attributes.get(name) or "") for name in (PROVEN_AT, CONTRACT_AT)))


def hosts_to_agree(marks: Marks, *, chain_id: int, hosts: int) -> int:
    """How many of a chain's `hosts` must accept a contract wallet's signature for this user.

    Raises:
        KeyRequiredError: one host's word does not open this account.
    """
    if hosts >= AGREEING_HOSTS:
        return AGREEING_HOSTS
    if marks.are_blank or marks.contract_chain == chain_id:
        return 1
    raise KeyRequiredError


def contract_mark(chain_id: int, now: float) -> str:
    """`now` in seconds since 1970. Chain 0 is no chain: the mark of an account being closed."""
    return f"{chain_id} {rfc3339(now)}"
