"""When the code of the functions was changed, so that a worker of older code can be replaced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

# To look at every file takes longer than to pass an event to a worker.
LOOK_SECONDS = 0.5


class CodeFolders:
    """Looks into a folder at most every LOOK_SECONDS of `clock`, which may start anywhere."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._looks: dict[Path, tuple[float, float]] = {}

    def changed_at(self, folder: Path) -> float:
        """When its newest Python file was written, in seconds since 1970."""
        now = self._clock()
        looked_at, changed_at = self._looks.get(folder, (float("-inf"), 0.0))
        if now - looked_at >= LOOK_SECONDS:
            changed_at = max((file.stat().st_mtime for file in folder.rglob("*.py")), default=0.0)
            self._looks[folder] = now, changed_at
        return changed_at
