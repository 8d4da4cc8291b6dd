"""Wildcards of IAM policies: `*` any characters, `?` exactly one, everything else literal."""

import re
from functools import lru_cache


def matches(pattern: str, value: str) -> bool:
    """True when the whole of `value` fits `pattern`; case-sensitive."""
    return _compiled(pattern).fullmatch(value) is not None


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.compile(expression, re.DOTALL)
