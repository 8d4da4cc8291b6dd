"""The examples without their packages: `make examples` is what builds and tries them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.contract.conftest import ROOT
from tests.contract.test_pipelines import would_run
from tools.example_packages import BUILT_OF_PACKAGES, EXAMPLES, TARBALL

PAGE = (EXAMPLES / "README.md").read_text()
CLIENT = "nft-gallery-client"


def read(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text())


def test_the_page_names_every_example() -> None:
    folders = {file.parent.name for file in EXAMPLES.glob("*/*") if file.suffix != ".tgz"}
    assert set(re.findall(r"^\| \[([\w-]+)\]\(\1\) \|", PAGE, re.MULTILINE)) == folders


@pytest.mark.parametrize("folder", BUILT_OF_PACKAGES, ids=lambda folder: folder.name)
def test_an_example_pins_its_packages_and_takes_the_packed_client(folder: Path) -> None:
    described = read(folder, "package.json")
    wanted = described["dependencies"] | described["devDependencies"]
    assert wanted.pop(CLIENT) == f"file:../{TARBALL.name}"
    assert [name for name, v in wanted.items() if not re.fullmatch(r"\d+\.\d+\.\d+", v)] == []


@pytest.mark.parametrize("folder", BUILT_OF_PACKAGES, ids=lambda folder: folder.name)
def test_a_lock_names_no_address_and_every_package_but_ours_by_hash(folder: Path) -> None:
    """The client's tarball is another one after each change of the client."""
    packages = read(folder, "package-lock.json")["packages"]
    del packages[""]
    ours = packages.pop(f"node_modules/{CLIENT}")
    assert (ours["resolved"], "integrity" in ours) == (f"file:../{TARBALL.name}", False)
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if "integrity" not in package] == []


@pytest.mark.parametrize("folder", BUILT_OF_PACKAGES, ids=lambda folder: folder.name)
def test_an_example_is_typed_strictly(folder: Path) -> None:
    assert read(folder, "tsconfig.json")["compilerOptions"]["strict"] is True
    assert read(folder, "package.json")["scripts"]["check"] == "tsc"


def test_the_local_stack_lists_the_origins_that_the_page_names() -> None:
    shown = re.findall(r"npm run dev +# (http://localhost:\d+)", PAGE)
    listed = (EXAMPLES / "local.parameters").read_text()
    assert listed == f"AllowedOrigins={','.join(shown)}\n"
    assert f"next dev --port {shown[1].rpartition(':')[2]}" in str(
        read(EXAMPLES / "next", "package.json")
    )


def test_the_examples_are_built_by_their_own_target_only() -> None:
    assert "prepare.py examples" in would_run("examples")
    tests = [line for line in would_run("test").splitlines() if "pytest" in line]
    assert tests
    assert [line for line in tests if "tests/examples" in line and "--ignore" not in line] == []
    assert "prepare.py examples" not in would_run("test")
    assert "make examples" in (ROOT / ".ci" / "run").read_text()
