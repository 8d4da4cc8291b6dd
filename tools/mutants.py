"""Counts the faults that the tests of `ethereum/` and `auth/` do not notice: make mutants

Draws 300 of cosmic-ray's mutants, each one small fault, and runs the tests of both rooms against
each: two at a time, each in a copy of the work tree. The same SEED draws the same ones.

Fails where less than 95 % are killed of those that are not equivalent. The equivalent ones stand
in tests/equivalent_mutants.toml with the reason; one that is killed, or whose code is gone, fails
the run too. Runs in `.tools/mutants`; the tests run in `.venv`.
"""

from __future__ import annotations

import ast
import difflib
import os
import random
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from queue import Queue
from tempfile import TemporaryDirectory
from typing import NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from tools.step import ROOT, VENV, say

ROOMS = ("ethereum", "auth")
DRAWN, AT_ONCE, WANTED = 300, 2, 0.95
OPTIONS = "-x -p no:cacheprovider -p timeout -p hypothesispytest --hypothesis-profile=mutants"
PYTEST = (str(VENV / "bin" / "python"), "-m", "pytest", *OPTIONS.split())
LIMITED = ("bash", "-c", 'ulimit -t 90; ulimit -v 8000000 2>/dev/null; exec "$@"', "bash")
"""A run takes 10 s of a processor. A limit of real time would kill mutants on a busy machine."""


class Mutant(NamedTuple):
    """`was` and `becomes` are the lines that differ, `code` is the whole file."""

    file: str
    was: str
    becomes: str
    line: int
    code: str


def main(seed: str) -> int:
    started = time.monotonic()
    say(f"drawing {DRAWN} mutants with SEED={seed}")
    files = sorted(file for room in ROOMS for file in (ROOT / "backend" / room).rglob("*.py"))
    mutants = [each for file in files for each in mutants_of(file)]
    drawn = random.Random(seed).sample(mutants, DRAWN)  # noqa: S311 - no secret
    is_right = judge(drawn, surviving(drawn), mutants)
    minutes, of_a_processor = (time.monotonic() - started) / 60, sum(os.times()[2:4]) / 60
    say(f"{minutes:.0f} minutes, {of_a_processor:.0f} of a processor; SEED={seed}")
    return 0 if is_right else 1


def judge(drawn: list[Mutant], alive: list[Mutant], mutants: list[Mutant]) -> bool:
    """Whether enough were killed, and the list of equivalent ones is right."""
    listed = tomllib.loads((ROOT / "tests" / "equivalent_mutants.toml").read_text())["equivalent"]
    excused = {(e["file"], e["was"], becomes) for e in listed for becomes in e["becomes"]}
    counted = [each for each in drawn if each[:3] not in excused]
    left = [each for each in counted if each in alive]
    killed = {each[:3] for each in drawn} - {each[:3] for each in alive}
    report("survived", (f"{m.file}:{m.line}\n  - {m.was}\n  + {m.becomes}" for m in left))
    wrong = report("listed as equivalent, but killed", map("\n  ".join, excused & killed))
    gone = report(
        "equivalent by the list, but its code is gone",
        map("\n  ".join, excused - {m[:3] for m in mutants}),
    )
    share = 1 - len(left) / len(counted)
    say(f"{share:.1%} of {len(counted)} killed; {DRAWN - len(counted)} are equivalent")
    return share >= WANTED and not wrong and not gone


def report(finding: str, items: Iterable[str]) -> int:
    """How many there are."""
    listed = sorted(items)
    for item in listed:
        print(f"{finding}: {item}")
    return len(listed)


def mutants_of(file: Path) -> Iterator[Mutant]:
    """Without those of annotations, and those that cosmic-ray makes of `*` alone: no Python."""
    code = file.read_text()
    nodes = list(ast_nodes(get_ast(code)))
    for operator in (
        kind() for kind in map(get_operator, sorted(operator_names())) if not kind.arguments()
    ):
        for occurrence, _ in enumerate(at for n in nodes for at in operator.mutation_positions(n)):
            with suppress(SyntaxError, AttributeError):  # which it raises for `except a.b`
                mutated = mutate_code(code, operator, occurrence)
                if what_runs(mutated) != what_runs(code):
                    yield mutant(str(file.relative_to(ROOT)), code, mutated)


def mutant(file: str, code: str, mutated: str) -> Mutant:
    old, new = code.splitlines(), mutated.splitlines()
    changes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    _, start, end, new_start, new_end = next(each for each in changes if each[0] != "equal")
    was, becomes = (
        " ".join(filter(None, map(str.strip, lines)))
        for lines in (old[start:end], new[new_start:new_end])
    )
    return Mutant(file, was, becomes, start + 1, mutated)


@cache
def what_runs(code: str) -> str:
    """The code without its annotations: some mutants of them fail at import, and say nothing."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        for field in {"annotation", "returns"} & set(node._fields):
            setattr(node, field, None)
        if isinstance(node, ast.TypeAlias):
            node.value = ast.Constant(None)
    return ast.dump(tree)


def surviving(drawn: list[Mutant]) -> list[Mutant]:
    """Before and after, the tests must pass on the code as it is."""
    with TemporaryDirectory() as folder, ThreadPoolExecutor(AT_ONCE) as pool:
        copies = [copy_of_the_tree(Path(folder) / str(n)) for n in range(AT_ONCE)]
        if not all(pool.map(is_green, copies)):
            sys.exit("mutants: the tests fail without any fault")
        trees: Queue[Path] = Queue()
        for copy in copies:
            trees.put(copy)
        survived = []
        for is_alive in pool.map(partial(survives, trees=trees), drawn):
            survived.append(is_alive)
            if len(survived) % 50 == 0:
                say(f"{len(survived)} run, {sum(survived)} survived")
        if not all(pool.map(is_green, copies)):
            sys.exit("mutants: the tests passed without any fault, and now they fail")
    return [each for each, is_alive in zip(drawn, survived, strict=True) if is_alive]


def copy_of_the_tree(folder: Path) -> Path:
    """What git knows or would add; never what it ignores."""
    words = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in listed.split("\0"):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def survives(each: Mutant, trees: Queue[Path]) -> bool:
    """Those tests come first that bear the file's name: most mutants die there."""
    tree = trees.get()
    file = tree / each.file
    code, own = file.read_bytes(), f"test_{file.stem}*.py"
    try:
        file.write_text(each.code)
        return all(is_green(tree, tests, may_cache=False) for tests in (own, "test_*.py"))
    finally:
        file.write_bytes(code)
        trees.put(tree)


def is_green(tree: Path, pattern: str = "test_*.py", may_cache: bool = True) -> bool:
    """Whether those tests of both rooms pass, if there are any."""
    folders = [tree / "tests" / "unit" / room for room in ROOMS]
    tests = sorted(str(test) for folder in folders for test in folder.rglob(pattern))
    if not tests:  # pytest would run all there are
        return True
    # to a cache of bytecode, two mutants of one second look alike
    cache_off = {"PYTHONDONTWRITEBYTECODE": "" if may_cache else "1"}
    env = {**os.environ, **cache_off, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = (*LIMITED, *PYTEST, *tests)
    return subprocess.run(command, cwd=tree, env=env, capture_output=True).returncode == 0


if __name__ == "__main__":
    sys.exit(main(os.environ.get("SEED") or str(random.SystemRandom().randrange(10**6))))
