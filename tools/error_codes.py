"""The error codes of the API, from the classes of backend/*/errors.py and from the template."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from local.configuration import ROOT
from runtime.errors import RouteError

OF_API_GATEWAY = {
    "blocked": (403, "The firewall stops the request: too many from one address, or an attack."),
    "missing_parameter": (400, "A required parameter is missing."),
    "unsupported_media_type": (415, "The body is not JSON."),
}
"""Codes of gateway responses alone -> status and meaning; no class has them."""


@dataclass(frozen=True)
class ErrorCode:
    code: str
    status: int
    meaning: str


def error_codes() -> list[ErrorCode]:
    """By status, then by code. Raises ValueError where a class says no meaning."""
    codes = [ErrorCode(code, *known) for code, known in OF_API_GATEWAY.items()]
    codes += [ErrorCode(error.code, error.status, _meaning(error)) for error in _classes()]
    return sorted(codes, key=lambda one: (one.status, one.code))


def _classes() -> Iterator[type[RouteError]]:
    """Those that give a code; a subclass that keeps its parent's is only for the log."""
    for file in sorted((ROOT / "backend").rglob("errors.py")):
        module = importlib.import_module(_module_name(file))
        for _, error in inspect.getmembers(module, inspect.isclass):
            is_own = error.__module__ == module.__name__ and "code" in vars(error)
            if is_own and issubclass(error, RouteError):
                yield error


def _module_name(file: Path) -> str:
    return ".".join(file.relative_to(ROOT / "backend").with_suffix("").parts)


def _meaning(error: type[RouteError]) -> str:
    """The first sentence of the class's docstring."""
    if not error.__doc__:
        raise ValueError(f"{error.__module__}.{error.__name__}: say in one line what it means")
    return re.split(r"(?<=\.)\s", " ".join(error.__doc__.split()))[0]
