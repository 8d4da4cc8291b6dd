"""python -m deploy.stage_parameters FILE [KEY=VALUE]: a stage's parameters file, from its own keys.

Reads `{"AlchemyApiKey": ..., "MoralisApiKey": ..., ...}`, a SecretString, on standard input; any
parameter of the template may be in it, and comes before a KEY=VALUE of the same name. Only its
owner can read the file, and nothing is printed but GitHub's command to mask the two keys, should
anything later print them:
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

KEYS = ("AlchemyApiKey", "MoralisApiKey")
_NAME, _VALUE = re.compile(r"[A-Za-z][A-Za-z0-9]*"), re.compile(r"[A-Za-z0-9._~:/=+,@-]*")


def parameter_lines(secret: str) -> list[str]:
    """`Key=Value` lines, fit for the shell. Raises ValueError without quoting what it was given."""
    try:
        values: Mapping[str, str] = json.loads(secret)
        words = [(name, values[name]) for name in dict.fromkeys((*KEYS, *values))]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ValueError(f"the secret is not a JSON object with {' and '.join(KEYS)}") from None
    for name, value in words:
        if not _NAME.fullmatch(name) or not isinstance(value, str) or not _VALUE.fullmatch(value):
            raise ValueError("the secret holds what is no parameter of plain characters")
    return [f"{name}={value}" for name, value in words]


def with_defaults(lines: list[str], defaults: list[str]) -> list[str]:
    """The lines, and those defaults whose names are not among them."""
    named = {line.partition("=")[0] for line in lines}
    return lines + [word for word in defaults if word.partition("=")[0] not in named]


def write_private(file: Path, lines: list[str]) -> None:
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w") as handle:
        handle.write("\n".join(lines) + "\n")


def main() -> None:
    try:
        lines = parameter_lines(sys.stdin.read())
    except ValueError as error:
        sys.exit(f"stage_parameters: {error}")
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for line in lines[: len(KEYS)]:
            print(f"::add-mask::{line.partition('=')[2]}")
    write_private(Path(sys.argv[1]), with_defaults(lines, sys.argv[2:]))


if __name__ == "__main__":
    main()
