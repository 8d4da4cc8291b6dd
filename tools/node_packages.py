"""Node and npm, the packages of the package-lock.json files, the dApp and the client built of them.

No package's install script is run: `ignore-scripts` stands in each .npmrc, and here, since a
variable of the environment would outdo an .npmrc.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from tools.python_packages import LOCKS, install
from tools.step import ROOT, TOOLS, answers, fingerprint, is_fresh, run, say

NPM_CI = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
WITHOUT_TOOLS = "--omit=dev"
CLIENT = ROOT / "clients" / "js"


def is_recent(version: str) -> bool:
    major, minor = (int(part) for part in version[1:].split(".")[:2])
    return (major, minor) >= (20, 19)


def npm_environment() -> dict[str, str]:
    """The environment with a Node of 20.19 or later on PATH; a wheel where there is none."""
    version = answers("node", "--version")
    if version and answers("npm", "--version") and is_recent(version):
        return dict(os.environ)
    install(TOOLS / "node", LOCKS / "node.txt")
    path = f"{TOOLS / 'node' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path}


def npm_packages(
    folder: Path, what: str, *options: str, made_of: Iterable[Path] = ()
) -> dict[str, str]:
    """The locked packages of a folder in place; the environment to run them in.

    `WITHOUT_TOOLS` leaves out what is there for checks and tests, unless that is in place.
    `made_of`: packages of our own, which the lock names by their files.
    """
    env, stamp = npm_environment(), folder / "node_modules" / ".prepared"
    everything = fingerprint(folder / "package-lock.json", *made_of)
    wanted = " ".join((everything, *options))
    if not is_fresh(stamp, everything) and not is_fresh(stamp, wanted):
        say(f"installing {what}")
        run(*NPM_CI, *options, cwd=folder, env=env)
        stamp.write_text(wanted)
    return env


def dapp_packages(*options: str) -> dict[str, str]:
    return npm_packages(ROOT / "dapp", "the dApp's packages", *options)


def client_packages() -> dict[str, str]:
    return npm_packages(CLIENT, "the packages of clients/js")


def dapp() -> None:
    """Build dapp/out, unless nothing it is made from has changed."""
    stamp = ROOT / "dapp" / "out" / ".prepared"
    wanted = print_of(ROOT / "dapp") + print_of(CLIENT / "src")  # which it is built with
    if is_fresh(stamp, wanted):
        return
    env = dapp_packages(WITHOUT_TOOLS)
    say("building the dApp")
    run("npm", "run", "--silent", "build", cwd=ROOT / "dapp", env=env)
    stamp.write_text(wanted)


def client() -> None:
    """Build clients/js/dist, unless nothing it is made from has changed."""
    stamp, wanted = CLIENT / "node_modules" / ".built", print_of(CLIENT)
    if is_fresh(stamp, wanted) and (CLIENT / "dist" / "index.js").is_file():
        return
    env = client_packages()
    say("building clients/js")
    run("npm", "run", "--silent", "build", cwd=CLIENT, env=env)
    stamp.write_text(wanted)


def print_of(folder: Path) -> str:
    """Of all that is written by hand there."""
    made = ("node_modules", "out", "dist", ".next", "next-env.d.ts")
    top = [path for path in folder.iterdir() if path.name not in made]
    below = [file for path in top if path.is_dir() for file in path.rglob("*")]
    return fingerprint(*(file for file in top + below if file.is_file()))


def npm(*words: str) -> None:
    """Run an npm script of each package that has it, with its packages in place."""
    for folder, packages in ((CLIENT, client_packages), (ROOT / "dapp", dapp_packages)):
        scripts = json.loads((folder / "package.json").read_text())["scripts"]
        if not scripts.keys().isdisjoint(words):
            run("npm", *words, cwd=folder, env=packages())
