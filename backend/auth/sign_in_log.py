"""One log line for each sign-up and sign-in, let in or refused, with nothing personal in it.

The template's metric filters count these lines by `event` and `code`, so both are as stable as an
error code. A trigger needs no metrics library for it: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
"""

from __future__ import annotations

import logging
from typing import Literal

type Way = Literal["key", "contract"]
"""Who signed: the key of the address, or the contract at it."""

_logger = logging.getLogger(__name__)


def log_sign_up() -> None:
    """PreSignUp let a wallet's record be made."""
    _logger.info("wallet signed up", extra={"event": "sign_up"})


def log_sign_up_refused(code: str) -> None:
    _logger.warning("sign-up refused", extra={"event": "sign_up_refused", "code": code})


def log_sign_in(way: Way, chain_id: int) -> None:
    """An answer is right, so tokens follow; a refresh is no sign-in. `chain_id` was signed for."""
    fields = {"event": "sign_in", "way": way, "chain": chain_id}
    _logger.info("wallet signed in", extra=fields)


def log_answer_refused(code: str, *, cause: str | None = None) -> None:
    """`cause` is the code of what was found before: why the key's own signature did not do, say."""
    fields = {"event": "sign_in_refused", "code": code} | ({"cause": cause} if cause else {})
    _logger.warning("challenge answer refused", extra=fields)


def log_tokens_refused(code: str) -> None:
    _logger.warning("tokens refused", extra={"event": "sign_in_refused", "code": code})


def log_mark_failed(error_type: str, *, code: str = "proof_mark_not_written") -> None:
    """A user's marks could not be written or read (`auth.proof_mark`, `auth.account_marks`)."""
    _logger.error(
        "mark of a user failed",
        extra={"event": "proof_mark_failed", "code": code, "error": error_type},
    )
