"""What the GitHub workflows promise: whose code may deploy, and that a key is nowhere in them."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.contract.conftest import ROOT

FOLDER = ROOT / ".github" / "workflows"
FILES = sorted(FOLDER.glob("*.yml"))
TEXTS = {file.name: file.read_text() for file in FILES}
WORKFLOWS: dict[str, dict[Any, Any]] = {name: yaml.safe_load(text) for name, text in TEXTS.items()}
JOBS = {(name, job): body for name, flow in WORKFLOWS.items() for job, body in flow["jobs"].items()}
STEPS = [step for body in JOBS.values() for step in body.get("steps", [])]
MAKE = {
    "test",
    "differential",
    "exploits",
    "examples",
    "package",
    "release",
    "monitoring",
    "publish",
    "smoke",
    "destroy",
}
DEPLOYING = {
    ("deploy.yml", "deploy"),
    ("pipeline.yml", "deploy-test"),
    ("pipeline.yml", "deploy-prod"),
    ("pull-request.yml", "preview"),
    ("pull-request.yml", "remove-preview"),
}
OWN_BRANCH = "github.event.pull_request.head.repo.full_name == github.repository"


def test_every_action_is_pinned_by_its_commit_and_tells_its_version() -> None:
    used = [line for text in TEXTS.values() for line in text.splitlines() if " uses: " in line]
    foreign = [line for line in used if " uses: ./" not in line]
    assert foreign
    for line in foreign:
        assert re.search(r" uses: [\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_one_action_has_one_version_everywhere() -> None:
    used = {step["uses"] for step in STEPS if "uses" in step}
    assert len({action.split("@")[0] for action in used}) == len(used)


@pytest.mark.parametrize("name", TEXTS)
def test_a_workflow_gives_no_permission_to_all_of_its_jobs(name: str) -> None:
    assert WORKFLOWS[name]["permissions"] == {}


def test_jobs_read_the_source_and_those_that_deploy_prove_who_they_are() -> None:
    for job, body in JOBS.items():
        expected = {"contents": "read"} | ({"id-token": "write"} if job in DEPLOYING else {})
        assert body["permissions"] == expected, job


def test_a_checkout_leaves_no_token_behind() -> None:
    checkouts = [step for step in STEPS if step.get("uses", "").startswith("actions/checkout@")]
    assert [step["with"] for step in checkouts] == [{"persist-credentials": False}] * len(checkouts)


def test_there_is_no_secret_to_print() -> None:
    for name, text in TEXTS.items():
        code = re.sub(r"(^|\s)#.*", "", text)
        assert not re.search(r"secrets|access.key|echo|printenv|set -x|ACTIONS_STEP_DEBUG", code), (
            name
        )


def test_commands_are_make_targets_and_take_nothing_from_a_request() -> None:
    commands = [step["run"] for step in STEPS if "run" in step]
    words = [command.split() for command in commands]
    assert {word[0] for word in words} == {"make"}
    assert {word[1] for word in words} == MAKE
    options = {tuple(word[2:]) for word in words}
    assert options == {(), ("FUZZ=quick",), ("ONLY_PROFILE=prod",)}


def test_no_workflow_runs_a_strangers_code_with_our_rights() -> None:
    events = {name: set(flow[True]) for name, flow in WORKFLOWS.items()}  # YAML reads `on` as true
    assert events == {
        "deploy.yml": {"workflow_call"},
        "pipeline.yml": {"push"},
        "pull-request.yml": {"pull_request"},
    }
    assert WORKFLOWS["pipeline.yml"][True]["push"] == {"branches": ["main"]}


def test_forks_never_reach_the_preview_account() -> None:
    deploying = [job for job in DEPLOYING if job[0] == "pull-request.yml"]
    assert len(deploying) == 2
    for job in deploying:
        assert OWN_BRANCH in JOBS[job]["if"].split(" && ")[-1]


def test_prod_gets_after_test_the_build_that_was_tested() -> None:
    jobs = WORKFLOWS["pipeline.yml"]["jobs"]
    needs = {name: job.get("needs") for name, job in jobs.items()}
    assert needs == {
        "test": None,
        "examples": None,
        "build": ["test", "examples"],
        "deploy-test": "build",
        "deploy-prod": "deploy-test",
    }
    steps = [step.get("run") for step in JOBS["deploy.yml", "deploy"]["steps"]]
    assert [run for run in steps if run] == [
        "make release",
        "make monitoring ONLY_PROFILE=prod",
        "make publish",
        "make smoke",
    ]
    assert "make package" not in steps


def test_each_stage_has_an_environment_of_its_own() -> None:
    stages = {
        job: tuple(body["with"][key] for key in ("environment", "stack", "keys", "profile"))
        for job, body in WORKFLOWS["pipeline.yml"]["jobs"].items()
        if "with" in body
    }
    assert stages == {
        f"deploy-{stage}": (stage, f"nft-gallery-{stage}", f"nft-gallery-{stage}", profile)
        for stage, profile in {"test": "dev", "prod": "prod"}.items()
    }


def test_a_preview_goes_when_its_request_closes() -> None:
    preview = JOBS["pull-request.yml", "preview"]
    removal = JOBS["pull-request.yml", "remove-preview"]
    assert "github.event.action != 'closed'" in preview["if"]
    assert "github.event.action == 'closed'" in removal["if"]
    assert removal["env"]["STACK"] == removal["env"]["CONFIRM"] == preview["with"]["stack"]
    assert removal["environment"] == preview["with"]["environment"] == "preview"
