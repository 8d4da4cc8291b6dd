"""Expressions of DynamoDB over numbers: conditions joined by OR, and an update that sets one.

What is not known is refused by name, as what AWS refuses is.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

type Item = dict[str, Any]
type Values = Mapping[str, Any]

_NOT_EXISTS = re.compile(r"attribute_not_exists\((\w+)\)")
_COMPARED = re.compile(r"(\w+) ([<>]) (:\w+)")
_BETWEEN = re.compile(r"(\w+) BETWEEN (:\w+) AND (:\w+)")
_SET = re.compile(r"SET (?P<name>\w+) = (?:(?P<added_to>\w+) \+ )?(?P<value>:\w+)")
_VALUE = re.compile(r":\w+")
_COMPARE: Mapping[str, Callable[[Decimal, Decimal], bool]] = {"<": operator.lt, ">": operator.gt}


class ExpressionError(Exception):
    """Its text is the message of a ValidationException."""


def check_values(values: Values, *expressions: str | None) -> None:
    """Each value is used, and each that is used is there. Raises ExpressionError."""
    used = {name for text in expressions if text for name in _VALUE.findall(text)}
    if missing := sorted(used - set(values)):
        raise ExpressionError(
            "An expression attribute value used in expression is not defined; "
            f"attribute value: {missing[0]}"
        )
    if unused := sorted(set(values) - used):
        keys = ", ".join(unused)
        raise ExpressionError(
            f"Value provided in ExpressionAttributeValues unused in expressions: keys: {{{keys}}}"
        )


def holds(condition: str, there: Item, values: Values) -> bool:
    """Raises ExpressionError."""
    return any(_term_holds(term, there, values) for term in condition.split(" OR "))


def _term_holds(term: str, there: Item, values: Values) -> bool:
    if match := _NOT_EXISTS.fullmatch(term):
        return match[1] not in there
    if match := _COMPARED.fullmatch(term):
        given, operand = _number(there.get(match[1])), _operand(values, match[3])
        return given is not None and _COMPARE[match[2]](given, operand)
    if match := _BETWEEN.fullmatch(term):
        given = _number(there.get(match[1]))
        least, most = _operand(values, match[2]), _operand(values, match[3])
        return given is not None and least <= given <= most
    raise ExpressionError(f"the local stack does not model {term}")


def updated(expression: str, there: Item, values: Values) -> Item:
    """The attributes that `expression` sets, with their new values. Raises ExpressionError."""
    match = _SET.fullmatch(expression)
    if match is None:
        raise ExpressionError(f"the local stack does not model {expression}")
    if not match["added_to"]:
        return {match["name"]: values[match["value"]]}
    if match["added_to"] not in there:
        raise ExpressionError(
            "The provided expression refers to an attribute that does not exist in the item"
        )
    number = _number(there[match["added_to"]])
    if number is None:
        raise ExpressionError("An operand in the update expression has an incorrect data type")
    return {match["name"]: {"N": str(number + _operand(values, match["value"]))}}


def _number(attribute: Any) -> Decimal | None:
    """None where it is absent or of another type, which compares as false."""
    return Decimal(attribute["N"]) if attribute and "N" in attribute else None


def _operand(values: Values, name: str) -> Decimal:
    number = _number(values[name])
    if number is None:
        raise ExpressionError(f"the local stack models numbers only, not {name}")
    return number
