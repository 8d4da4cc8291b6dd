"""Counts what a reader of one request passes: files of backend/ entered, functions, deepest stack.

    .venv/bin/python benchmarks/flows.py [--all]

Prints a line for each flow and its bar; `--all` names the files and the deepest stack. Exit code 1
where a bar does not hold. No clock is read: the figures are the same on every machine. A handler,
which only calls its router, is one deeper.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "backend"))

from auth.triggers import verify_auth_challenge_response
from benchmarks.challenge import ORIGIN, sign_challenge, trigger_events
from nft.gallery import FRESH_SECONDS
from nft.routes.gallery import ROUTES
from runtime.logging import build_logger
from runtime.route import Router
from tests.fixtures.nft_providers import CONTRACT, FakeUpstream, tokens
from tests.unit.nft.conftest import Context
from tests.unit.nft.gallery_fixtures import build_world

BACKEND = str(Path(__file__).resolve().parent.parent / "backend")


@dataclass
class Flow:
    """What one call enters of backend/."""

    files: set[str] = field(default_factory=set)
    functions: set[str] = field(default_factory=set)
    deepest: list[str] = field(default_factory=list)

    def profile(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(BACKEND):
            stack = _stack(frame)
            self.files.add(stack[0].partition(":")[0])
            self.functions.add(stack[0])
            self.deepest = max(self.deepest, stack, key=len)


def _stack(frame: FrameType | None) -> list[str]:
    """Functions of backend/, the innermost first, as file:name."""
    stack = []
    while frame is not None:
        file, name = frame.f_code.co_filename, frame.f_code.co_qualname
        if file.startswith(BACKEND):
            stack.append(f"{file.removeprefix(BACKEND + '/')}:{name}")
        frame = frame.f_back
    return stack


def follow(call: Callable[[], object]) -> Flow:
    """The second call, of a warm instance: the first one reads settings and keys."""
    call()
    flow = Flow()
    sys.setprofile(flow.profile)
    try:
        call()
    finally:
        sys.setprofile(None)
    return flow


def unified_page() -> Callable[[], object]:
    """A contract's page of five tokens from a provider that answers at once."""
    held = [(CONTRACT, token_id) for _, token_id in tokens(5)]
    world = build_world(FakeUpstream("alchemy", held), FakeUpstream("moralis", held))
    logger = build_logger("flows", stream=io.StringIO())
    router = Router(ROUTES, world.gallery, logger, world.clock, timeout_seconds=8.0)
    event = {
        "resource": "/chains/{chainId}/contracts/{contractAddress}/nfts",
        "pathParameters": {"chainId": "1", "contractAddress": CONTRACT},
        "headers": {"origin": ORIGIN},
    }

    def call() -> None:
        world.clock.advance(FRESH_SECONDS)  # nothing comes from the cache
        page = json.loads(router(event, Context())["body"])
        assert len(page["items"]) == 5  # noqa: S101

    return call


def sign_in_answer() -> Callable[[], object]:
    """A right answer of a wallet with a key."""
    now = time.time()
    challenge = sign_challenge(now)
    handler = verify_auth_challenge_response.build_handler(challenge.settings, now=lambda: now)
    event = trigger_events(challenge)["VerifyAuthChallengeResponse"]

    def call() -> None:
        response = handler(event, None)  # type: ignore[arg-type]
        assert response["response"]["answerCorrect"]  # noqa: S101

    return call


FLOWS = {
    "a unified page of 5 tokens": (unified_page, 20, 17),
    "a sign-in's answer": (sign_in_answer, 9, 9),
}


def main() -> int:
    held = True
    for name, (prepare, files, depth) in FLOWS.items():
        call = prepare()
        with redirect_stdout(io.StringIO()):
            flow = follow(call)
        held &= len(flow.files) <= files and len(flow.deepest) <= depth
        print(
            f"{name}: {len(flow.files)} files (at most {files}), {len(flow.functions)} functions, "
            f"{len(flow.deepest)} deep (at most {depth})"
        )
        if "--all" in sys.argv:
            print(*sorted(flow.files), "", *reversed(flow.deepest), "", sep="\n")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
