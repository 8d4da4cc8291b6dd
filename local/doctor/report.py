"""Examines a machine from what everything needs to what only the stack needs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from local.configuration import ROOT, Configuration, read_configuration
from local.doctor.findings import Finding, problem
from local.doctor.machine import Machine, this_machine
from local.doctor.programs import look_at_dapp, look_at_packages, look_at_python, look_at_time
from local.doctor.settings import look_at_parameters, look_at_ports, look_at_state
from local.errors import ConfigurationError


def examine(machine: Machine, root: Path = ROOT) -> Iterator[Finding]:
    """Everything there is to say, worst causes first: what follows from one is not looked at."""
    bases = [*look_at_python(machine, root), *look_at_packages(machine, root)]
    yield from bases
    yield from look_at_dapp(machine, root)
    yield from look_at_time(machine)
    try:
        configuration = read_configuration(machine.environment)
    except ConfigurationError as error:
        yield problem(str(error), "see local/README.md for what may be set")
        return
    yield from look_at_ports(machine, configuration)
    yield from look_at_state(machine, configuration)
    if not any(finding.is_problem for finding in bases):
        yield from look_at_parameters(configuration, _load)


def _load(configuration: Configuration) -> object:
    """Needs the packages, so it is loaded only where they are."""
    from local.running import load_template

    return load_template(configuration)


def examine_this_machine(environment: Mapping[str, str] = os.environ) -> int:
    """Print the findings; 1 if there is a problem, else 0."""
    findings = []
    for finding in examine(this_machine(environment)):
        print(finding, flush=True)
        findings.append(finding)
    problems = sum(finding.is_problem for finding in findings)
    print(f"\n{problems} to mend" if problems else "\nready: make start")
    return 1 if problems else 0
