"""What the Makefile puts into an artifact: the rooms its functions import, and no other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from local.template.document import load_document
from tools.artifacts import ROOT, artifact_of

BACKEND = ROOT / "backend"
HANDLERS = {
    name: resource["Properties"]["Handler"].rpartition(".")[0]
    for name, resource in load_document(ROOT / "template.yaml")["Resources"].items()
    if resource["Type"] == "AWS::Serverless::Function"
}


def file_of(module: str) -> Path | None:
    """A module of the backend as a file; None for anybody else's, and for a name in a module."""
    path = BACKEND / module.replace(".", "/")
    files = (path.with_suffix(".py"), path / "__init__.py")
    return next((file for file in files if file.is_file()), None)


def imports_of(file: Path) -> set[str]:
    """Modules that a file imports, anywhere in it; of `from a import b`, both a and a.b."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def rooms_needed_by(module: str) -> set[str]:
    files, more = set[Path](), {module}
    while more:
        new = {file for name in more if (file := file_of(name))} - files
        files |= new
        more = {name for file in new for name in imports_of(file)}
    return {file.relative_to(BACKEND).parts[0] for file in files}


@pytest.mark.parametrize("function", HANDLERS)
def test_an_artifact_has_every_room_that_its_functions_import_and_no_other(function: str) -> None:
    artifact = artifact_of(function)
    sharing = [module for name, module in HANDLERS.items() if artifact_of(name) == artifact]
    needed = {module: rooms_needed_by(module) for module in sharing}
    assert needed[HANDLERS[function]] <= set(artifact.rooms)
    assert set().union(*needed.values()) == set(artifact.rooms)
