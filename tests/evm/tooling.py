"""anvil and solc from npm, as locked in tests/evm/tools, installed into .tools/evm."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tests.npm_tools import ROOT, ToolsMissingError, install_locked, run_tool

LOCKED = ROOT / "tests" / "evm" / "tools"
CONTRACTS = ROOT / "tests" / "evm" / "contracts"


@cache
def install_tools() -> Path:
    """The folder that holds node_modules."""
    return install_locked(LOCKED, "evm")


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
    found: dict[str, str] = json.loads(run_tool(command, cwd=ROOT, seconds=60))
    return found
