"""Texts and headers of answers without what is secret, personal or new each time.

What is not known by its form to be harmless is left out: see `_PATTERNS`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_BASE64 = "[A-Za-z0-9+/_=.~-]"
_PATTERNS = (
    (r"eyJ[A-Za-z0-9_=-]*(?:\.[A-Za-z0-9_=-]*)*", "<token>"),
    (r"0x[0-9a-fA-F]{41,}", "<hex>"),
    (r"0x[0-9a-fA-F]{40}(?![0-9a-fA-F])", "<address>"),
    (r"[a-z]{2}(?:-[a-z]+)+-\d:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<identity>"),
    (r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", "<id>"),
    (r"[a-z]{2}(?:-[a-z]+)+-\d_[A-Za-z0-9]{9,}", "<pool>"),
    (r"\b(?:ASIA|AKIA|AROA|AIDA)[A-Z0-9]{12,}", "<key id>"),
    (r"arn:aws[a-z-]*:[^\s\"',]+", "<arn>"),
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", "<time>"),
    (r"\d{8}T\d{6}Z", "<time>"),
    (r"https?://[^\s\"'<>]+", "<url>"),
    (
        r"\blocalhost:\d+|\b127\.0\.0\.1:\d+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?",
        "<host>",
    ),
    (
        r"(?<![A-Za-z0-9+/_=.~-])(?![A-Za-z]+(?:Exception|Error)\b)[A-Za-z0-9+/_=.~-]{30,}",
        "<opaque>",
    ),
    (r"\b(?=[A-Za-z0-9+/_-]*\d)(?=[A-Za-z0-9+/_-]*[a-zA-Z])[A-Za-z0-9+/_-]{16,}\b", "<opaque>"),
    (r"\b\d{9,}\b", "<number>"),
)
_COMPILED = tuple((re.compile(pattern), name) for pattern, name in _PATTERNS)


def redacted(text: str, secrets: Mapping[str, str] | None = None) -> str:
    """The text with a placeholder for each secret, given as secret -> name, and for each pattern.

    Longer secrets go first, so that none leaves its end behind.
    """
    known = secrets or {}
    for secret in sorted(known, key=len, reverse=True):
        if secret:
            text = text.replace(secret, f"<{known[secret]}>")
    for pattern, name in _COMPILED:
        text = pattern.sub(name, text)
    return text
