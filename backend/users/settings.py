"""Settings of the clean-up, from the environment the template gives it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from runtime.settings import InvalidSettingError, required, whole_number

_DAY_SECONDS = 24 * 3600


class Settings(NamedTuple):
    user_pool_id: str
    deletes: bool
    min_age_seconds: int


def settings_from_environment(environment: Mapping[str, str]) -> Settings:
    """Read USER_POOL_ID, UNPROVEN_USERS (report or delete) and UNPROVEN_USER_DAYS (1 or more).

    Raises:
        SettingError: one is missing or malformed; the text names the variable.
    """
    mode = _read(environment, "UNPROVEN_USERS", "report|delete")
    days = whole_number(
        "UNPROVEN_USER_DAYS", required(environment, "UNPROVEN_USER_DAYS"), most=99_999
    )
    return Settings(
        user_pool_id=_read(environment, "USER_POOL_ID", r"[\w-]+_[0-9a-zA-Z]+"),
        deletes=mode == "delete",
        min_age_seconds=days * _DAY_SECONDS,
    )


def _read(environment: Mapping[str, str], name: str, pattern: str) -> str:
    text = environment.get(name, "")
    if re.fullmatch(pattern, text) is None:
        raise InvalidSettingError(name, "is missing or malformed")
    return text
