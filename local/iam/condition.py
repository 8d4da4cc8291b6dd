"""Condition operators of IAM policies: only those the stack uses, the rest refused by name.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from local.iam.errors import InvalidPolicyError, UnsupportedPolicyError
from local.iam.policy_variable import fill, refuse_variables
from local.iam.wildcard import matches

type Context = Mapping[str, str | list[str]]
"""Request context: condition key -> value, or a list for a multivalued key."""


def _equal(expected: str, actual: str) -> bool:
    return expected == actual


def _same_boolean(expected: str, actual: str) -> bool:
    return expected.lower() == actual.lower()


_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "StringEquals": _equal,
    "StringNotEquals": _equal,
    "StringLike": matches,
    "StringLikeIfExists": matches,
    "Bool": _same_boolean,
    "ForAllValues:StringEquals": _equal,
    "ForAnyValue:StringEquals": _equal,
    "ForAnyValue:StringLike": matches,
}
_OF_SEVERAL_VALUES = frozenset(name for name in _OPERATORS if name.startswith("For"))


@dataclass(frozen=True)
class Condition:
    """One operator on one key; several values are alternatives."""

    operator: str
    key: str
    values: tuple[str, ...]

    def holds(self, context: Context) -> bool:
        actual = _look_up(context, self.key)
        if self.operator == "StringNotEquals":
            return actual is None or (
                isinstance(actual, str) and not self._any_matches(actual, context)
            )
        if actual is None:
            return self.operator.endswith("IfExists") or self.operator.startswith("ForAllValues:")
        if self.operator in _OF_SEVERAL_VALUES:
            quantifier = any if self.operator.startswith("ForAnyValue:") else all
            found = actual if isinstance(actual, list) else [actual]
            return quantifier(self._any_matches(item, context) for item in found)
        # A single-value operator on a multivalued key never matches here: AWS calls the
        # result undefined, so it must not grant anything.
        return isinstance(actual, str) and self._any_matches(actual, context)

    def _any_matches(self, actual: str, context: Context) -> bool:
        values = (fill(value, context) for value in self.values)
        matches_one = _OPERATORS[self.operator]
        return any(matches_one(value, actual) for value in values if value is not None)


def parse_conditions(block: object, *, variables: bool) -> tuple[Condition, ...]:
    """Raises UnsupportedPolicyError for an operator or variable that is not modelled."""
    if not isinstance(block, Mapping):
        raise InvalidPolicyError("Condition is an object")
    conditions = []
    for operator, keys in block.items():
        if operator not in _OPERATORS:
            raise UnsupportedPolicyError(f"condition operator {operator}")
        if not isinstance(keys, Mapping):
            raise InvalidPolicyError(f"Condition {operator} is an object")
        # Of a StringNotEquals, a value that is missing would hold what it should not.
        filled = variables and operator in ("StringEquals", "StringLike")
        conditions += [
            Condition(operator, key, _values(value, filled)) for key, value in keys.items()
        ]
    return tuple(conditions)


def _values(value: object, variables: bool) -> tuple[str, ...]:
    values = [_text(item) for item in (value if isinstance(value, list) else [value])]
    if not values:
        raise InvalidPolicyError("a condition has at least one value")
    for item in values:
        refuse_variables("a condition", item, modelled=variables)
    return tuple(values)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        raise InvalidPolicyError(f"condition value {value!r} is not a string")
    return value


def _look_up(context: Context, key: str) -> str | list[str] | None:
    # Condition keys are case-insensitive, their values are not.
    for name, value in context.items():
        if name.lower() == key.lower():
            return value
    return None
