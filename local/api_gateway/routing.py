"""Finds the method for a verb and a path; static segments win over `{parameters}`."""

from collections.abc import Iterable
from dataclasses import dataclass

from local.api_gateway.definition import Method
from local.api_gateway.errors import GatewayError


@dataclass(frozen=True, slots=True)
class Match:
    """A method and the decoded values of its path parameters."""

    method: Method
    path_parameters: dict[str, str]


class Router:
    """The methods of one API."""

    def __init__(self, methods: Iterable[Method]) -> None:
        self._resources: dict[str, dict[str, Method]] = {}
        for method in sorted(methods, key=_specificity):
            self._resources.setdefault(method.resource_path, {})[method.http_method] = method

    def match(self, http_method: str, segments: tuple[str, ...]) -> Match:
        """The match; an unknown path or verb is 403 MISSING_AUTHENTICATION_TOKEN, as on AWS."""
        for resource_path, methods in self._resources.items():
            parameters = _match_path(_segments(resource_path), segments)
            if parameters is None:
                continue
            # The resource is chosen before the verb: no other resource gets a second chance.
            if method := methods.get(http_method):
                return Match(method, parameters)
            break
        raise GatewayError("MISSING_AUTHENTICATION_TOKEN")


def _specificity(method: Method) -> list[tuple[bool, str]]:
    # A parameter sorts after every static segment, segment by segment.
    return [(part.startswith("{"), part) for part in _segments(method.resource_path)]


def _segments(resource_path: str) -> tuple[str, ...]:
    return tuple(resource_path.split("/")[1:])


def _match_path(pattern: tuple[str, ...], segments: tuple[str, ...]) -> dict[str, str] | None:
    if len(pattern) != len(segments):
        return None
    parameters: dict[str, str] = {}
    for part, value in zip(pattern, segments, strict=True):
        if part.startswith("{") and value:
            parameters[part[1:-1]] = value
        elif part != value:
            return None
    return parameters
