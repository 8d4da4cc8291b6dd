"""Mapping templates: Velocity (VTL) through airspeed, checked when the API is loaded.

https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings.html
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

import airspeed  # type: ignore[import-untyped]
from airspeed import operators

from local.api_gateway.context import KNOWN_VARIABLES
from local.api_gateway.errors import InvalidDefinitionError, MappingTemplateError, UnsupportedError
from local.api_gateway.java_values import LIST_METHODS, MAP_METHODS, STRING_METHODS
from local.api_gateway.json_path import parse_json_path
from local.api_gateway.template_evaluation import elements, make_strict
from local.api_gateway.template_variables import Input, Util

MAXIMUM_LENGTH = 300 * 1024
Side = Literal["requestOverride", "responseOverride"]

_METHODS = frozenset(
    {*STRING_METHODS, *LIST_METHODS, *MAP_METHODS, *Input.template_methods, *Util.template_methods}
)
_VARIABLES = frozenset({"input", "util", "context", "stageVariables", "foreach", "velocityCount"})
_REFUSED_DIRECTIVES = (
    operators.IncludeDirective,
    operators.ParseDirective,
    operators.MacroDefinition,
    operators.MacroCall,
    operators.DefineDefinition,
    operators.ReturnDirective,
    operators.EvaluateDirective,
)
_BROKEN_DIRECTIVE = re.compile(r"#\{?(if|elseif|else|end|set|foreach|stop)\b")


@dataclass(frozen=True, slots=True)
class MappingTemplate:
    """One compiled template."""

    root: Any

    @classmethod
    def compile(cls, text: str, *, path: str, side: Side) -> Self:
        """Parses `text`; `side` names the only overrides it may set.

        Raises UnsupportedError and InvalidDefinitionError with `path` and a position, never
        with the text itself, which may hold a provider's key.
        """
        if len(text.encode()) > MAXIMUM_LENGTH:
            raise InvalidDefinitionError(path, "a mapping template may have 300 KB")
        template = airspeed.Template(text.strip())
        try:
            template.ensure_compiled()
        except airspeed.TemplateSyntaxError as error:
            place = f"line {error.line}, column {error.column}"
            raise InvalidDefinitionError(path, f"VTL syntax error at {place}") from None
        _check(template.root_element, path=path, side=side)
        make_strict(template.root_element)
        return cls(template.root_element)

    def render(self, variables: Mapping[str, object]) -> str:
        """The text for these variables (`input`, `util`, `context`, `stageVariables`).

        Overrides land in `variables["context"]`. Raises MappingTemplateError.
        """
        stream = operators.StoppableStream()
        try:
            self.root.evaluate(stream, dict(variables), operators.NullLoader())
        except airspeed.TemplateExecutionError as error:
            cause = error.__cause__
            if isinstance(cause, MappingTemplateError):
                raise cause from None
            raise MappingTemplateError(f"VTL failed with {type(cause).__name__}") from None
        return str(stream.getvalue())


def _check(root: Any, *, path: str, side: Side) -> None:
    found = list(elements(root))
    names = _VARIABLES | _names_set_by(found)
    for element in found:
        if isinstance(element, _REFUSED_DIRECTIVES):
            directive = re.match(r"#\w+", element.my_text())
            name = directive[0] if directive else "directive"
            raise UnsupportedError(path, f"VTL {name} is not modelled")
        if isinstance(element, operators.FallthroughHashText):
            _check_hash(element, path)
        elif isinstance(element, operators.NameOrCall):
            _check_call(element, path)
        elif isinstance(element, operators.FormalReference):
            _check_reference(element, names, path)
        elif isinstance(element, operators.Assignment):
            _check_assignment(element, path, side)


def _names_set_by(found: list[Any]) -> frozenset[str]:
    assigned = {e.root_term for e in found if isinstance(e, operators.Assignment) and not e.terms}
    looped = {e.loop_var_name for e in found if isinstance(e, operators.ForeachDirective)}
    return frozenset(assigned | looped)


def _check_hash(element: Any, path: str) -> None:
    # airspeed writes a directive it cannot parse as plain text; Velocity fails.
    if broken := _BROKEN_DIRECTIVE.match(element.full_text(), element.start):
        raise InvalidDefinitionError(path, f"VTL syntax error in #{broken[1]}")


def _check_call(element: Any, path: str) -> None:
    if element.parameters is None:
        return
    if element.name not in _METHODS:
        raise UnsupportedError(path, f"VTL method {element.name}() is not modelled")
    if element.name in ("path", "json"):
        _check_json_path(element, path)


def _check_json_path(element: Any, path: str) -> None:
    values = getattr(element.parameters.values, "values", [])
    literal: Any = values[0].expression if values else None
    if type(literal) is operators.StringLiteral or (
        isinstance(literal, operators.InterpolatedStringLiteral) and "$" not in literal.value[1:]
    ):
        try:
            parse_json_path(literal.value)
        except MappingTemplateError as error:
            raise UnsupportedError(path, str(error)) from error


def _check_reference(element: Any, names: frozenset[str], path: str) -> None:
    if element.expression is None:
        return
    name = element.expression.part.name
    if name not in names:
        raise InvalidDefinitionError(path, f"VTL variable ${name} is never set")
    following = element.expression.subexpression
    if name == "context" and following is not None:
        variable = getattr(getattr(following.expression, "part", None), "name", None)
        if variable is not None and variable not in KNOWN_VARIABLES:
            raise UnsupportedError(path, f"$context.{variable} is not modelled")


def _check_assignment(element: Any, path: str, side: Side) -> None:
    if element.root_term in ("input", "util", "stageVariables"):
        raise InvalidDefinitionError(path, f"${element.root_term} cannot be set")
    if element.root_term == "context":
        first = element.terms[0].term if element.terms else None
        if not isinstance(first, operators.DotDictAccessTerm) or first.value != side:
            raise UnsupportedError(path, f"only $context.{side} can be set here")
