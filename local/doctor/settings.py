"""Ports, the state of earlier runs, and the parameters file."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from local.configuration import Configuration
from local.doctor.findings import Finding, good, note, problem
from local.doctor.machine import Machine
from local.errors import LocalStackError

_FUTURE_SECONDS = 300


def look_at_ports(machine: Machine, configuration: Configuration) -> Iterator[Finding]:
    ports = {"PORT": configuration.port, "API_PORT": configuration.api_port}
    if machine.holder(configuration.port) == "stack":
        site = configuration.site_origins[0]
        yield note(f"a local stack runs already: {site}", f"see {site}/_local/ for what it does")
        return
    for name, port in ports.items():
        holder = machine.holder(port)
        if not holder:
            yield good(f"port {port} is free")
            continue
        what = "needs root" if holder == "denied" else "is taken"
        other = 3010 if holder == "denied" else port + 10
        yield problem(f"port {port} {what}", f"choose another: {name}={other} make start")


def look_at_state(machine: Machine, configuration: Configuration) -> Iterator[Finding]:
    file = configuration.state_dir / "state.json"
    afresh = f"delete {configuration.state_dir} to start afresh, without its users"
    if not file.is_file():
        yield good("no state of an earlier run")
        return
    try:
        tables = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        tables = None
    if not isinstance(tables, dict) or not all(isinstance(t, dict) for t in tables.values()):
        yield problem(f"{file} cannot be read", afresh)
        return
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        yield problem(f"others may read {file}, which holds signing keys", f"chmod 600 {file}")
    if left := [path.name for path in file.parent.glob("state.json?*")]:
        yield note(f"a killed run left {', '.join(left)}", f"delete it from {file.parent}")
    latest = max((_time_of(s) for s in tables.get("sign_ins", {}).values()), default=0.0)
    if latest > machine.now() + _FUTURE_SECONDS:
        yield note("sessions are of the future: the clock was set back", afresh)
    users = sum(len(table) for name, table in tables.items() if name.startswith("users/"))
    yield good(f"state of an earlier run: {users} users")


def _time_of(sign_in: object) -> float:
    found = sign_in.get("auth_time") if isinstance(sign_in, dict) else None
    return float(found) if isinstance(found, int | float) else 0.0


def look_at_parameters(
    configuration: Configuration, load: Callable[[Configuration], object]
) -> Iterator[Finding]:
    """`load` reads the template with them; it raises LocalStackError."""
    file = configuration.parameters_file
    try:
        load(configuration)
    except LocalStackError as error:
        yield problem(f"the template cannot be run with {_name(file)}: {error}", "mend that line")
        return
    if file.is_file():
        yield good(f"the template runs with {file.name}")
    else:
        yield good("no parameters file: stand-ins answer for both providers")


def _name(file: Path) -> str:
    return file.name if file.is_file() else "its defaults"
