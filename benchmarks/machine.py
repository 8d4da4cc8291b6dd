"""What the figures depend on: the machine, the date, the versions."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Mapping
from pathlib import Path
from time import gmtime, strftime

from benchmarks.packages import ESBUILD, RUNTIME_CLIENT, Rival, version_of


def versions(rivals: Mapping[Rival, Path], node: str) -> dict[str, str]:
    """Of what a sign-in is compared with."""
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    pins = [f"{rival.name} = {version_of(rival, folder)}" for rival, folder in rivals.items()]
    return {
        "Python": f"{platform.python_version()}, {RUNTIME_CLIENT[0].replace('==', ' ')}",
        "Node": f"{version.stdout.strip().removeprefix('v')}, {ESBUILD.replace('@', ' ')}",
        "Rivals": "; ".join(pins),
    }


def describe(*, now: float) -> dict[str, str]:
    """`now` in seconds since 1970."""
    load = ", ".join(f"{average:.2f}" for average in os.getloadavg())
    return {
        "Date": strftime("%Y-%m-%d %H:%M UTC", gmtime(now)),
        "Machine": f"{_processor()}, {os.cpu_count()} cores, {platform.machine()}; load {load}",
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"
