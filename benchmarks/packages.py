"""Puts the rivals on this machine: from PyPI and npm by name, at pinned versions, cached.

Whatever cannot be installed is named with its reason and left out of the tables; the bars that
need it then do not hold.
"""

from __future__ import annotations

import compileall
import json
import os
import py_compile
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.node_packages import npm_environment
from tools.python_packages import uv
from tools.step import VENV

HERE = Path(__file__).resolve().parent
NPM_INSTALL = "npm install --no-audit --no-fund --loglevel=error --save-exact --ignore-scripts"


class UnavailableError(Exception):
    """A rival is not to be had here; the text says why."""


@dataclass(frozen=True)
class Rival:
    """A handler with its packages. `bundled`: by esbuild, into one file."""

    name: str
    module: str
    requirements: tuple[str, ...]
    bundled: bool = False

    @property
    def folder(self) -> str:
        return re.sub("[^a-z0-9.]+", "-", self.name)

    @property
    def runs_on_node(self) -> bool:
        return not self.module.endswith(".py")


RUNTIME_CLIENT = ("awslambdaric==4.2.2", "simplejson==4.3.0", "snapshot-restore-py==1.0.0")
ESBUILD = "esbuild@0.28.2"
ETH_ACCOUNT = ("eth-account==0.13.7", "eth-keyfile==0.8.1", "eth-utils==6.0.0", "eth-keys==0.8.0")
RIVALS = (
    Rival("ethers 5.7.2", "ethers5.cjs", ("ethers@5.7.2",)),
    Rival("ethers 6, bundled", "ethers6.mjs", ("ethers@6.17.0", ESBUILD), bundled=True),
    Rival("viem, bundled", "viem.mjs", ("viem@2.57.20", ESBUILD), bundled=True),
    Rival("eth-account", "eth_account_trigger.py", ETH_ACCOUNT),
    Rival(
        "eth-account on coincurve", "eth_account_trigger.py", (*ETH_ACCOUNT, "coincurve==21.0.0")
    ),
    # siwe allows abnf < 3 and fails to import with 2.9.
    Rival("siwe", "siwe_trigger.py", ("siwe==4.4.0", "abnf==2.8.3", "web3==7.16.0", *ETH_ACCOUNT)),
)


def install_rival(rival: Rival, cache: Path) -> Path:
    """The folder with the rival's handler and packages, as a deployment package unpacks.

    Raises:
        UnavailableError: its packages cannot be installed or bundled.
    """
    source, folder = HERE / "rivals" / rival.module, cache / rival.folder
    made_from = repr((rival, source.read_text()))
    stamp = folder / ".prepared"
    if stamp.is_file() and stamp.read_text() == made_from:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if rival.runs_on_node:
        install_npm(rival, source, folder)
    else:
        install_pypi(rival.requirements, folder)
        shutil.copy(source, folder)
        precompile(folder)
    stamp.write_text(made_from)
    return folder


def install_runtime_client(cache: Path) -> Path:
    """Lambda's Python runtime interface client, which every Python function starts with."""
    folder = cache / "runtime-client"
    stamp = folder / ".prepared"
    if not stamp.is_file() or stamp.read_text() != repr(RUNTIME_CLIENT):
        shutil.rmtree(folder, ignore_errors=True)
        install_pypi(RUNTIME_CLIENT, folder)
        precompile(folder)
        stamp.write_text(repr(RUNTIME_CLIENT))
    return folder


def install_pypi(requirements: Sequence[str], folder: Path) -> None:
    """Wheels only, the same way as the artifact's own."""
    command = [str(uv()), "pip", "install", "--quiet", "--target", str(folder)]
    command += ["--python", str(VENV / "bin" / "python")]
    run([*command, "--only-binary", ":all:", *requirements], folder.parent)


def install_npm(rival: Rival, source: Path, folder: Path) -> None:
    env = npm_environment()
    (folder / "package.json").write_text('{"private": true}')
    run([*NPM_INSTALL.split(), *rival.requirements], folder, env)
    entry = str(shutil.copy(source, folder))
    if rival.bundled:
        esbuild = [str(folder / "node_modules" / ".bin" / "esbuild"), entry]
        options = "--bundle --minify --platform=node --target=node20 --format=cjs"
        run([*esbuild, *options.split(), f"--outfile={folder / 'bundle.cjs'}"], folder, env)


def entry_of(rival: Rival, folder: Path) -> str:
    """What the rival's host loads: a Python module, or the path of a Node one."""
    if not rival.runs_on_node:
        return Path(rival.module).stem
    return str(folder / ("bundle.cjs" if rival.bundled else rival.module))


def version_of(rival: Rival, folder: Path) -> str:
    """The version installed of the package the rival is about."""
    package = rival.requirements[0].replace("==", "@").split("@")[0]
    if rival.runs_on_node:
        described = json.loads((folder / "node_modules" / package / "package.json").read_text())
        return str(described["version"])
    record = next(folder.glob(f"{package.replace('-', '_')}-*.dist-info"))
    return record.name.removesuffix(".dist-info").rpartition("-")[2]


def precompile(folder: Path) -> None:
    """As tools/build_artifact.py does; a template that is no Python is left as it is."""
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    compileall.compile_dir(folder, quiet=2, force=True, invalidation_mode=mode)


def run(command: Sequence[str], folder: Path, env: Mapping[str, str] = os.environ) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(
            command, cwd=folder, env=env, capture_output=True, text=True, timeout=300
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnavailableError(f"{command[0]}: {type(error).__name__}") from None
    if done.returncode:
        told = (done.stderr.strip() or done.stdout.strip() or "no output").splitlines()
        reason = [line for line in told if "complete log" not in line][-1]
        raise UnavailableError(f"{Path(command[0]).name}: {reason}")
