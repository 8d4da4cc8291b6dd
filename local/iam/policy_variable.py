"""Policy variables: `${cognito-identity.amazonaws.com:sub}`, filled from the request's context.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

import re
from collections.abc import Mapping

from local.iam.errors import UnsupportedPolicyError

_VARIABLE = re.compile(r"\$\{([^}]*)\}?")
_MODELLED = frozenset({"cognito-identity.amazonaws.com:sub"})
_WILDCARD = re.compile(r"[*?$]")


def refuse_variables(where: str, text: str, *, modelled: bool) -> None:
    """Raises UnsupportedPolicyError for a variable; `modelled` lets those pass that are."""
    for match in _VARIABLE.finditer(text):
        known = modelled and match[1] in _MODELLED and match[0].endswith("}")
        if not known:
            raise UnsupportedPolicyError(f"policy variable in {where}: {text}")


def fill(text: str, context: Mapping[str, str | list[str]]) -> str | None:
    """`text` with its variables filled; None where the request has no single plain value for one.

    None matches nothing, as on AWS. A value that holds a wildcard is no plain one: it would be
    taken for a pattern.
    """
    filled = text
    for match in _VARIABLE.finditer(text):
        value = context.get(match[1])
        if not isinstance(value, str) or not value or _WILDCARD.search(value):
            return None
        filled = filled.replace(match[0], value)
    return filled
