"""What the answer cache counts is what it costs: measured in a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

BACKEND = Path(__file__).parents[3] / "backend"

FILLED = """
import random, sys
from runtime.answer import Answer
from runtime.answer_cache import MAX_BYTES, AnswerCache

def resident():
    with open("/proc/self/statm") as pages:
        return int(pages.read().split()[1]) * 4096

chance = random.Random(1)
SIZES = [60, 600, 6_000, 60_000, 600_000, 1_300_000]
KINDS = {
    "a digit": lambda number: (f"n/{number}", str(number), {}),
    "a name": lambda number: (f"n/{number}", f"{number:060}", {}),
    "a long cursor": lambda number: (f"{number:04000}", f"{number:060}", {}),
    "emoji": lambda number: (f"n/{number}", chr(0x1F600) + f"{number:02000}", {}),
    "what is logged": lambda number: (f"n/{number}", "{}", {f"field {number}": number << 40}),
    "pages": lambda number: (f"n/{number}", f"{number}" + "x" * chance.choice(SIZES), {}),
}
make = KINDS[sys.argv[1]]
cache = AnswerCache(lambda: 1000.0)
before, stored = resident(), 0
for number in range(250_000):
    key, body, log = make(number)
    cache.store(key, Answer(body, log=log), 1000.0 - number / 10**6)
    stored += sys.getsizeof(key) + sys.getsizeof(body)
    if stored > 2 * MAX_BYTES:
        break
assert cache.find(key) is not None
print(resident() - before)
"""

MOST_BYTES = 100 * 1024 * 1024


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads Linux's own count")
@pytest.mark.parametrize(
    "kind", ["a digit", "a name", "a long cursor", "emoji", "what is logged", "pages"]
)
def test_a_full_cache_adds_no_more_than_100_mb_whatever_is_in_it(kind: str) -> None:
    child = subprocess.run(  # noqa: S603
        [sys.executable, "-c", FILLED, kind],
        cwd=BACKEND,
        capture_output=True,
        text=True,
        check=True,
    )
    assert 10 * 1024 * 1024 < int(child.stdout) <= MOST_BYTES
