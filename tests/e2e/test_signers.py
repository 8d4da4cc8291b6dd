"""Signers that other people's pages bring: what they sign, a preflight lets through."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.e2e.conftest import RunningStack
from tests.e2e.test_amplify import NODE

SCRIPT = Path(__file__).with_name("signed_by_smithy.mjs")


def test_a_page_that_signs_with_the_sdks_own_signer_passes_its_preflight(
    stack: RunningStack,
) -> None:
    command = [NODE, str(SCRIPT), f"{stack.site}/config.json", stack.site]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    seen = json.loads(done.stdout)
    assert "x-amz-content-sha256" in seen["asked"]
    assert (seen["missing"], seen["status"]) == ([], 200)
    assert seen["origin"] == [stack.site, stack.site]
