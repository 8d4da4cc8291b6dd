"""anvil and solc from npm, as locked in tests/evm/tools, installed into .tools/evm.

ToolsMissingError says why they cannot be had; tests skip with it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tools.node_packages import npm_environment

ROOT = Path(__file__).resolve().parents[2]
LOCKED = ROOT / "tests" / "evm" / "tools"
CONTRACTS = ROOT / "tests" / "evm" / "contracts"
INSTALLED = ROOT / ".tools" / "evm"


class ToolsMissingError(Exception):
    pass


@cache
def install_tools() -> Path:
    """The folder that holds node_modules. No package's install script is run."""
    lock = (LOCKED / "package-lock.json").read_bytes()
    stamp, wanted = INSTALLED / ".prepared", hashlib.sha256(lock).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return INSTALLED
    shutil.copytree(LOCKED, INSTALLED, dirs_exist_ok=True)
    # not `npm ci`: the lock has anvil's program for the platforms it could be made on only
    command = ["npm", "install", "--ignore-scripts", "--loglevel=error"]
    _run(command, cwd=INSTALLED, seconds=100)
    stamp.write_text(wanted)
    return INSTALLED


@cache
def anvil_program() -> Path:
    """The platform's own program, not npm's wrapper around it: it ends when it is told to."""
    programs = install_tools().glob("node_modules/@foundry-rs/anvil-*/bin/anvil*")
    program = next(programs, None)
    if program is None:
        raise ToolsMissingError("npm has no anvil for this platform")
    return program


@cache
def compiled_contracts() -> Mapping[str, str]:
    """Creation code in hex of every contract in tests/evm/contracts, compiled by solc."""
    sources = sorted(CONTRACTS.glob("*.sol"))
    command = ["node", str(CONTRACTS / "compile.mjs"), str(install_tools()), *map(str, sources)]
    found: dict[str, str] = json.loads(_run(command, cwd=ROOT, seconds=60))
    return found


def _run(command: list[str], *, cwd: Path, seconds: float) -> str:
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
