"""Python, its packages, Node, the built dApp and the clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from local.doctor.findings import Finding, good, note, problem
from local.doctor.machine import Machine

_OLDEST_NODE = (20, 19)
_WRONG_SECONDS, _NOTED_SECONDS = 300, 30
"""AWS takes a signature that is five minutes off; a message of a wallet may be a minute ahead."""
_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+) \\$", re.MULTILINE)
_SOURCES = ("src", "public", "index.html", "package-lock.json", "vite.config.ts")


def look_at_python(machine: Machine, root: Path) -> Iterator[Finding]:
    wanted = (root / ".python-version").read_text().strip()
    name = ".".join(map(str, machine.python))
    if name == wanted:
        yield good(f"Python {name}")
    else:
        remedy = "run `make setup`, then `.venv/bin/python -m local doctor`"
        yield problem(f"Python {name}; the functions run on {wanted}", remedy)


def look_at_packages(machine: Machine, root: Path) -> Iterator[Finding]:
    """Locked packages that every platform has."""
    lock = (root / "requirements" / "local.txt").read_text()
    wanted = dict(_LOCKED.findall(lock))
    found = {name: machine.installed(name) for name in wanted}
    missing = [name for name, version in found.items() if not version]
    other = [f"{n} {v}" for n, v in found.items() if v and v != wanted[n]]
    remedy = "run `make setup`, then `.venv/bin/python -m local doctor`"
    if missing:
        yield problem(f"packages are missing: {_few(missing)}", remedy)
    if other:
        yield problem(f"packages differ from the lock: {_few(other)}", remedy)
    if not missing and not other:
        yield good(f"{len(wanted)} packages as locked")


def look_at_dapp(machine: Machine, root: Path) -> Iterator[Finding]:
    built = root / "dapp" / "out" / "index.html"
    if not built.is_file():
        yield problem("the dApp is not built", "run `make dapp`, which `make start` does by itself")
        yield from _look_at_node(machine)
    elif _newest(root / "dapp") > built.stat().st_mtime:
        yield note("the dApp's sources are newer than what is built", "run `make dapp`")
        yield from _look_at_node(machine)
    else:
        yield good("the dApp is built")


def _look_at_node(machine: Machine) -> Iterator[Finding]:
    version = machine.node()
    match = re.fullmatch(r"v(\d+)\.(\d+)\..*", version)
    if match and (int(match[1]), int(match[2])) >= _OLDEST_NODE:
        yield good(f"Node {version}")
    else:
        found = f"Node {version}" if version else "no Node"
        yield note(f"{found}; 20.19 is needed", "nothing to do: `make dapp` brings one of its own")


def look_at_time(machine: Machine) -> Iterator[Finding]:
    theirs = machine.time_of_aws()
    if theirs is None:
        yield note("time not compared: AWS does not answer", "nothing to do without a network")
        return
    off = machine.now() - theirs
    said = f"the clock is {abs(off):.0f} s {'ahead of' if off > 0 else 'behind'} that of AWS"
    if abs(off) >= _WRONG_SECONDS:
        yield problem(said, "set the clock (timedatectl set-ntp true): AWS refuses its signatures")
    elif abs(off) >= _NOTED_SECONDS:
        yield note(said, "set the clock: signed messages may seem to be of the future")
    else:
        yield good("the clock is that of AWS")


def _newest(dapp: Path) -> float:
    tops = [dapp / name for name in _SOURCES if (dapp / name).exists()]
    files = [file for top in tops for file in ([top] if top.is_file() else top.rglob("*"))]
    return max((file.stat().st_mtime for file in files), default=0.0)


def _few(names: list[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
