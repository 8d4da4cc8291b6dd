"""A cursor over the OpenAPI body that knows its own JSON path, so every refusal names a place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from local.api_gateway.errors import InvalidDefinitionError, UnsupportedError

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class JsonNode:
    """One value of the body and the path that leads to it."""

    path: str
    value: object

    def entries(self) -> dict[str, Self]:
        """The children of an object; YAML's integer keys (200:) become strings."""
        if not isinstance(self.value, Mapping):
            raise self.invalid("must be an object")
        return {str(key): self._child(str(key), item) for key, item in self.value.items()}

    def items(self) -> list[Self]:
        """The elements of a list."""
        if not isinstance(self.value, list):
            raise self.invalid("must be a list")
        return [type(self)(f"{self.path}[{i}]", item) for i, item in enumerate(self.value)]

    def get(self, key: str) -> Self | None:
        """The child of that name, or None."""
        return self.entries().get(key)

    def require(self, key: str) -> Self:
        """The child of that name; its absence is an invalid definition."""
        child = self.get(key)
        if child is None:
            raise self.invalid(f"{key} is required")
        return child

    def text(self) -> str:
        """The value as a string; a number counts as its digits, an intrinsic does not."""
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return str(self.value)
        raise self.invalid("must be a string")

    def number(self) -> float:
        """The value as a number; CloudFormation often hands numbers over as strings."""
        try:
            return float(self.text() if not isinstance(self.value, float) else self.value)
        except ValueError as error:
            raise self.invalid("must be a number") from error

    def flag(self) -> bool:
        """The value as a boolean; CloudFormation's "true" and "false" count."""
        if isinstance(self.value, bool):
            return self.value
        if self.value in ("true", "false"):
            return self.value == "true"
        raise self.invalid("must be a boolean")

    def status(self) -> int:
        """The value as an HTTP status."""
        status = self.number()
        if status != int(status) or not 100 <= status <= 599:
            raise self.invalid("must be an HTTP status")
        return int(status)

    def refuse_unmodelled(
        self, modelled: frozenset[str], inert: frozenset[str] = frozenset()
    ) -> None:
        """Raises UnsupportedError for the first key that is neither modelled nor inert."""
        for key, child in self.entries().items():
            if key not in modelled and key not in inert:
                raise child.unsupported("is not modelled by the local API Gateway")

    def unsupported(self, reason: str) -> UnsupportedError:
        """The error for something AWS knows and this room does not."""
        return UnsupportedError(self.path, reason)

    def invalid(self, reason: str) -> InvalidDefinitionError:
        """The error for something AWS refuses."""
        return InvalidDefinitionError(self.path, reason)

    def _child(self, key: str, value: object) -> Self:
        step = f".{key}" if _PLAIN_KEY.fullmatch(key) else f"['{key}']"
        return type(self)(self.path + step, value)
