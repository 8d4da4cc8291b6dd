"""Makes a parsed airspeed template strict, and finds what it may not contain.

airspeed renders nothing for a method it does not know and reaches into Python attributes. Here
every reference of one template goes through the tables of `java_values` instead; the library
itself is not changed.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from airspeed import operators  # type: ignore[import-untyped]

from local.api_gateway.errors import MappingTemplateError
from local.api_gateway.java_values import java_string, methods_of

FOREACH_LIMIT = 1000
"""Iterations. https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html"""


def elements(root: Any) -> Iterator[Any]:
    """Every element of the syntax tree, also those airspeed keeps only as bound methods."""
    pending, seen = [root], set()
    while pending:
        item = pending.pop()
        item = getattr(item, "__self__", item)
        if isinstance(item, dict):
            pending += [*item.keys(), *item.values()]
        elif isinstance(item, list | tuple):
            pending += item
        elif isinstance(item, operators._Element) and id(item) not in seen:
            seen.add(id(item))
            yield item
            pending += vars(item).values()


def make_strict(root: Any) -> None:
    """Replaces, in this tree only, how references are looked up, called and written."""
    for element in list(elements(root)):
        if isinstance(element, operators.NameOrCall):
            element.calculate = _name_or_call(element)
        elif isinstance(element, operators.SubExpression):
            element.calculate = _sub_expression(element)
        elif isinstance(element, operators.FormalReference) and element.expression:
            element.evaluate_raw = _reference(element)
        elif isinstance(element, operators.ForeachDirective):
            element.value = _Limited(element.value)


def _name_or_call(element: Any) -> Callable[[Any, Any, Any], object]:
    def calculate(current: Any, loader: Any, namespace: Any) -> object:
        if element.parameters is not None:
            return _call(current, element.name, element.parameters.calculate(namespace, loader))
        value = _member(current, element.name)
        if element.index is None:
            return value
        return _item(value, element.index.calculate(namespace, loader))

    return calculate


def _sub_expression(element: Any) -> Callable[[Any, Any, Any], object]:
    def calculate(current: Any, loader: Any, namespace: Any) -> object:
        if not isinstance(element.expression, operators.ArrayIndex):
            found: object = element.expression.calculate(current, loader, namespace)
            return found
        value = _item(current, element.expression.calculate(namespace, loader))
        if element.subexpression:
            value = element.subexpression.calculate(value, loader, namespace)
        return value

    return calculate


def _reference(element: Any) -> Callable[[Any, Any, Any], None]:
    def evaluate_raw(stream: Any, namespace: Any, loader: Any) -> None:
        value = element.expression.calculate(namespace, loader)
        stream.write("" if value is None else java_string(value))

    return evaluate_raw


class _Limited:
    """The iterable of a #foreach, refused when it is longer than AWS allows."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def calculate(self, namespace: Any, loader: Any) -> object:
        items: object = self._value.calculate(namespace, loader)
        if isinstance(items, list | Mapping | range) and len(items) > FOREACH_LIMIT:
            raise MappingTemplateError("#foreach: more than 1000 iterations")
        return items


def _call(current: object, name: str, arguments: list[object]) -> object:
    if current is None:
        return None
    method = methods_of(current).get(name)
    if method is None:
        raise MappingTemplateError(f"method {name}() is not modelled on {type(current).__name__}")
    return method(current, *arguments)


def _member(current: Any, name: str) -> object:
    if isinstance(current, Mapping):
        try:
            return current[name]
        except KeyError:
            return None
    return current.body if name == "body" and hasattr(current, "template_methods") else None


def _item(value: Any, index: Any) -> object:
    if value is None:
        return None
    if isinstance(value, Mapping):
        return value.get(index)
    return _call(value, "get", [index])
