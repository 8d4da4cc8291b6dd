"""What is said once in backend: no class name, no error code, no six lines twice."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tools.error_codes import error_codes

BACKEND = Path(__file__).resolve().parents[2] / "backend"
MODULES = sorted(BACKEND.rglob("*.py"))
RUN = 6
"""Lines in a row, without blank ones and indentation; imports are everybody's."""


def classes_of(module: Path) -> list[str]:
    nodes = ast.walk(ast.parse(module.read_text()))
    return [node.name for node in nodes if isinstance(node, ast.ClassDef)]


def lines_of(text: str) -> list[tuple[int, str]]:
    """Number and text of each line that says something of its own."""
    imports: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            imports |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    numbered = enumerate(map(str.strip, text.splitlines()), start=1)
    return [(number, line) for number, line in numbered if line and number not in imports]


def runs_of(lines: list[tuple[int, str]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for start in range(len(lines) - RUN + 1):
        run = lines[start : start + RUN]
        yield run[0][0], tuple(line for _, line in run)


def repeated(texts: dict[str, str]) -> list[list[str]]:
    """The places, as file:line, of every run that is there twice."""
    places: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, text in texts.items():
        for number, run in runs_of(lines_of(text)):
            places[run].append(f"{name}:{number}")
    return [where for where in places.values() if len(where) > 1]


def test_a_class_name_is_defined_once_in_backend() -> None:
    modules = defaultdict(list)
    for module in MODULES:
        for name in classes_of(module):
            modules[name].append(str(module.relative_to(BACKEND)))
    assert {name: where for name, where in modules.items() if len(where) > 1} == {}


def test_an_error_code_is_given_by_one_class() -> None:
    """Other classes inherit it, with a message of their own."""
    codes = [one.code for one in error_codes()]
    assert sorted(set(codes)) == sorted(codes)


def test_no_six_lines_are_written_twice_in_backend() -> None:
    texts = {str(module.relative_to(BACKEND)): module.read_text() for module in MODULES}
    assert repeated(texts) == []


def test_a_run_is_found_whatever_its_indentation_and_blank_lines() -> None:
    body = [f"x{number} = {number}" for number in range(RUN)]
    deeper = "def f():\n" + "\n\n".join(f"    {line}" for line in body)
    assert repeated({"a": "\n".join(body), "b": deeper}) == [["a:1", "b:2"]]
    assert repeated({"a": "\n".join(body[:-1]), "b": deeper}) == []
    assert repeated({"a": "import x\n" * 9, "b": "import x\n" * 9}) == []
