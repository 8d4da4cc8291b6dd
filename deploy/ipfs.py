"""The site as a folder for IPFS, and the CID that every node will give it.

The folder is made of the build and config.json only, so that the same two give the same CID.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from deploy.errors import NotBuiltError
from deploy.site import SiteFile

_ROOT = Path(__file__).resolve().parent.parent


def write_site(files: Sequence[SiteFile], folder: Path) -> None:
    """Make the folder hold these files and nothing else."""
    shutil.rmtree(folder, ignore_errors=True)
    for file in files:
        path = folder / file.key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)


def compute_cid(folder: Path) -> str:
    """CIDv1 of the folder (profile unixfs-v1-2025), computed by the dApp's `cid` script."""
    prepare = [sys.executable, str(_ROOT / "tools" / "prepare.py")]
    command = [*prepare, "npm", "run", "--silent", "cid", "--", str(folder.resolve())]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    if done.returncode:
        raise NotBuiltError("the CID cannot be computed: `make dapp` installs what does it")
    return done.stdout.split()[-1]
