"""What is installed comes by the hash of a lock, runs no code while it does, and stays apart."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.contract.conftest import ROOT
from tests.contract.test_pipelines import would_run
from tools.node_packages import NPM_CI, WITHOUT_TOOLS
from tools.python_packages import BY_HASH, WITHOUT_A_WHEEL

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PINNED = re.compile(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==\S+(?: ; .+)? \\$", re.IGNORECASE)
# `npm run` and `npm --version` install nothing
INSTALLS_NPM = re.compile(
    r"\b(?:npm|pnpm|yarn|bun|corepack)[\"',\s]+(?:ci|i|install|add|update|rebuild|exec|x|init|link)\b"
    r"|\b(?:npx|bunx|pnpx)\b"
)
INSTALLS_PYTHON = re.compile(r"\bpip[\"',\s]+(?:install|sync|download|wheel)\b|\bpipx\b|\buvx\b")
BUILDS_A_RELEASE = ("package", "release", "monitoring", "publish", "smoke", "destroy")
STEPS_OF_A_RELEASE = {"sam", "deploy", "dapp"}
CODE = {"", ".py", ".mjs", ".cjs", ".js", ".ts", ".json", ".yaml", ".yml", ".sh", ".run", ".toml"}


def tracked() -> list[Path]:
    done = subprocess.run(
        ["git", "ls-files"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return [Path(name) for name in done.stdout.splitlines()]


def statements(pattern: re.Pattern[str]) -> dict[str, str]:
    """file:line -> the lines around each place of the code that installs something."""
    found = {}
    this = Path(__file__).relative_to(ROOT)
    for name in tracked():
        if name.suffix not in CODE or name == this or "lock" in name.name:
            continue
        lines = (ROOT / name).read_text("utf-8", "replace").splitlines()
        for number, line in enumerate(lines):
            if pattern.search(line):
                found[f"{name}:{number + 1}"] = "\n".join(lines[max(0, number - 2) : number + 4])
    return found


def test_every_folder_of_npm_packages_has_install_scripts_off() -> None:
    folders = [name.parent for name in tracked() if name.name == "package-lock.json"]
    assert len(folders) >= 3
    for folder in folders:
        settings = (ROOT / folder / ".npmrc").read_text().splitlines()
        assert "ignore-scripts=true" in settings, folder
    for name in tracked():
        if name.name == ".npmrc":
            assert not re.search(r"ignore-scripts\s*=\s*false", (ROOT / name).read_text()), name


def test_every_command_that_installs_from_npm_says_so_too() -> None:
    """A variable of the environment outdoes an .npmrc; an option outdoes both."""
    places = statements(INSTALLS_NPM)
    assert {place.rpartition(":")[0] for place in places} == {
        *("tools/node_packages.py", "tests/npm_tools.py", "benchmarks/packages.py"),
    }
    assert [place for place, text in places.items() if "--ignore-scripts" not in text] == []
    assert "--ignore-scripts" in NPM_CI


def test_no_script_of_ours_is_one_that_npm_runs_by_itself() -> None:
    by_itself = re.compile(r"(pre|post).+|install|prepare|prepublish.*|dependencies")
    for name in tracked():
        if name.name == "package.json":
            scripts = json.loads((ROOT / name).read_text()).get("scripts", {})
            assert [script for script in scripts if by_itself.fullmatch(script)] == [], name


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_python_package_is_pinned_by_hash(lock: Path) -> None:
    blocks = re.split(r"\n(?=\S)", lock.read_text().strip())
    assert blocks
    for block in blocks:
        first, *hashes = block.splitlines()
        assert PINNED.match(first), first
        assert hashes, first
        assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?", line) for line in hashes)


def test_every_lock_is_compiled_of_a_list_by_make_locks() -> None:
    (names,) = re.findall(r"for name in ([a-z ]+); do", (ROOT / "Makefile").read_text())
    assert sorted(names.split()) == [lock.stem for lock in LOCKS]
    assert [lock for lock in LOCKS if not lock.with_suffix(".in").is_file()] == []


def test_every_command_that_installs_python_packages_takes_hashes() -> None:
    places = statements(INSTALLS_PYTHON)
    unhashed = {
        "benchmarks/packages.py",  # rivals: measured on a developer's machine, never deployed
        "tests/fuzz/parser_fuzz.py",  # a line of its docstring, for a person
    }
    hashed = {"tools/build_artifact.py", "benchmarks/artifact.py"}
    files = {place.rpartition(":")[0] for place in places}
    assert files == {"tools/python_packages.py"} | hashed | unhashed
    assert (ROOT / "tools" / "python_packages.py").read_text().count("*BY_HASH") == 2
    assert "--require-hashes" in BY_HASH
    for name in hashed:
        assert "--require-hashes" in (ROOT / name).read_text()


def test_only_one_package_is_built_on_this_machine_and_no_release_has_it() -> None:
    assert BY_HASH[1:] == ("--only-binary", ":all:")
    built = [lock.stem for lock in LOCKS if f"\n{WITHOUT_A_WHEEL}==" in lock.read_text()]
    assert built == ["dev", "local"]


@pytest.mark.parametrize("target", BUILDS_A_RELEASE)
def test_no_tool_of_the_tests_is_installed_beside_a_release(target: str) -> None:
    steps = set(re.findall(r"tools/prepare\.py (\w+)", would_run(target)))
    assert steps
    assert steps <= STEPS_OF_A_RELEASE
    assert ".venv" not in would_run(target)


def test_the_deploy_tools_bring_nothing_of_the_tests_or_the_local_stack() -> None:
    def names(stem: str) -> set[str]:
        text = (ROOT / "requirements" / f"{stem}.txt").read_text()
        return set(re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE))

    not_needed = {"pytest", "moto", "hypothesis", "ruff", "mypy", "schemathesis", "web3"}
    not_needed |= {"uvicorn", "starlette", "aws-sam-translator", "airspeed-ext"}
    assert names("deploy") & not_needed == set()
    assert names("deploy") <= names("local")


def test_the_dapp_is_built_without_the_tools_of_its_tests() -> None:
    described = json.loads((ROOT / "dapp" / "package.json").read_text())
    assert {"vitest", "@biomejs/biome", "typescript"} <= set(described["devDependencies"])
    assert WITHOUT_TOOLS == "--omit=dev"
    assert "vitest" not in (ROOT / "dapp" / "vite.config.ts").read_text()


def test_a_pipeline_tests_and_builds_in_different_jobs() -> None:
    texts = [file.read_text() for file in (ROOT / ".github" / "workflows").glob("*.yml")]
    jobs = [job for text in texts for job in re.split(r"\n(?=  [\w-]+:)", text)]
    projects = re.split(r"\n(?=  \w+:)", (ROOT / "codepipeline.yaml").read_text())
    both = [job for job in jobs + projects if "make test" in job and "make package" in job]
    assert both == []
    assert sum("make package" in job for job in jobs + projects) == 3
