"""What `sam build` ships: only what it imports, precompiled, small, the same bytes twice.

Needs `make build`.
"""

from __future__ import annotations

import hashlib
import io
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from local.template.document import load_document
from tests.contract.test_rooms import ROOMS
from tools.artifacts import artifact_of
from tools.build_artifact import UNUSED

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / ".aws-sam" / "build"
FUNCTIONS = [
    name
    for name, resource in load_document(ROOT / "template.yaml")["Resources"].items()
    if resource["Type"] == "AWS::Serverless::Function"
]
SAMPLES = list({artifact_of(name): name for name in FUNCTIONS}.values())
"""One function of each artifact."""
AARCH64 = 183  # e_machine of an ELF header

pytestmark = pytest.mark.skipif(not BUILT.is_dir(), reason="run `make build` first")


def functions_below(package: str) -> list[str]:
    """Those whose handler is in this package."""
    resources = load_document(ROOT / "template.yaml")["Resources"]
    handlers = {name: resources[name]["Properties"]["Handler"] for name in FUNCTIONS}
    return [name for name, handler in handlers.items() if handler.startswith(f"{package}.")]


def digest(folder: Path) -> str:
    """One hash over the names and bytes of all files of a folder."""
    total = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        total.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


def zipped_size(folder: Path) -> int:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in folder.rglob("*"):
            archive.write(file, file.relative_to(folder))
    return len(buffer.getvalue())


def test_functions_of_the_same_rooms_and_lock_ship_the_same_bytes() -> None:
    digests = {name: digest(BUILT / name) for name in FUNCTIONS}
    pairs = {(artifact_of(name), digests[name]) for name in FUNCTIONS}
    assert len(pairs) == len(set(digests.values())) == len(SAMPLES)


@pytest.mark.parametrize("function", functions_below("auth.triggers"))
def test_the_auth_artifact_is_small(function: str) -> None:
    assert zipped_size(BUILT / function) <= 4 * 1024 * 1024


@pytest.mark.parametrize("function", FUNCTIONS)
def test_an_artifact_holds_its_own_rooms_only(function: str) -> None:
    folders = {path.name for path in (BUILT / function).iterdir()}
    assert folders & {*ROOMS, "local", "stand_ins", "tests"} == set(artifact_of(function).rooms)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_an_artifact_holds_nothing_else_of_ours(function: str) -> None:
    """No parameters, no state, no settings: nothing that could hold a key."""
    ours = {path.name for path in ROOT.iterdir()}
    shipped = {path.name for path in (BUILT / function).iterdir()}
    assert shipped & ours == set()
    assert not list((BUILT / function).rglob("*.parameters*"))
    assert not list((BUILT / function).rglob(".env*"))


@pytest.mark.parametrize("function", SAMPLES)
def test_nothing_is_left_of_what_no_function_uses(function: str) -> None:
    """charset_normalizer has a library of its own beside its folder."""
    left = [path.name for name in UNUSED for path in (BUILT / function).glob(f"*{name}*")]
    assert left + list((BUILT / function).glob("*mypyc*")) == []


@pytest.mark.parametrize("function", SAMPLES)
def test_every_module_is_precompiled_and_never_rechecked(function: str) -> None:
    sources = list((BUILT / function).rglob("*.py"))
    assert sources
    for source in sources:
        compiled = source.parent / "__pycache__" / f"{source.stem}.cpython-313.pyc"
        assert compiled.read_bytes()[4:8] == b"\x01\x00\x00\x00", source


def machine_of(library: Path) -> int:
    """What an ELF file runs on, by its header: the name of a file proves nothing."""
    header = library.read_bytes()[:20]
    assert header[:4] == b"\x7fELF", library
    assert header[5] == 1, f"{library} is not little-endian"
    (machine,) = struct.unpack_from("<H", header, 18)
    return int(machine)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_library_is_for_arm64_whatever_this_machine_is(function: str) -> None:
    libraries = [path for path in (BUILT / function).rglob("*.so*") if path.is_file()]
    assert libraries
    wrong = [path.name for path in libraries if machine_of(path) != AARCH64]
    assert wrong == []


@pytest.mark.parametrize("function", SAMPLES)
def test_an_artifact_built_again_is_byte_identical(tmp_path: Path, function: str) -> None:
    lock, rooms = artifact_of(function)
    command = [sys.executable, "tools/prepare.py", "artifact", str(tmp_path / "again")]
    subprocess.run([*command, lock, *rooms], cwd=ROOT, check=True)  # noqa: S603
    assert digest(tmp_path / "again") == digest(BUILT / function)


@pytest.mark.parametrize("service", ["dynamodb"])
def test_botocore_still_knows_the_services_that_are_called(service: str) -> None:
    (function,) = functions_below("webhooks")
    assert (BUILT / function / "botocore" / "data" / service).is_dir()


def test_the_built_template_still_has_all_routes(document: dict[str, Any]) -> None:
    built = load_document(BUILT / "template.yaml")
    assert paths_of(built) == paths_of(document)


def paths_of(template: dict[str, Any]) -> list[str]:
    return list(template["Resources"]["GalleryApi"]["Properties"]["DefinitionBody"]["paths"])
