"""What every route needs of its function's environment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from runtime.settings import InvalidSettingError, number, required

DEFAULT_UPSTREAM_TIMEOUT_SECONDS = 8.0
MAX_UPSTREAM_TIMEOUT_SECONDS = 25.0
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")


@dataclass(frozen=True, kw_only=True)
class RouteSettings:
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
    listed = required(environment, name).split(",")
    origins = tuple(origin.strip() for origin in listed if origin.strip())
    if not origins or not all(_ORIGIN.fullmatch(origin) for origin in origins):
        raise InvalidSettingError(name, "must be a comma list of origins such as https://a.example")
    return origins


def _seconds(environment: Mapping[str, str], name: str) -> float:
    text = environment.get(name, "").strip()
    seconds = number(name, text, of="seconds") if text else DEFAULT_UPSTREAM_TIMEOUT_SECONDS
    if not 0 < seconds <= MAX_UPSTREAM_TIMEOUT_SECONDS:  # not a number is neither
        raise InvalidSettingError(name, f"must be above 0, at most {MAX_UPSTREAM_TIMEOUT_SECONDS}")
    return seconds
