"""Our auth artifact as Lambda unpacks it, for this machine, and what it weighs for Lambda's.

Made by tools/build_artifact.py's own steps from the same lock; only the platform differs.
"""

from __future__ import annotations

import os
import platform
import zipfile
from pathlib import Path

from benchmarks.packages import run
from tools import build_artifact
from tools.artifacts import artifact_of
from tools.python_packages import uv

AUTH = artifact_of("VerifyAuthChallengeResponseFunction")
LOCK = build_artifact.ROOT / AUTH.lock


def build_for_this_machine(target: Path) -> Path:
    """The read-only tree; nothing can add a cache to it (root could: hosts run with -B)."""
    target.mkdir()
    wheels = f"{platform.machine()}-manylinux2014"
    command = [str(uv()), "pip", "install", "--quiet", "--target", str(target)]
    command += ["--requirements", str(LOCK), "--python-platform", wheels]
    command += ["--python-version", "3.13", "--only-binary", ":all:"]
    run([*command, "--require-hashes", "--no-deps", "--link-mode", "copy"], target)
    build_artifact.copy_rooms(AUTH.rooms, target)
    build_artifact.prune(target)
    build_artifact.precompile(target)
    for path in [target, *target.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    return target


def zipped_bytes_for_lambda(target: Path) -> int:
    """Size of the real artifact's zip: arm64, deflated as SAM does."""
    os.environ.setdefault("UV", str(uv()))
    build_artifact.main(str(target), str(LOCK), *AUTH.rooms)
    package = target.with_suffix(".zip")
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(target.rglob("*")):
            archive.write(path, path.relative_to(target))
    return package.stat().st_size
