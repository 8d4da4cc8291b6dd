"""`python -m local doctor` names what a machine lacks, and what to do about it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from local.configuration import ROOT
from local.doctor.findings import Finding
from local.doctor.machine import Machine, this_machine
from local.doctor.report import examine
from local.state import EARLIER_FILE, FILE, State

NOW = 1_800_000_000.0


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout whose dApp is built."""
    (tmp_path / ".python-version").write_text("3.13\n")
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "local.txt").write_text(
        "httpx==1.2 \\\n    --hash=sha256:00\nstarlette==3.4 \\\n    --hash=sha256:00\n"
        "pywin32==312 ; sys_platform == 'win32' \\\n    --hash=sha256:00\n"
    )
    for name in ("src/app.ts", "out/index.html"):
        file = tmp_path / "dapp" / name
        file.parent.mkdir(parents=True)
        file.write_text("")
    os.utime(tmp_path / "dapp" / "src" / "app.ts", (1, 1))
    return tmp_path


def machine(folder: Path, **changes: Any) -> Machine:
    """A machine on which everything is right."""
    environment = {"STATE_DIR": str(folder / "state"), "PARAMETERS": str(folder / "p.parameters")}
    (folder / "p.parameters").touch()
    made = Machine(
        environment=environment,
        python=(3, 13),
        node=lambda: "v22.1.0",
        installed={"httpx": "1.2", "starlette": "3.4"}.get,  # type: ignore[arg-type]
        holder=lambda port: "",
        now=lambda: NOW,
        time_of_aws=lambda: NOW + 1,
    )
    return replace(made, **changes)


def problems(root: Path, found: Machine) -> list[Finding]:
    return [finding for finding in examine(found, root) if finding.is_problem]


def notes(root: Path, found: Machine) -> list[Finding]:
    return [f for f in examine(found, root) if f.remedy and not f.is_problem]


def test_a_machine_that_has_everything_is_told_so(root: Path) -> None:
    findings = list(examine(machine(root), root))
    assert [str(finding)[0] for finding in findings] == ["✓"] * len(findings)
    assert len(findings) == 8


LACKS: dict[str, tuple[dict[str, Any], str, str]] = {
    "another Python": ({"python": (3, 9)}, "Python 3.9", "make setup"),
    "no packages": ({"installed": lambda name: ""}, "missing: httpx, starlette", "make setup"),
    "old packages": ({"installed": lambda name: "1.2"}, "differ from the lock: starlette 1.2", ""),
    "a busy port": ({"holder": lambda p: "other"}, "port 3000 is taken", "PORT=3010 make start"),
    "a port of root": ({"holder": lambda p: "denied"}, "port 3000 needs root", "PORT=3010"),
    "a clock behind": ({"now": lambda: NOW - 400}, "the clock is 401 s behind", "set the clock"),
    "a clock ahead": ({"now": lambda: NOW + 4_000}, "3999 s ahead of", "set the clock"),
    "a wrong port": ({"environment": {"PORT": "x"}}, "PORT must be a port number", "README"),
    "wrong quotas": ({"environment": {"QUOTAS": "gcp"}}, "QUOTAS must be aws", "README"),
    "no such file": ({"environment": {"PARAMETERS": "no.file"}}, "PARAMETERS names", "README"),
}


@pytest.mark.parametrize(("changes", "said", "remedy"), LACKS.values(), ids=list(LACKS))
def test_what_is_wrong_is_named_with_what_to_do(
    root: Path, changes: dict[str, Any], said: str, remedy: str
) -> None:
    found = problems(root, machine(root, **changes))
    assert [finding for finding in found if said in finding.what and remedy in finding.remedy]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"time_of_aws": lambda: None}, "time not compared"),
        ({"now": lambda: NOW + 60}, "59 s ahead"),
        ({"holder": lambda port: "stack"}, "a local stack runs already"),
    ],
)
def test_what_may_stay_is_noted(root: Path, changes: dict[str, Any], said: str) -> None:
    found = machine(root, **changes)
    assert problems(root, found) == []
    assert [finding for finding in notes(root, found) if said in finding.what]


def test_a_dapp_that_is_not_built_or_old_is_named(root: Path) -> None:
    os.utime(root / "dapp" / "src" / "app.ts", (4e9, 4e9))
    [old] = notes(root, machine(root))
    assert (old.what, old.remedy) == (
        "the dApp's sources are newer than what is built",
        "run `make dapp`",
    )
    (root / "dapp" / "out" / "index.html").unlink()
    [none] = problems(root, machine(root))
    assert none.what == "the dApp is not built"
    [node] = notes(root, machine(root, node=lambda: "v18.0.0"))
    assert node.what == "Node v18.0.0; 20.19 is needed"


STATES: dict[str, tuple[str, str]] = {
    "half a file of before": (EARLIER_FILE, '{"users/p": {'),
    "a file of before of another shape": (EARLIER_FILE, "[]"),
    "tables of another shape": (EARLIER_FILE, '{"users/p": []}'),
    "no database": (FILE, "{}"),
    "an empty database": (FILE, ""),
}


@pytest.mark.parametrize(("name", "text"), STATES.values(), ids=list(STATES))
def test_state_that_stands_in_the_way_is_named(root: Path, name: str, text: str) -> None:
    file = root / "state" / name
    file.parent.mkdir()
    file.write_text(text)
    [found] = problems(root, machine(root))
    assert found.what == f"{file} cannot be read"


def test_state_that_others_may_read_is_named(root: Path) -> None:
    file = root / "state" / FILE
    State(file).close()
    file.chmod(0o644)
    [found] = problems(root, machine(root))
    assert "others may read" in found.what


def test_stale_state_is_noted(root: Path) -> None:
    state = State(root / "state" / FILE)
    state.table("users/p")["0xa"] = {}
    state.table("sign_ins")["a"] = {"auth_time": NOW + 7_200}
    (root / "state" / EARLIER_FILE).touch()
    said = [finding.what for finding in notes(root, machine(root))]
    assert said == [
        "nothing reads state.json any more",
        "sessions are of the future: the clock was set back",
    ]


def test_users_of_an_earlier_version_are_counted_before_they_are_taken_over(root: Path) -> None:
    file = root / "state" / EARLIER_FILE
    file.parent.mkdir()
    file.write_text(json.dumps({"users/p": {"0xa": {}}, "sign_ins": {}}))
    found = machine(root)
    assert problems(root, found) == []
    said = [finding.what for finding in examine(found, root)]
    assert [text for text in said if "the next start takes over its 1 users" in text]


PARAMETERS: dict[str, tuple[str, str]] = {
    "not Key=Value": ("AlchemyRps = 7", "p.parameters:1"),
    "an unknown name": ("AlchemyRsp=7", "no parameter AlchemyRsp"),
    "a value that is refused": ("AllowedOrigins=http://x.example", "AllowedOrigins"),
}


@pytest.mark.parametrize("name", list(PARAMETERS))
def test_a_parameters_file_is_tried_with_the_template(root: Path, name: str) -> None:
    text, said = PARAMETERS[name]
    found = machine(root)
    (root / "p.parameters").write_text(f"{text}\n")
    [refused] = problems(root, found)
    assert said in refused.what


def run(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        command,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_ends_with_one_where_there_is_something_to_mend(tmp_path: Path) -> None:
    done = run([sys.executable, "-m", "local", "doctor"], QUOTAS="many")
    assert (done.returncode, "QUOTAS must be aws" in done.stdout) == (1, True)
    assert done.stdout.endswith("1 to mend\n")


def test_it_examines_a_python_without_any_package() -> None:
    """-S hides what is installed; that no package is loaded is what lets it say so."""
    done = run([sys.executable, "-I", "-S", "-c", DOCTOR], HOME="/")
    assert done.returncode == 1
    assert "packages are missing: " in done.stdout
    assert done.stderr == ""


DOCTOR = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from local.__main__ import main
main(["doctor"])
"""


def test_another_word_is_refused_by_name() -> None:
    done = run([sys.executable, "-m", "local", "docter"])
    assert (done.returncode, done.stderr) == (1, "local: python -m local [doctor]; not docter\n")


def test_this_machine_can_be_asked() -> None:
    found = this_machine({})
    assert found.python == sys.version_info[:2]
    assert found.installed("pytest")
    assert found.installed("no-such-package-at-all") == ""
