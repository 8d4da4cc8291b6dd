"""Settings of a function, read once from its environment, typed, at the edge.

SettingError
├── MissingSettingError   the variable is absent or empty
└── InvalidSettingError   the variable is there and means nothing

Both name the variable and never show its value.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")
_LOOPBACK = frozenset({"localhost", "127.0.0.1"})
DEFAULT_UPSTREAM_TIMEOUT_SECONDS = 8.0
MAX_UPSTREAM_TIMEOUT_SECONDS = 25.0


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


@dataclass(frozen=True, kw_only=True)
class RouteSettings:
    """What every route needs; `answers_conditions` as in runtime.route."""

    allowed_origins: tuple[str, ...]
    provider_keys_secret_arn: str
    upstream_timeout_seconds: float
    answers_conditions: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Raise `SettingError` rather than start with a setting missing or wrong."""
        return cls(
            allowed_origins=_origins(environment, "ALLOWED_ORIGINS"),
            provider_keys_secret_arn=required(environment, "PROVIDER_KEYS_SECRET_ARN"),
            upstream_timeout_seconds=_seconds(environment, "UPSTREAM_TIMEOUT_SECONDS"),
            answers_conditions=environment.get("STAGE_CACHE") == "off",
        )


@dataclass(frozen=True, kw_only=True)
class ApiSettings(RouteSettings):
    """What the routes over the providers need; URLs carry no trailing slash."""

    alchemy_nft_url: str
    moralis_url: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Raise `SettingError` rather than start with a setting missing or wrong."""
        return cls(
            **vars(RouteSettings.from_environment(environment)),
            alchemy_nft_url=base_url(environment, "ALCHEMY_NFT_URL"),
            moralis_url=base_url(environment, "MORALIS_URL"),
        )


def required(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "").strip()
    if not value:
        raise MissingSettingError(name)
    return value


def _origins(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    listed = required(environment, name).split(",")
    origins = tuple(origin.strip() for origin in listed if origin.strip())
    if not origins or not all(_ORIGIN.fullmatch(origin) for origin in origins):
        raise InvalidSettingError(name, "must be a comma list of origins such as https://a.example")
    return origins


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


def _seconds(environment: Mapping[str, str], name: str) -> float:
    text = environment.get(name, "").strip()
    seconds = number(name, text, of="seconds") if text else DEFAULT_UPSTREAM_TIMEOUT_SECONDS
    if not 0 < seconds <= MAX_UPSTREAM_TIMEOUT_SECONDS:  # not a number is neither
        raise InvalidSettingError(name, f"must be above 0, at most {MAX_UPSTREAM_TIMEOUT_SECONDS}")
    return seconds
