"""Builds one Lambda artifact: locked arm64 wheels and the rooms it needs, precompiled.

    python3.13 tools/build_artifact.py ARTIFACTS_DIR LOCK ROOM...

The bytes are the same every time. `UV` names the uv to install with; `BUILD_FOR=this-machine` takes
its wheels instead, for an emulator that runs the functions here. Lambda unpacks to a
read-only /var/task, so a missing or stale .pyc would be compiled again at each cold start: they
are made here, checked by nothing but their presence (PEP 552).
"""

from __future__ import annotations

import compileall
import os
import py_compile
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TASK_ROOT = "/var/task"
CALLED_SERVICES = {"dynamodb"}
"""What functions call by boto3; botocore's models of all other services, 20 MB, stay behind."""
UNUSED = ("charset_normalizer",)
"""Optional to requests, which loads it where it is there: a twentieth of a cold start."""


def install_packages(lock: Path, target: Path, uv: str, *, for_lambda: bool) -> None:
    """Install a lock's wheels: for Lambda's arm64 whatever this machine is, or for this machine."""
    command = [uv, "pip", "install", "--quiet"]
    command += ["--target", str(target), "--requirements", str(lock)]
    command += ["--python-version", "3.13"]
    command += ["--python-platform", "aarch64-manylinux2014"] if for_lambda else []
    command += ["--only-binary", ":all:", "--require-hashes", "--no-deps", "--link-mode", "copy"]
    subprocess.run(command, check=True)


def copy_rooms(rooms: Iterable[str], target: Path) -> None:
    left_out = shutil.ignore_patterns("__pycache__", "openapi.yaml")
    for room in rooms:
        shutil.copytree(ROOT / "backend" / room, target / room, ignore=left_out)


def prune(target: Path) -> None:
    """Drop what the installer leaves of itself, and what no function imports."""
    for name in (".lock", "bin", "docs"):  # two wheels bring docs/, and either may come last
        path = target / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    for package in UNUSED:
        uninstall(package, target)
    for cache in list(target.rglob("__pycache__")):
        shutil.rmtree(cache)
    for record in target.glob("*.dist-info"):
        for name in ("INSTALLER", "RECORD", "REQUESTED", "direct_url.json", "uv_cache.json"):
            (record / name).unlink(missing_ok=True)
    for service in (target / "botocore" / "data").glob("*/"):
        if service.name not in CALLED_SERVICES:
            shutil.rmtree(service)


def uninstall(package: str, target: Path) -> None:
    """Remove every file that its wheel brought."""
    for record in list(target.glob(f"{package}-*.dist-info/RECORD")):
        files = [line.split(",")[0] for line in record.read_text().splitlines()]
        for file in files:
            if ".." not in file:  # a script beside the folder
                (target / file).unlink(missing_ok=True)
        shutil.rmtree(target / package)
        shutil.rmtree(record.parent)


def precompile(target: Path) -> None:
    done = compileall.compile_dir(
        target,
        quiet=1,
        stripdir=str(target),
        prependdir=TASK_ROOT,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
    if not done:
        sys.exit("build_artifact: a file does not compile")


def main(artifacts_dir: str, lock: str, *rooms: str) -> None:
    if sys.version_info[:2] != (3, 13):
        sys.exit(
            "build_artifact: .pyc files must be made by Python 3.13, as the functions run on it"
        )
    target = Path(artifacts_dir)
    target.mkdir(parents=True, exist_ok=True)
    for_lambda = os.environ.get("BUILD_FOR") != "this-machine"
    install_packages(ROOT / lock, target, os.environ.get("UV", "uv"), for_lambda=for_lambda)
    copy_rooms(rooms, target)
    prune(target)
    precompile(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
