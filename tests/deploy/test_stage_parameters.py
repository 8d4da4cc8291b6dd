"""A stage's keys on their way from Secrets Manager to `sam deploy`: never printed, never quoted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.stage_parameters import parameter_lines, with_defaults

ROOT = Path(__file__).resolve().parents[2]
KEYS = {"AlchemyApiKey": "canary-alchemy-4f1d", "MoralisApiKey": "canary-moralis-9b2e"}


def run(secret: str, file: Path, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "deploy.stage_parameters", str(file)]
    given = {name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"}
    return subprocess.run(  # noqa: S603
        command, cwd=ROOT, env={**given, **env}, input=secret, text=True, capture_output=True
    )


def test_writes_the_keys_and_other_parameters_for_their_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "prod.parameters"
    file.write_text("old")
    file.chmod(0o644)
    done = run(json.dumps({"AlchemyRps": "7", **KEYS}), file)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    lines = [f"{name}={value}" for name, value in {**KEYS, "AlchemyRps": "7"}.items()]
    assert file.read_text().splitlines() == lines
    assert file.stat().st_mode & 0o777 == 0o600


def test_tells_github_to_mask_the_keys_and_prints_nothing_else(tmp_path: Path) -> None:
    done = run(json.dumps(KEYS), tmp_path / "parameters", GITHUB_ACTIONS="true")
    assert done.stdout.splitlines() == [f"::add-mask::{value}" for value in KEYS.values()]


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "canary-alchemy-4f1d",
        json.dumps([KEYS]),
        json.dumps({"AlchemyApiKey": KEYS["AlchemyApiKey"]}),
        json.dumps({**KEYS, "AlchemyApiKey": "canary-alchemy-4f1d; rm -rf ."}),
        json.dumps({**KEYS, "MoralisApiKey": "canary-moralis\n::set-env::"}),
        json.dumps({**KEYS, "Alchemy Rps": "7"}),
        json.dumps({**KEYS, "AlchemyRps": 7}),
    ],
)
def test_refuses_other_secrets_without_quoting_them(secret: str, tmp_path: Path) -> None:
    file = tmp_path / "parameters"
    done = run(secret, file, GITHUB_ACTIONS="true")
    assert done.returncode == 1
    assert "canary" not in done.stdout + done.stderr
    assert not file.exists()


def test_an_error_has_no_cause_that_could_be_printed() -> None:
    with pytest.raises(ValueError, match="not a JSON object") as caught:
        parameter_lines("canary")
    assert caught.value.__suppress_context__


def test_a_default_gives_way_to_what_the_secret_says() -> None:
    assert with_defaults(["Profile=dev", "A=1"], ["Profile=prod"]) == ["Profile=dev", "A=1"]
    assert with_defaults(["A=1"], ["Profile=prod"]) == ["A=1", "Profile=prod"]
