"""`python -m verify`: which target it takes, what it leaves out, and that it says both."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.black_box.own_stack import own_stack
from verify.errors import BadTargetError
from verify.suite import ROOT
from verify.target import NEEDS, Target, read_target, target_of_config, written

ONE = "tests/black_box/test_raw_routes.py::test_health_is_open_to_anyone"
CONFIG = {
    "region": "eu-west-1",
    "userPoolId": "eu-west-1_Wallets01",
    "userPoolClientId": "1example23456789",
    "identityPoolId": "eu-west-1:11111111-1111-4111-8111-111111111111",
    "apiEndpoint": "https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/prod",
}


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    with own_stack(tmp_path_factory.mktemp("verified")) as given:
        yield given.target


def command(*words: str) -> subprocess.CompletedProcess[str]:
    full = [sys.executable, "-m", "verify", *words]
    return subprocess.run(full, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603


def verified(target: Target, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    (folder / "target.json").write_text(written(target))
    return command("--target", str(folder / "target.json"), "--", *words)


def test_a_running_site_is_verified(target: Target) -> None:
    done = command("--site", target.site, "--", "-k", "health and not cached")
    assert (done.returncode, done.stderr) == (0, "")
    assert " passed" in done.stdout


def test_what_a_target_lacks_is_left_out_and_named_with_its_reason(
    target: Target, tmp_path: Path
) -> None:
    skips = {
        "webhooks": "no queue here",
        "test_raw_routes.py::test_health_is_open_to_anyone": "no health here",
    }
    lacking = replace(target, skips=skips)
    done = verified(lacking, tmp_path, "-k", "health_is_open or delivery_counts")
    assert done.returncode == 0
    assert "no health here" in done.stdout
    assert "no queue here" in done.stdout
    assert "passed" not in done.stdout


def test_a_skip_of_nothing_stops_the_run(target: Target, tmp_path: Path) -> None:
    stale = replace(target, skips={"test_raw_routes.py::test_that_was_renamed": "it failed once"})
    done = verified(stale, tmp_path)
    assert done.returncode != 0
    assert (
        "no test is called test_raw_routes.py::test_that_was_renamed" in done.stdout + done.stderr
    )
    assert "passed" not in done.stdout


def test_a_failure_is_told_without_tokens(target: Target, tmp_path: Path) -> None:
    elsewhere = replace(target, api_endpoint=f"{target.api_endpoint}-not")
    done = verified(elsewhere, tmp_path, "-k", "test_the_gate_opens_to_holders_only")
    assert done.returncode == 1
    assert "1 failed" in done.stdout
    assert "eyJ" not in done.stdout + done.stderr


def test_where_nothing_answers_it_says_so() -> None:
    done = command("--site", "http://127.0.0.1:9")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("not_answering: nothing answers at http://127.0.0.1:9")


def test_a_target_of_aws_is_asked_at_awss_addresses_or_the_emulators(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at_aws = target_of_config(CONFIG, name="aws", site="https://d1.cloudfront.net")
    assert at_aws.user_pool_endpoint == "https://cognito-idp.eu-west-1.amazonaws.com"
    assert at_aws.identity_pool_endpoint == "https://cognito-identity.eu-west-1.amazonaws.com"
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://localhost:4566")
    emulated = target_of_config(CONFIG, name="emulator", site="http://localhost:4566/site")
    assert emulated.user_pool_endpoint == "http://localhost:4566"
    assert emulated.client("cloudformation").meta.endpoint_url == "http://localhost:4566"


def test_a_target_is_read_as_it_was_written(tmp_path: Path) -> None:
    more: dict[str, Any] = {"skips": {"a": "b"}, "webhook_keys": {"alchemy": "k"}}
    target = target_of_config(CONFIG, name="aws", site="https://d1.cloudfront.net", **more)
    (tmp_path / "target.json").write_text(written(target))
    assert read_target(tmp_path / "target.json") == target
    short = {"config": CONFIG, "name": "aws", "site": target.site, **more}
    (tmp_path / "target.json").write_text(json.dumps(short))
    assert read_target(tmp_path / "target.json") == target


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"name": "x"}', '{"config": {}, "colour": "red"}', "\x00"]
)
def test_what_is_no_target_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "target.json").write_text(text)
    with pytest.raises(BadTargetError):
        read_target(tmp_path / "target.json")


def test_each_need_is_a_marker_of_the_suite() -> None:
    markers = (ROOT / "pyproject.toml").read_text()
    assert [need for need in NEEDS if f'"needs_{need}: ' not in markers] == []
