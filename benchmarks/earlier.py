"""The gallery as it was when its bars were set, to be measured beside today's in one run."""

from __future__ import annotations

import importlib.util
import io
import shutil
import subprocess
import tarfile
from pathlib import Path
from types import ModuleType

from benchmarks.artifact import build_for_this_machine
from benchmarks.run import CACHE, NotMeasuredError
from tools.artifacts import Artifact
from tools.node_packages import WITHOUT_TOOLS, npm_packages
from tools.python_packages import install
from tools.step import ROOT, run

COMMIT = "c6371a204ad29ea7d3cd64801f463b6663af770f"
"""30 November 2026, before look-ups were compressed and secrets read by one request."""
CALLED = "30 November"


def earlier_tree(cache: Path = CACHE) -> Path:
    """Its files, taken out of the repository once.

    Raises:
        NotMeasuredError: this clone does not reach back so far.
    """
    tree = cache / f"earlier-{COMMIT[:12]}"
    if (tree / ".complete").is_file():
        return tree
    command = ["git", "archive", "--format=tar", COMMIT]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        raise NotMeasuredError(f"this clone has no commit {COMMIT[:12]}")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(tree, filter="data")
    (tree / ".complete").touch()
    return tree


def artifacts_folder(tree: Path) -> Path:
    """Where its functions are built, once."""
    folder = tree / ".artifacts"
    folder.mkdir(exist_ok=True)
    return folder


def build_once(target: Path, artifact: Artifact) -> Path:
    """As its own tools/build_artifact.py does, for this machine."""
    if not target.exists():
        unfinished = target.with_suffix(".unfinished")
        if unfinished.exists():
            shutil.rmtree(unfinished)
        builder = earlier_builder(target.parent.parent)
        build_for_this_machine(unfinished, artifact, builder).rename(target)
    return target


def earlier_builder(tree: Path) -> ModuleType:
    """Its own tools/build_artifact.py. Raises NotMeasuredError."""
    file = tree / "tools" / "build_artifact.py"
    spec = importlib.util.spec_from_file_location("earlier_build_artifact", file)
    if spec is None or spec.loader is None:
        raise NotMeasuredError(f"{file} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def running_earlier(tree: Path) -> tuple[str, ...]:
    """The command of its own local stack, with its own packages and its own built dApp.

    Raises:
        NotMeasuredError: they cannot be installed, or it cannot be built.
    """
    environment, dapp = tree / ".venv", tree / "dapp"
    try:
        install(environment, tree / "requirements" / "local.txt")
        if not (dapp / "out" / "index.html").is_file():
            env = npm_packages(dapp, f"the packages of the dApp of {CALLED}", WITHOUT_TOOLS)
            run("npm", "run", "--silent", "build", cwd=dapp, env=env)
    except SystemExit as error:  # a step of tools/ that failed
        raise NotMeasuredError(str(error)) from None
    return (str(environment / "bin" / "python"), "-m", "local")
