"""uv, Python 3.13, and the virtual environments of the locks in requirements/.

Everything comes by the hash in a lock, uv itself too. Wheels only, since to build a package runs
its code: the one package that has none is built by what requirements/build.txt holds.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tools.step import ROOT, TOOLS, VENV, answers, fingerprint, is_fresh, run, say

LOCKS = ROOT / "requirements"
BY_HASH = ("--require-hashes", "--only-binary", ":all:")
WITHOUT_A_WHEEL = "airspeed-ext"


def uv() -> Path | str:
    """uv from PATH, or installed into `.tools/uv`."""
    if answers("uv", "--version"):
        return "uv"
    home, lock = TOOLS / "uv", LOCKS / "uv.txt"
    own, stamp, wanted = home / "bin" / "uv", home / ".prepared", fingerprint(lock)
    if not is_fresh(stamp, wanted) or not answers(own, "--version"):
        say("installing uv")
        shutil.rmtree(home, ignore_errors=True)
        run(*_pip(home), *BY_HASH, "--requirement", lock)
        stamp.write_text(wanted)
    return own


def _pip(home: Path) -> tuple[str | Path, ...]:
    """What installs into a folder without uv: a pip of its own there, or this Python's."""
    options = ("install", "--quiet", "--disable-pip-version-check")
    if answers(sys.executable, "-m", "venv", home) is not None:
        return (home / "bin" / "pip", *options)
    if answers(sys.executable, "-m", "pip", "--version"):
        return (sys.executable, "-m", "pip", *options, "--target", home)
    remedy = "on Debian: apt-get install python3-venv"
    sys.exit(f"prepare: this Python has neither venv nor pip; {remedy}")


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
    """Bring a virtual environment in line with a lock file, by its hashes."""
    stamp, wanted = venv / ".prepared", fingerprint(lock, ROOT / ".python-version")
    if is_fresh(stamp, wanted):
        return
    say(f"installing {lock.relative_to(ROOT)} into {venv.relative_to(ROOT)}")
    interpreter = venv / "bin" / "python"
    if not answers(interpreter, "--version"):
        run(uv(), "venv", "--quiet", "--clear", "--python", python(), venv)
    built = ("--no-binary", WITHOUT_A_WHEEL, "--build-constraints", LOCKS / "build.txt")
    run(uv(), "pip", "sync", "--quiet", "--python", interpreter, *BY_HASH, *built, lock)
    stamp.write_text(wanted)


def setup() -> None:
    """What the local stack needs; a `.venv` that already holds the tests' tools has it all."""
    dev = LOCKS / "dev.txt"
    if not is_fresh(VENV / ".prepared", fingerprint(dev, ROOT / ".python-version")):
        install(VENV, LOCKS / "local.txt")


def dev() -> None:
    install(VENV, LOCKS / "dev.txt")


def deploy() -> None:
    """What `python -m deploy` needs: nothing of the local stack or the tests beside a release."""
    install(TOOLS / "deploy", LOCKS / "deploy.txt")


def sam() -> None:
    install(TOOLS / "sam", LOCKS / "sam.txt")


def aws() -> None:
    install(TOOLS / "aws", LOCKS / "aws.txt")


def oracle() -> None:
    install(TOOLS / "oracle", LOCKS / "oracle.txt")


def mutants() -> None:
    install(TOOLS / "mutants", LOCKS / "mutants.txt")


def plots() -> None:
    """What `benchmarks/plots.py` draws with."""
    install(TOOLS / "plots", LOCKS / "plots.txt")
