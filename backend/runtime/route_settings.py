"""What every route needs of its function's environment."""

from collections.abc import Mapping
from typing import NamedTuple, Self

from runtime.settings import comma_list, number, optional, origin, required

DEFAULT_UPSTREAM_TIMEOUT_SECONDS = 8.0
MAX_UPSTREAM_TIMEOUT_SECONDS = 25.0


class RouteSettings(NamedTuple):
    """What every route needs; `answers_conditions` as in runtime.route."""

    allowed_origins: tuple[str, ...]
    upstream_timeout_seconds: float
    answers_conditions: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Raise `SettingError` rather than start with a setting missing or wrong."""
        return cls(
            allowed_origins=_origins(environment, "ALLOWED_ORIGINS"),
            upstream_timeout_seconds=_seconds(environment, "UPSTREAM_TIMEOUT_SECONDS"),
            answers_conditions=environment.get("STAGE_CACHE") == "off",
        )


def _origins(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    listed = comma_list(required(environment, name))
    for text in listed:
        origin(name, text)
    return tuple(listed)


def _seconds(environment: Mapping[str, str], name: str) -> float:
    text = optional(environment, name)
    if not text:
        return DEFAULT_UPSTREAM_TIMEOUT_SECONDS
    return number(name, text, of="seconds", least=0.1, most=MAX_UPSTREAM_TIMEOUT_SECONDS)
