"""A function's artifact as Lambda unpacks it, for this machine, and what it weighs for Lambda's.

Made by tools/build_artifact.py's own steps from the same lock; only the platform differs.
"""

from __future__ import annotations

import os
import platform
import zipfile
from pathlib import Path
from types import ModuleType

from benchmarks.packages import run
from tools import build_artifact
from tools.artifacts import Artifact, artifact_of
from tools.python_packages import uv

VERIFY_FUNCTION = "VerifyAuthChallengeResponseFunction"
AUTH = artifact_of(VERIFY_FUNCTION)


def build_for_this_machine(
    target: Path, artifact: Artifact = AUTH, builder: ModuleType = build_artifact
) -> Path:
    """The read-only tree; nothing can add a cache to it (root could: hosts run with -B).

    `builder` is tools/build_artifact.py, of another version's tree for its artifact.
    """
    target.mkdir()
    wheels = f"{platform.machine()}-manylinux2014"
    command = [str(uv()), "pip", "install", "--quiet", "--target", str(target)]
    command += ["--requirements", str(builder.ROOT / artifact.lock), "--python-platform", wheels]
    command += ["--python-version", "3.13", "--only-binary", ":all:"]
    run([*command, "--require-hashes", "--no-deps", "--link-mode", "copy"], target)
    builder.copy_rooms(artifact.rooms, target)
    builder.prune(target)
    builder.precompile(target)
    for path in [target, *target.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    return target


def zipped_bytes_for_lambda(target: Path, artifact: Artifact = AUTH) -> int:
    """Size of the real artifact's zip: arm64, deflated as SAM does."""
    os.environ.setdefault("UV", str(uv()))
    build_artifact.main(str(target), str(build_artifact.ROOT / artifact.lock), *artifact.rooms)
    package = target.with_suffix(".zip")
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(target.rglob("*")):
            archive.write(path, path.relative_to(target))
    return package.stat().st_size
