"""What the local stack remembers between two runs: one JSON file, readable by its owner only.

It holds private signing keys, therefore mode 0600. Each save replaces the file in one step, so a
killed process leaves the old or the new document, never half of one.
"""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from local.errors import ConfigurationError


class StateError(ConfigurationError):
    """The state file cannot be read as this program wrote it."""


class State:
    """Named tables of JSON values; changes last once `save` is called.

    `path` None keeps everything in memory. Raises StateError for an unreadable file.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._tables = _read(path) if path is not None and path.exists() else {}

    def table(self, name: str) -> dict[str, Any]:
        """The live table of that name, created when missing."""
        return self._tables.setdefault(name, {})

    def save(self) -> None:
        """Write every table, atomically."""
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # mkstemp creates with 0600 from the start: no moment when others could read the keys.
        descriptor, temporary = tempfile.mkstemp(dir=self._path.parent, prefix=self._path.name)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(self._tables, file, indent=1)
            Path(temporary).replace(self._path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


def _read(path: Path) -> dict[str, dict[str, Any]]:
    try:
        tables = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        tables = None
    if not isinstance(tables, dict) or not all(isinstance(t, dict) for t in tables.values()):
        raise StateError(f"{path} is not a state file; delete it to start afresh")
    return tables
