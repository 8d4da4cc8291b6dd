"""The examples in TypeScript, each built with the client as npm would get it."""

from __future__ import annotations

import json
from pathlib import Path

from tools.node_packages import CLIENT, client, npm_environment, npm_packages, print_of
from tools.step import ROOT, fingerprint, is_fresh, run, say

EXAMPLES = ROOT / "examples"
TARBALL = EXAMPLES / "nft-gallery-client.tgz"
BUILT_OF_PACKAGES = sorted(file.parent for file in EXAMPLES.glob("*/package.json"))


def examples() -> None:
    """Pack the client; install, check and build each example that has a package.json."""
    pack_client()
    for folder in BUILT_OF_PACKAGES:
        build(folder)


def pack_client() -> None:
    """Write examples/nft-gallery-client.tgz, which the examples' package.json files name."""
    client()
    version = json.loads((CLIENT / "package.json").read_text())["version"]
    words = ("pack", "--ignore-scripts", "--silent", "--pack-destination", EXAMPLES)
    run("npm", *words, cwd=CLIENT, env=npm_environment())
    (EXAMPLES / f"nft-gallery-client-{version}.tgz").replace(TARBALL)


def build(folder: Path) -> None:
    stamp = folder / "node_modules" / ".built"
    wanted = fingerprint(TARBALL) + print_of(folder)
    if is_fresh(stamp, wanted):
        return
    env = npm_packages(folder, f"the packages of {folder.name}", made_of=(TARBALL,))
    env["NEXT_TELEMETRY_DISABLED"] = "1"
    say(f"building examples/{folder.name}")
    run("npm", "run", "--silent", "check", cwd=folder, env=env)
    run("npm", "run", "--silent", "build", cwd=folder, env=env)
    stamp.write_text(wanted)
