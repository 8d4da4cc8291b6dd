"""Read resolved CloudFormation properties, refusing by name those the local stack does not model.

TemplateError (local/errors.py)
└── PropertyError
    ├── UnsupportedPropertyError   a property, or a value of one, that is not modelled
    └── InvalidPropertyError       a value CloudFormation itself would refuse
"""

from collections.abc import Mapping

from local.errors import TemplateError, UnsupportedError


class PropertyError(TemplateError):
    """A resource that cannot be loaded; the text names the resource and the property."""


class UnsupportedPropertyError(PropertyError, UnsupportedError):
    """The local stack does not model this property or this value."""


class InvalidPropertyError(PropertyError):
    """CloudFormation would refuse this value."""


class Properties:
    """The properties of one resource; every one must be read, declared inert, or is refused.

    CloudFormation parameters are strings, so "true" and "15" are read as boolean and integer.
    """

    def __init__(self, resource: str, values: object) -> None:
        if not isinstance(values, Mapping):
            raise InvalidPropertyError(f"{resource}: {values!r} is not an object")
        self._resource = resource
        self._values = values
        self._unread = set(values)
        self._nested: list[Properties] = []

    def string(self, name: str, default: str | None = None) -> str:
        value = self._take(name, default)
        if not isinstance(value, str):
            raise self.invalid(name, value)
        return value

    def boolean(self, name: str, default: bool) -> bool:
        value = self._take(name, default)
        if isinstance(value, bool):
            return value
        if value not in ("true", "false"):
            raise self.invalid(name, value)
        return value == "true"

    def integer(self, name: str, default: int) -> int:
        value = self._take(name, default)
        if isinstance(value, str) and value.isascii() and value.isdigit():
            return int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.invalid(name, value)
        return value

    def strings(self, name: str) -> tuple[str, ...]:
        value = self._take(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.invalid(name, value)
        return tuple(value)

    def nested(self, name: str) -> "Properties":
        return self._child(name, self._take(name, {}))

    def objects(self, name: str) -> list["Properties"]:
        value = self._take(name, [])
        if not isinstance(value, list):
            raise self.invalid(name, value)
        return [self._child(f"{name}[{index}]", item) for index, item in enumerate(value)]

    def names(self) -> list[str]:
        """Properties not read so far."""
        return sorted(self._unread)

    def inert(self, *names: str) -> None:
        """Accept these without effect: they change nothing the local stack could show."""
        self._unread -= set(names)

    def only(self, name: str, *accepted: object) -> None:
        """Accept this property only with one of these values."""
        if name in self._values and self._take(name, None) not in accepted:
            raise UnsupportedPropertyError(f"{self._resource}: {name}={self._values[name]!r}")

    def close(self) -> None:
        """Raises UnsupportedPropertyError listing what was neither read nor declared inert."""
        if self._unread:
            raise UnsupportedPropertyError(f"{self._resource}: {', '.join(self.names())}")
        for child in self._nested:
            child.close()

    def invalid(self, name: str, value: object) -> InvalidPropertyError:
        return InvalidPropertyError(f"{self._resource}: {name}={value!r}")

    def _take(self, name: str, default: object) -> object:
        self._unread.discard(name)
        return self._values.get(name, default)

    def _child(self, name: str, values: object) -> "Properties":
        child = Properties(f"{self._resource}.{name}", values)
        self._nested.append(child)
        return child
