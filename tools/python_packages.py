"""uv, Python 3.13, and the virtual environments of the locks in requirements/."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tools.step import ROOT, TOOLS, VENV, answers, fingerprint, is_fresh, run, say

UV = "uv==0.13.9"


def uv() -> Path | str:
    """uv from PATH, or installed into `.tools/uv`."""
    if answers("uv", "--version"):
        return "uv"
    own = TOOLS / "uv" / "bin" / "uv"
    if not answers(own, "--version"):
        say("installing uv")
        shutil.rmtree(TOOLS / "uv", ignore_errors=True)
        if answers(sys.executable, "-m", "venv", TOOLS / "uv") is not None:
            pip = TOOLS / "uv" / "bin" / "pip"
            run(pip, "install", "--quiet", "--disable-pip-version-check", UV)
        elif answers(sys.executable, "-m", "pip", "--version"):
            run(sys.executable, "-m", "pip", "install", "--quiet", "--target", TOOLS / "uv", UV)
        else:
            remedy = "on Debian: apt-get install python3-venv"
            sys.exit(f"prepare: this Python has neither venv nor pip; {remedy}")
    return own


def python() -> str:
    """A Python 3.13: on PATH, from pyenv, or `3.13` for uv to find or download."""
    version = (ROOT / ".python-version").read_text().strip()
    if found := answers(f"python{version}", "-c", "import sys; print(sys.executable)"):
        return found
    prefix = answers("pyenv", "prefix", version)
    if prefix and answers(f"{prefix}/bin/python{version}", "--version"):
        return f"{prefix}/bin/python{version}"
    return version


def install(venv: Path, lock: Path) -> None:
    """Bring a virtual environment in line with a lock file, hashes checked."""
    stamp, wanted = venv / ".prepared", fingerprint(lock, ROOT / ".python-version")
    if is_fresh(stamp, wanted):
        return
    say(f"installing {lock.relative_to(ROOT)} into {venv.relative_to(ROOT)}")
    interpreter = venv / "bin" / "python"
    if not answers(interpreter, "--version"):
        run(uv(), "venv", "--quiet", "--clear", "--python", python(), venv)
    run(uv(), "pip", "sync", "--quiet", "--python", interpreter, "--require-hashes", lock)
    stamp.write_text(wanted)


def setup() -> None:
    """What the local stack needs; a `.venv` that already holds the tests' tools has it all."""
    dev = ROOT / "requirements" / "dev.txt"
    if not is_fresh(VENV / ".prepared", fingerprint(dev, ROOT / ".python-version")):
        install(VENV, ROOT / "requirements" / "local.txt")


def dev() -> None:
    install(VENV, ROOT / "requirements" / "dev.txt")


def sam() -> None:
    install(TOOLS / "sam", ROOT / "requirements" / "sam.txt")


def aws() -> None:
    install(TOOLS / "aws", ROOT / "requirements" / "aws.txt")
