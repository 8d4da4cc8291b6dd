"""What the browser tests need of the machine beside the locked packages of `.venv`."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from tools.python_packages import LOCKS, install
from tools.step import TOOLS, VENV, answers, run, say


def chromium() -> None:
    """Playwright, and a Chromium for it: the machine's, Debian's, or its own."""
    playwright = playwright_of(VENV)
    browsers = ("chromium", "chromium-browser", "google-chrome")
    if not any(map(shutil.which, browsers)) and not debian("chromium"):
        run(playwright, "install", "chromium")


def firefox() -> None:
    """A Firefox, the machine's or Debian's, and a Playwright that drives one as it is released."""
    install(TOOLS / "firefox", LOCKS / "firefox.txt")
    playwright_of(TOOLS / "firefox")
    if not any(map(shutil.which, ("firefox-esr", "firefox"))) and not debian("firefox-esr"):
        sys.exit("prepare: there is no Firefox; on Debian: apt-get install firefox-esr")


def playwright_of(venv: Path) -> Path:
    """Its command, once it starts."""
    playwright = venv / "bin" / "playwright"
    if not answers(playwright, "--version"):
        if not debian("libatomic1"):
            remedy = "on Debian: apt-get install libatomic1"
            sys.exit(f"prepare: Playwright does not start, its Node needs libatomic.so.1; {remedy}")
        run(playwright, "--version")
    return playwright


def debian(package: str) -> bool:
    """Install a package of Debian, where that can be done."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    say(f"installing {package}")
    run("apt-get", "update", "--quiet=2")
    run("apt-get", "install", "--quiet=2", "--yes", "--no-install-recommends", package)
    return True
