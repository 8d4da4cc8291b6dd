"""What prepares a machine needs of it, and says where something is missing."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "tools"
STEPS = ("prepare", "browser", "node_packages", "python_packages", "step")


def prepare(root: Path, step: str, path: str) -> subprocess.CompletedProcess[str]:
    """One step as `make` runs it, by a Python that has nothing installed."""
    command = [sys.executable, "-I", "-S", str(root / "tools" / "prepare.py"), step]
    return subprocess.run(  # noqa: S603
        command, capture_output=True, check=False, text=True, env={"PATH": path}
    )


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A checkout whose Playwright does not start, and a folder `bin` of programs that work."""
    shutil.copytree(TOOLS, tmp_path / "tools")
    script(tmp_path / ".venv" / "bin" / "playwright", 'test -e "$0.works" && echo Version 1')
    script(tmp_path / "bin" / "chromium", "true")
    return tmp_path


def script(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)


def test_every_step_is_known_without_anything_installed() -> None:
    done = prepare(ROOT, "help", "")
    assert (done.returncode, "setup|dev|deploy|sam" in done.stderr) == (1, True)


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_written_for_python_3_9(name: str) -> None:
    ast.parse((TOOLS / f"{name}.py").read_text(), feature_version=(3, 9))


def test_a_playwright_that_does_not_start_names_what_to_install(machine: Path) -> None:
    done = prepare(machine, "chromium", str(machine / "bin"))
    assert done.stderr == (
        "prepare: Playwright does not start, its Node needs libatomic.so.1; "
        "on Debian: apt-get install libatomic1\n"
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root installs packages of Debian")
def test_root_installs_what_playwright_needs_on_debian(machine: Path) -> None:
    works = machine / ".venv" / "bin" / "playwright.works"
    script(machine / "bin" / "apt-get", f'echo "$*" >>{machine}/asked; : >{works}')
    done = prepare(machine, "chromium", str(machine / "bin"))
    assert (done.returncode, done.stderr) == (0, "")
    assert (machine / "asked").read_text().splitlines()[-1].endswith(" libatomic1")


def test_a_machine_that_has_everything_is_left_alone(machine: Path) -> None:
    (machine / ".venv" / "bin" / "playwright.works").touch()
    done = prepare(machine, "chromium", str(machine / "bin"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
