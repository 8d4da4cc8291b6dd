"""npm packages that tests run, as a package-lock.json holds them, in a folder of `.tools`.

ToolsMissingError says why they cannot be had; tests skip with it.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from tools.node_packages import npm_environment

ROOT = Path(__file__).resolve().parents[1]


class ToolsMissingError(Exception):
    pass


def install_locked(locked: Path, name: str) -> Path:
    """`.tools/NAME`, where node_modules is then. No package's install script is run.

    One process installs, and others wait: a program that is being written cannot be run.
    """
    installed = ROOT / ".tools" / name
    installed.mkdir(parents=True, exist_ok=True)
    with (installed / ".installing").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        return _install(locked, installed)


def _install(locked: Path, installed: Path) -> Path:
    lock = (locked / "package-lock.json").read_bytes()
    stamp, wanted = installed / ".prepared", hashlib.sha256(lock).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return installed
    shutil.copytree(locked, installed, dirs_exist_ok=True)
    # not `npm ci`: a lock has a package's program for the platforms it could be made on only
    run_tool(["npm", "install", "--ignore-scripts", "--loglevel=error"], cwd=installed, seconds=100)
    stamp.write_text(wanted)
    return installed


def run_tool(command: list[str], *, cwd: Path, seconds: float) -> str:
    """What the command wrote, with Node on its PATH."""
    try:
        done = subprocess.run(  # noqa: S603
            command,
            cwd=cwd,
            env=npm_environment(),
            capture_output=True,
            check=True,
            text=True,
            timeout=seconds,
        )
    except (OSError, subprocess.SubprocessError, SystemExit) as error:
        detail = getattr(error, "stderr", None) or error
        raise ToolsMissingError(f"{command[0]} failed: {str(detail)[-400:]}") from None
    sys.stderr.write(done.stderr)
    return done.stdout
