"""What a caller must name: an address beside an address, a time beside a time."""

import ast
from pathlib import Path

import pytest

BACKEND = Path(__file__).resolve().parents[3] / "backend"
MODULES = sorted(file for room in ("auth", "ethereum") for file in (BACKEND / room).rglob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_no_function_forbids_to_name_an_argument(module: Path) -> None:
    functions = [
        node for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.arguments)
    ]
    assert [argument.arg for each in functions for argument in each.posonlyargs] == []
