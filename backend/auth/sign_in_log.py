"""One log line for each sign-up and sign-in, let in or refused, with nothing personal in it.

The template's metric filters count these lines by `event` and `code`, so both are as stable as an
error code. A trigger needs no metrics library for it: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
"""

from __future__ import annotations

import logging

_logger = logging.getLogger(__name__)


def log_sign_up() -> None:
    """PreSignUp let a wallet's record be made."""
    _logger.info("wallet signed up", extra={"event": "sign_up"})


def log_sign_up_refused(code: str) -> None:
    _logger.warning("sign-up refused", extra={"event": "sign_up_refused", "code": code})


def log_sign_in() -> None:
    """Tokens follow a right answer; a refresh is no sign-in."""
    _logger.info("wallet signed in", extra={"event": "sign_in"})


def log_answer_refused(code: str) -> None:
    _logger.warning("challenge answer refused", extra={"event": "sign_in_refused", "code": code})


def log_tokens_refused(code: str) -> None:
    _logger.warning("tokens refused", extra={"event": "sign_in_refused", "code": code})


def log_mark_failed(error_type: str) -> None:
    """A wallet has proved itself and its user could not be marked as proven (`auth.proof_mark`)."""
    _logger.error(
        "proof mark not written",
        extra={"event": "proof_mark_failed", "code": "proof_mark_not_written", "error": error_type},
    )
