"""The mark of a wallet that has proved itself: an attribute of its user, written once, by us only.

Anyone can make a user record for any address (`auth.sign_up`); the mark tells the proven ones. It
is written where tokens are made, after a right answer and at each refresh of what followed one: so
where it could not be written, it is at the next refresh, 15 minutes later at most while the wallet
is in use.

Why: ARCHITECTURE.md, auth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auth.rfc3339 import rfc3339
from auth.sign_in_log import log_mark_failed
from auth.user_attributes import PROVEN_AT

if TYPE_CHECKING:
    from collections.abc import Callable

    from auth.events import PreTokenGenerationEvent

    WriteMark = Callable[[str, str, str], None]
    """(user pool id, user name, when) -> None; what it raises is logged by its type."""


def mark_as_proven(event: PreTokenGenerationEvent, *, now: float, write: WriteMark) -> None:
    """Write the mark where the user has none. A failure is logged and is not the user's.

    `now` in seconds since 1970.
    """
    if (event["request"].get("userAttributes") or {}).get(PROVEN_AT):
        return
    try:
        write(event["userPoolId"], event["userName"], rfc3339(now))
    except Exception as error:  # botocore's own tree; its texts name the user
        log_mark_failed(type(error).__name__)


def write_mark_in_cognito(user_pool_id: str, user_name: str, proven_at: str) -> None:
    """One try, bounded, so that a sign-in stays within its 5 s; loads boto3."""
    from auth.cognito_users import Account, CognitoUsers

    CognitoUsers().write(Account(user_pool_id, user_name), {PROVEN_AT: proven_at})
