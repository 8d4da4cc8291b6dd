"""`make stack` hands the parameters to SAM as documented, and shows no key."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAM = '#!/bin/sh\nprintf \'%s\\n\' "$@" > "$(dirname "$0")/arguments"\nexit 1\n'


def make(*words: str) -> subprocess.CompletedProcess[str]:
    # `-o build`: the artifacts are as they are
    command = ["make", "-o", "build", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603


def test_sam_gets_the_parameters_and_the_terminal_no_key(tmp_path: Path) -> None:
    sam, parameters = tmp_path / "sam", tmp_path / "prod.parameters"
    sam.write_text(SAM)
    sam.chmod(0o755)
    parameters.write_text("AlchemyApiKey=canary-alchemy\nMoralisApiKey=canary-moralis\n")
    given = [f"SAM={sam}", f"PARAMETERS={parameters}", "STACK=Gallery", "REGION=eu-west-1"]
    done = make("stack", *given, "DEPLOY=true", "PREPARE=true")
    assert (tmp_path / "arguments").read_text().split() == [
        *("deploy", "--parameter-overrides"),
        *("AlchemyApiKey=canary-alchemy", "MoralisApiKey=canary-moralis"),
        *("--capabilities", "CAPABILITY_NAMED_IAM", "--stack-name", "Gallery"),
        *("--region", "eu-west-1", "--resolve-s3"),
        *("--no-confirm-changeset", "--no-fail-on-empty-changeset"),
    ]
    assert done.returncode != 0
    assert "canary" not in done.stdout + done.stderr


@pytest.mark.parametrize("target", ["stack", "release"])
def test_a_stack_name_that_is_too_long_stops_before_sam(target: str, tmp_path: Path) -> None:
    parameters = tmp_path / "prod.parameters"
    parameters.write_text("AlchemyApiKey=canary-alchemy\n")
    tools = [f"DEPLOYER={sys.executable}", "SAM=echo SAM", "PREPARE=true", "REGION="]
    done = make(target, *tools, f"STACK={'s' * 41}", f"PARAMETERS={parameters}")
    assert done.returncode != 0
    assert "STACK is longer than 40 letters" in done.stderr
    assert "SAM" not in done.stdout
    assert "canary" not in done.stdout + done.stderr


def test_what_stands_in_the_way_stops_before_the_build_and_before_sam(tmp_path: Path) -> None:
    parameters, tool = tmp_path / "prod.parameters", tmp_path / "tool"
    parameters.write_text("")
    tool.write_text('#!/bin/sh\necho looked "$@"\nexit 1\n')
    tool.chmod(0o755)
    given = [f"DEPLOY={tool}", "SAM=echo SAM", "PREPARE=echo PREPARE", f"PARAMETERS={parameters}"]
    words = ["--no-print-directory", "stack", "STACK=Gallery", "REGION=eu-west-1"]
    command = ["make", *words, *given]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    looked = f"looked preflight --stack Gallery --region eu-west-1 --parameters {parameters}"
    assert done.returncode != 0
    assert done.stdout.splitlines() == ["PREPARE deploy", looked]


def test_sam_gets_the_alarms_template_with_what_the_tool_says_of_the_gallery(
    tmp_path: Path,
) -> None:
    sam, tool = tmp_path / "sam", tmp_path / "tool"
    sam.write_text(SAM)
    tool.write_text('#!/bin/sh\n[ "$8" = "--only-profile" ] && echo "StackName=Gallery Waf=$9"\n')
    for script in (sam, tool):
        script.chmod(0o755)
    given = [f"SAM={sam}", f"DEPLOY={tool}", "PREPARE=true", "STACK=Gallery", "REGION=eu-west-1"]
    make("monitoring", *given, "ONLY_PROFILE=prod")
    assert (tmp_path / "arguments").read_text().split() == [
        *("deploy", "--template-file", "stacks/monitoring.yaml"),
        *("--stack-name", "Gallery-monitoring", "--region", "eu-west-1", "--resolve-s3"),
        *("--no-confirm-changeset", "--no-fail-on-empty-changeset"),
        *("--parameter-overrides", "StackName=Gallery", "Waf=prod"),
    ]


@pytest.mark.parametrize(("tool", "status"), [("true", 0), ("false", 2)])
def test_without_words_of_the_tool_no_alarms_are_deployed(tool: str, status: int) -> None:
    done = make("monitoring", "SAM=false", f"DEPLOY={tool}", "PREPARE=true")
    assert done.returncode == status


def test_a_missing_parameters_file_stops_before_sam(tmp_path: Path) -> None:
    done = make("stack", "SAM=false", f"PARAMETERS={tmp_path / 'none'}")
    assert done.returncode != 0
    assert "prod.parameters.example" in done.stdout
