"""DeleteUnprovenUsers: by the hour, where the template's UnprovenUsers is report or delete."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from typing import Protocol

from users.clean_up import Clock, UserPool, clean_up
from users.settings import settings_from_environment
from users.user_pool import CognitoUserPool


class Context(Protocol):
    """What is read of Lambda's context."""

    def get_remaining_time_in_millis(self) -> int: ...


type Handler = Callable[[object, Context], dict[str, object]]


def build_handler(
    environment: Mapping[str, str],
    *,
    connect: Callable[[str], UserPool],
    now: Callable[[], float],
    sleep: Callable[[float], None],
) -> Handler:
    """The function over its edges. The handler raises SettingError, and botocore's errors."""

    def handle(event: object, context: Context) -> dict[str, object]:
        settings = settings_from_environment(environment)

        def remaining() -> float:
            return context.get_remaining_time_in_millis() / 1000

        outcome = clean_up(
            connect(settings.user_pool_id),
            Clock(now(), remaining, sleep),
            deletes=settings.deletes,
            min_age_seconds=settings.min_age_seconds,
        )
        return outcome._asdict()

    return handle


handler = build_handler(os.environ, connect=CognitoUserPool, now=time.time, sleep=time.sleep)
