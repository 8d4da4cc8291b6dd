"""Ports, the state of earlier runs, and the parameters file."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from local.configuration import Configuration
from local.doctor.findings import Finding, good, note, problem
from local.doctor.machine import Machine
from local.errors import LocalStackError
from local.state import EARLIER_FILE, FILE, StateError, count_users, read_earlier

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
    file, earlier = configuration.state_dir / FILE, configuration.state_dir / EARLIER_FILE
    afresh = f"delete {configuration.state_dir} to start afresh, without its users"
    try:
        if not file.is_file():
            yield from _look_at_earlier_state(earlier)
            return
        users, latest = count_users(file)
    except StateError:
        unread = file if file.is_file() else earlier
        yield problem(f"{unread} cannot be read", afresh)
        return
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        yield problem(f"others may read {file}, which holds signing keys", f"chmod 600 {file}")
    if left := [path.name for path in file.parent.glob(f"{EARLIER_FILE}*")]:
        yield note(f"nothing reads {', '.join(left)} any more", f"delete it from {file.parent}")
    if latest > machine.now() + _FUTURE_SECONDS:
        yield note("sessions are of the future: the clock was set back", afresh)
    yield good(f"state of an earlier run: {users} users")


def _look_at_earlier_state(file: Path) -> Iterator[Finding]:
    if not file.is_file():
        yield good("no state of an earlier run")
        return
    tables = read_earlier(file)
    users = sum(len(table) for name, table in tables.items() if name.startswith("users/"))
    yield good(f"{file.name} of an earlier version: the next start takes over its {users} users")


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
