"""Coverage-guided fuzzing of the parser with atheris, which no lock of ours holds:

    uv pip install --target /tmp/atheris atheris
    mkdir -p /tmp/corpus && PYTHONPATH=/tmp/atheris:backend:. .venv/bin/python \
      tests/fuzz/parser_fuzz.py /tmp/corpus tests/fuzz/seeds -dict=tests/fuzz/parser.dict \
      -max_len=5000 -max_total_time=600

It ends with a crash file and a traceback at the first input that breaks a promise of
`parser_target`, else with libFuzzer's count of executions. The second folder is only read.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

import atheris  # type: ignore[import-untyped]

# The grammar is one pattern: without this hook its inside would be invisible to the fuzzer.
atheris.enabled_hooks.add("RegEx")
atheris.enabled_hooks.add("str")
with atheris.instrument_imports(include=["ethereum", "auth"]):
    from ethereum.siwe_grammar import _DATE_TIME, _DOMAIN, _STATEMENT, _URI
    from tests.fuzz.parser_target import check_answer, check_parser

LINES = (
    rf"(?:[a-z]+://)?{_DOMAIN} wants you to sign in with your Ethereum account:\n",
    r"0x[0-9a-fA-F]{40}\n\n",
    rf"(?:{_STATEMENT}\n)?\n",
    rf"URI: {_URI}\n",
    r"Version: 1\n",
    r"Chain ID: [0-9]+\n",
    r"Nonce: [A-Za-z0-9]{8,}\n",
    rf"Issued At: {_DATE_TIME}",
    rf"(?:\nExpiration Time: {_DATE_TIME})",
    rf"(?:\nNot Before: {_DATE_TIME})",
    r"(?:\nRequest ID: )",
    r"(?:[^\n]*\nResources:)",
    rf"\n- {_URI}",
    rf"\n- {_URI}",
)
PREFIXES = [re.compile("".join(LINES[: count + 1])) for count in range(len(LINES))]


def new_step() -> Callable[[], None]:
    """A branch of its own. The grammar is one call into C, where the fuzzer sees nothing."""

    def step() -> None:
        pass

    instrumented: Callable[[], None] = atheris.instrument_func(step)
    return instrumented


STEPS = [new_step() for _ in LINES]


@atheris.instrument_func  # type: ignore[untyped-decorator]
def one_input(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    for step, prefix in zip(STEPS, PREFIXES, strict=True):
        if prefix.match(text):
            step()
    check_parser(data)
    check_answer(data)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
