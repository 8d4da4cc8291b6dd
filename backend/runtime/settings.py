"""Settings of a function, read once from its environment, typed, at the edge.

SettingError
├── MissingSettingError   the variable is absent or empty
└── InvalidSettingError   the variable is there and means nothing

Both name the variable and never show its value. Triggers read their settings here too, so nothing
heavy is imported.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

_LABEL = r"[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?"
_HTTP_URL = re.compile(
    rf"(?P<scheme>https?)://(?P<host>{_LABEL}(?:\.{_LABEL})*|\[::1\])"
    r"(?::(?P<port>[1-9][0-9]{0,4}))?(?P<path>(?:/[A-Za-z0-9._~\-]*)*)"
)
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_DEFAULT_PORTS = {"https": 443, "http": 80}
_WHOLE_NUMBER = re.compile(r"[1-9][0-9]{0,18}")


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


class HttpUrl(NamedTuple):
    """A URL as settings write it: lower-case host, no credentials, query or fragment."""

    scheme: str
    host: str
    port: int | None
    path: str

    @property
    def authority(self) -> str:
        return self.host if self.port is None else f"{self.host}:{self.port}"


def optional(environment: Mapping[str, str], name: str) -> str:
    """Empty where it is absent."""
    return environment.get(name, "").strip()


def required(environment: Mapping[str, str], name: str) -> str:
    value = optional(environment, name)
    if not value:
        raise MissingSettingError(name)
    return value


def comma_list(text: str) -> list[str]:
    """Its items without the white space around them, empty ones too."""
    return [item.strip() for item in text.split(",")]


def number(name: str, text: str, *, of: str, least: float, most: float) -> float:
    """The setting `name` as a number `of` something, such as seconds."""
    try:
        value = float(text)
    except ValueError:
        raise InvalidSettingError(name, f"must be a number of {of}") from None
    if not least <= value <= most:  # not a number is neither
        raise InvalidSettingError(name, f"must be from {least} to {most}")
    return value


def rate(environment: Mapping[str, str], name: str) -> float:
    """The setting `name` in requests a second."""
    text = required(environment, name)
    return number(name, text, of="requests a second", least=1, most=1_000_000)


def whole_number(name: str, text: str, *, most: int = 10**19 - 1) -> int:
    """The setting `name` as a whole number from 1, in decimal digits."""
    if _WHOLE_NUMBER.fullmatch(text) is None or int(text) > most:
        raise InvalidSettingError(name, f"must be a whole number from 1 to {most}")
    return int(text)


def http_url(name: str, text: str) -> HttpUrl:
    """Keys travel in headers and paths, so plain http is for this machine only."""
    match = _HTTP_URL.fullmatch(text)
    if match is None or (match["scheme"] == "http" and match["host"] not in _LOOPBACK):
        raise InvalidSettingError(name, "must be an https URL without credentials or query")
    port = int(match["port"]) if match["port"] else None
    if port is not None and port > 65535:
        raise InvalidSettingError(name, "has an impossible port")
    return HttpUrl(match["scheme"], match["host"], port, match["path"])


def origin(name: str, text: str) -> HttpUrl:
    """A web origin as a browser's `location.origin` writes it: no path, no default port."""
    url = http_url(name, text)
    if url.path or url.port == _DEFAULT_PORTS[url.scheme]:
        raise InvalidSettingError(name, "must be an origin, without path or default port")
    return url


def base_url(environment: Mapping[str, str], name: str) -> str:
    """Without a slash at its end."""
    url = required(environment, name).rstrip("/")
    http_url(name, url)
    return url
