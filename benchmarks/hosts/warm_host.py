"""Times one candidate again and again in one warm process.

    python warm_host.py MODULE CHALLENGE_FILE

MODULE has `timers(challenge, loop)`: for each operation a function from a count to the nanoseconds
that many take. For each line `OPERATION COUNT` on stdin, it answers the nanoseconds as a line.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from itertools import repeat
from pathlib import Path
from time import perf_counter_ns


def loop(function: Callable[[], object]) -> Callable[[int], int]:
    """Nanoseconds that a number of calls take."""

    def time_calls(count: int) -> int:
        began = perf_counter_ns()
        for _ in repeat(None, count):
            function()
        return perf_counter_ns() - began

    return time_calls


def main(module: str, challenge_file: str) -> None:
    challenge = json.loads(Path(challenge_file).read_text())
    timers = importlib.import_module(module).timers(challenge, loop)
    for line in sys.stdin:
        operation, count = line.split()
        timers[operation](int(count) // 8 + 1)  # uncounted: others have had the caches meanwhile
        print(timers[operation](int(count)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
