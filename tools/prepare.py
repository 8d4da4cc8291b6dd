"""Prepares this machine: uv, Python 3.13, the locked packages, Node, the built dApp.

    python3 tools/prepare.py setup|dev|deploy|sam|aws|oracle|mutants|client|dapp|chromium|firefox
    python3 tools/prepare.py scan|examples
    python3 tools/prepare.py npm SCRIPT... | artifact ARTIFACTS_DIR LOCK ROOM...

`setup` makes `.venv` with what the local stack needs, `dev` with the tools of the tests as well;
`deploy` makes `.tools/deploy` with what a release needs beside SAM and the AWS CLI, which `sam`
and `aws` put in `.tools/sam` and `.tools/aws`; `mutants` makes `.tools/mutants` with what
`tools/mutants.py` needs beside the tests; `oracle` makes `.tools/oracle` with an emulator of AWS;
`client` builds `clients/js/dist`, `dapp` `dapp/out`, `examples` those that have a package.json;
`chromium` and `firefox` see to a browser; `scan` runs the scanners of the templates and workflows.
`npm` runs a script that `clients/js` and the dApp both have; `artifact` is called by `sam build`.
Each step leaves a stamp of what it was made from and is skipped while that is unchanged.
Runs on any Python 3.9+.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.browser import chromium, firefox
from tools.example_packages import examples
from tools.node_packages import client, dapp, npm, npm_packages
from tools.python_packages import (
    LOCKS,
    aws,
    deploy,
    dev,
    install,
    mutants,
    oracle,
    python,
    sam,
    setup,
    uv,
)
from tools.step import ROOT, TOOLS, VENV, run


def scan() -> None:
    """Run the scanners, which have an environment and npm packages of their own."""
    install(TOOLS / "scan", LOCKS / "scan.txt")
    env = npm_packages(ROOT / "scan", "the scanners' npm packages")
    run(VENV / "bin" / "python", "-m", "scan", env=env)


def artifact(*words: str) -> None:
    """Build one Lambda artifact with this machine's uv and Python 3.13; `sam build` calls it."""
    command = (uv(), "run", "--no-project", "--quiet", "--python", python())
    env = {**os.environ, "UV": str(uv())}
    run(*command, ROOT / "tools" / "build_artifact.py", *words, env=env)


STEPS = {
    **{"setup": setup, "dev": dev, "deploy": deploy, "sam": sam, "aws": aws},
    **{"mutants": mutants, "oracle": oracle},
    **{"client": client, "dapp": dapp, "chromium": chromium, "firefox": firefox, "scan": scan},
    "examples": examples,
}

if __name__ == "__main__":
    step, *words = sys.argv[1:] or ["setup"]
    if step in ("npm", "artifact"):
        {"npm": npm, "artifact": artifact}[step](*words)
    elif step in STEPS:
        STEPS[step]()
    else:
        sys.exit(__doc__)
