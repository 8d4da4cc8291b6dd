"""Settings of a function, read once from its environment, typed, at the edge.

SettingError
├── MissingSettingError   the variable is absent or empty
└── InvalidSettingError   the variable is there and means nothing

Both name the variable and never show its value. Triggers read their settings here too, so nothing
heavy is imported.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

_LOOPBACK = frozenset({"localhost", "127.0.0.1"})


class SettingError(Exception):
    """A setting the function cannot start without or cannot understand."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} {reason}")
        self.name = name


class MissingSettingError(SettingError):
    def __init__(self, name: str) -> None:
        super().__init__(name, "is not set")


class InvalidSettingError(SettingError):
    pass


class Secret:
    """A value that prints as stars; `reveal` is the only way to read it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "**********"

    def __reduce__(self) -> str:
        raise TypeError("a Secret is not serialised")


def required(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "").strip()
    if not value:
        raise MissingSettingError(name)
    return value


def base_url(environment: Mapping[str, str], name: str) -> str:
    """The key travels in a header, so plain http is for this machine only."""
    url = required(environment, name).rstrip("/")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise InvalidSettingError(name, "is not a URL") from None
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
    if not safe or not host or parts.username or parts.query or parts.fragment:
        raise InvalidSettingError(name, "must be an https URL without credentials or query")
    return url


def number(name: str, text: str, *, of: str) -> float:
    """The setting `name` as a number `of` something; its range is the caller's to check."""
    try:
        return float(text)
    except ValueError:
        raise InvalidSettingError(name, f"must be a number of {of}") from None
