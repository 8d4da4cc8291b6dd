"""What other verifiers of EIP-4361 say: viem, siwe for JavaScript (3) and siwe for Python (4)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from abnf.parser import Match, ParseCache
from siwe import SiweMessage  # type: ignore[import-untyped]

from tests.npm_tools import install_locked
from tools.node_packages import npm_environment

HERE = Path(__file__).parent

# Matches that are compared begin at one place, so they differ in where they end. abnf joins and
# hashes their whole text instead, which is a third of the time of this comparison.
Match.__hash__ = lambda match: hash(match.start)  # type: ignore[assignment, method-assign]


class Question(NamedTuple):
    """A signed message, and what a relying party expects of it; `time` in ISO 8601."""

    message: str
    signature: str
    address: str
    domain: str
    nonce: str
    time: str


class Verdicts(NamedTuple):
    viem: bool
    siwe_js: bool
    siwe_py: bool


@cache
def javascript() -> Path:
    """The folder with viem, siwe and ethers. Raises ToolsMissingError."""
    return install_locked(HERE / "tools", "differential")


def verdicts(questions: Sequence[Question]) -> list[Verdicts]:
    """In the order of the questions; both languages work at the same time."""
    with ThreadPoolExecutor(1) as pool:
        in_javascript = pool.submit(_ask_javascript, questions)
        python = [_ask_siwe_py(question) for question in questions]
        pairs = in_javascript.result()
    return [Verdicts(*pair, other) for pair, other in zip(pairs, python, strict=True)]


def _ask_javascript(questions: Sequence[Question]) -> list[tuple[bool, bool]]:
    done = subprocess.run(  # noqa: S603
        ["node", str(HERE / "verifiers.mjs"), str(javascript())],  # noqa: S607
        input="\n".join(json.dumps(question._asdict()) for question in questions),
        env=npm_environment(),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


def _ask_siwe_py(question: Question) -> bool:
    ParseCache.clear_caches()  # type: ignore[no-untyped-call]  # it would hold what every message was parsed into
    try:
        parsed = SiweMessage.from_message(question.message)
        parsed.verify(
            question.signature,
            domain=question.domain,
            nonce=question.nonce,
            timestamp=datetime.fromisoformat(question.time).astimezone(UTC),
        )
    except Exception:  # its tree is not one: abnf, pydantic, eth-keys and eth-utils all come out
        return False
    return bool(parsed.address.lower() == question.address)
