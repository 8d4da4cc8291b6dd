"""The mark of a wallet that has proved itself: an attribute of its user, written once, by us only.

Anyone can make a user record for any address (`auth.sign_up`); the mark tells the proven ones. It
is written where tokens are made, after a right answer and at each refresh of what followed one: so
where it could not be written, it is at the next refresh, 15 minutes later at most while the wallet
is in use. An app client has no right to write it (template: WriteAttributes).

Why: ARCHITECTURE.md, auth.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from auth.sign_in_log import log_mark_failed

if TYPE_CHECKING:
    from collections.abc import Callable

    from auth.events import PreTokenGenerationEvent

    WriteMark = Callable[[str, str, str], None]
    """(user pool id, user name, when) -> None; what it raises is logged by its type."""

PROVEN_AT = "custom:proven_at"
"""When the mark was written, as 2026-01-31T23:59:59Z."""


def mark_as_proven(event: PreTokenGenerationEvent, *, now: float, write: WriteMark) -> None:
    """Write the mark where the user has none. A failure is logged and is not the user's.

    `now` in seconds since 1970.
    """
    if (event["request"].get("userAttributes") or {}).get(PROVEN_AT):
        return
    when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
    try:
        write(event["userPoolId"], event["userName"], when)
    except Exception as error:  # botocore's own tree; its texts name the user
        log_mark_failed(type(error).__name__)


def write_mark_in_cognito(user_pool_id: str, user_name: str, proven_at: str) -> None:
    """AdminUpdateUserAttributes: one try, bounded, so that a sign-in stays within its 5 s.

    boto3 is Lambda's own and loaded here, by the first sign-in of a wallet: no other pays for it.
    """
    import boto3
    from botocore.config import Config

    config = Config(connect_timeout=1, read_timeout=1, retries={"total_max_attempts": 1})
    boto3.client("cognito-idp", config=config).admin_update_user_attributes(
        UserPoolId=user_pool_id,
        Username=user_name,
        UserAttributes=[{"Name": PROVEN_AT, "Value": proven_at}],
    )
