"""Without provider keys nobody is contacted but the stack itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import ROOT

UNSHARE = shutil.which("unshare") or ""


def may_unshare() -> bool:
    command = [UNSHARE, "-rn", "true"]
    return bool(UNSHARE) and subprocess.run(command, check=False).returncode == 0  # noqa: S603


@pytest.mark.skipif(not may_unshare(), reason="no network namespace to be had here")
def test_signing_in_and_looking_up_tokens_names_and_metadata_contact_nobody(tmp_path: Path) -> None:
    command = [UNSHARE, "-rn", sys.executable, "-m", "tests.e2e.without_network", str(tmp_path)]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "clients" / "python" / "src")}
    printed = subprocess.check_output(command, cwd=ROOT, env=env, text=True)  # noqa: S603
    statuses, attempts, after_one_more = json.loads(printed)
    assert statuses == {
        "getNFTsCollectionAlchemy": 200,
        "getNFTsAlchemy": 200,
        "getNFTsMoralis": 200,
        "getNFTsAlchemyLambda": 200,
        "getNFTsMoralisLambda": 200,
        "name": 200,
        "name of": 200,
        "stored off chain": 502,
        "metadata": 200,
        "gate": 204,
        "no holder": 403,
    }
    # the count is worth something: it sees one attempt
    assert (attempts, after_one_more) == (0, 1)
