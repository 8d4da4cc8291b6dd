"""The logger of a function: one JSON object a line, with nothing in it that opens a door.

Redaction is the second fence: callers log names and numbers, never events, headers or bodies.
"""

import logging
import re
from collections.abc import Mapping
from typing import IO, cast

from aws_lambda_powertools.logging import Logger
from aws_lambda_powertools.logging.formatter import LambdaPowertoolsFormatter
from aws_lambda_powertools.logging.types import LogRecord

REDACTED = "[redacted]"
_SECRET_NAME = re.compile(
    r"authorization|cookie|token|signature|secret|password|credential|api[-_]?key|answer",
    re.IGNORECASE,
)
# A value is replaced by its shape alone, wherever it stands in a text.
_SECRET_VALUES = (
    re.compile(r"eyJ[\w-]{5,}(?:\.[\w-]*){1,4}"),  # JWT or JWE, complete or cut
    re.compile(r"(?i:\b(?:bearer|basic))\s+[^\s\"',;]+"),
    re.compile(r"AWS4-HMAC-SHA256[^\"]*"),
    re.compile(r"0x[0-9a-fA-F]{128,}"),  # 64- and 65-byte signatures, ERC-6492 wrappers
    re.compile(r"(?<=/v2/)[\w-]{16,}|(?<=/v3/)[\w-]{24,}"),  # Alchemy's key-in-path form
    re.compile(r"(?i:(?<=key=)|(?<=token=)|(?<=signature=))[^&\s\"']+"),
)
_LIBRARIES_THAT_LOG_REQUESTS = ("boto3", "botocore", "urllib3")


class RedactingFormatter(LambdaPowertoolsFormatter):
    def serialize(self, log: LogRecord) -> str:
        return super().serialize(cast(LogRecord, redact(log)))


def build_logger(service: str | None = None, *, stream: IO[str] | None = None) -> Logger:
    """A logger named after the service (POWERTOOLS_SERVICE_NAME), at INFO, to standard output."""
    for library in _LIBRARIES_THAT_LOG_REQUESTS:
        logging.getLogger(library).setLevel(logging.ERROR)
    return Logger(
        service=service,
        level="INFO",
        stream=stream,
        logger_formatter=RedactingFormatter(utc=True, use_rfc3339=True),
    )


def redact(value: object) -> object:
    """The same structure with every secret-looking value or secret-named field replaced."""
    if isinstance(value, str):
        return _redact_text(value)
    if isinstance(value, bytes):
        return _redact_text(value.decode("utf-8", "replace"))
    if isinstance(value, Mapping):
        return {name: _redact_field(str(name), field) for name, field in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [redact(item) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return _redact_text(str(value))


def _redact_field(name: str, value: object) -> object:
    return REDACTED if _SECRET_NAME.search(name) else redact(value)


def _redact_text(text: str) -> str:
    for pattern in _SECRET_VALUES:
        text = pattern.sub(REDACTED, text)
    return text
