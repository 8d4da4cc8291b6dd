"""What `make` builds of a function, read from the Makefile by a run that only prints."""

from __future__ import annotations

import shlex
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]


class Artifact(NamedTuple):
    """The lock of its packages, and the rooms of `backend` in it."""

    lock: str
    rooms: tuple[str, ...]


@cache
def artifact_of(function: str, root: Path = ROOT) -> Artifact:
    """Of a function's logical id, in the tree at `root`."""
    command = ["make", "--silent", "--dry-run", f"build-{function}", "ARTIFACTS_DIR=folder"]
    done = subprocess.run(command, cwd=root, capture_output=True, check=True, text=True)
    _, lock, *rooms = shlex.split(done.stdout.partition(" artifact ")[2])
    return Artifact(lock, tuple(rooms))
