"""Wildcards of IAM policies: `*` any characters, `?` exactly one, everything else literal."""

import re


def matches(pattern: str, value: str) -> bool:
    """True when the whole of `value` fits `pattern`; case-sensitive."""
    expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(expression, value, re.DOTALL) is not None
