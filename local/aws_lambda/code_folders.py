"""What is in the folders of the functions' code, so that a worker of older code can be replaced."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

type Version = int
"""How often a folder has changed. A request compares two, so they are not the files themselves."""

type Files = frozenset[tuple[str, int, int]]
"""Name, time of writing and size of every file."""


class CodeFolders:
    """Remembers what it saw: nothing is read while a request waits."""

    def __init__(self) -> None:
        self._seen: dict[Path, Files] = {}
        self._versions: dict[Path, Version] = {}

    def version(self, folder: Path) -> Version:
        """As of the last look."""
        if folder not in self._seen:
            self._seen[folder] = frozenset(_files(folder))
        return self._versions.get(folder, 0)

    def look(self) -> bool:
        """Read every folder again, and say whether one has changed. It may run in a thread."""
        seen = {folder: frozenset(_files(folder)) for folder in list(self._seen)}
        changed = [folder for folder, files in seen.items() if self._seen[folder] != files]
        self._seen |= seen
        self._versions |= {folder: self._versions.get(folder, 0) + 1 for folder in changed}
        return bool(changed)


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    """All but what Python itself writes there, and what an editor hides."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__" and name[0] != "."]
        for name in names:
            if name.startswith(".") or name.endswith("~"):
                continue
            path = os.path.join(parent, name)
            try:
                found = os.stat(path)
            except OSError:
                continue  # it is gone already
            yield path, found.st_mtime_ns, found.st_size
