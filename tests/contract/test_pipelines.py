"""What pipelines run exists, reads the environment, and may make its calls to AWS."""

from __future__ import annotations

import os
import re
import subprocess
from typing import Any

import pytest
from botocore.session import Session

from local.template.document import load_document
from scan.documents import policies_of, read_document
from tests.contract.conftest import ROOT
from tests.contract.test_bootstrap import GIVEN, role
from tests.contract.test_workflows import MAKE

ENVIRONMENT = {
    **{"STACK": "gallery-test", "KEYS": "gallery-test", "AWS_REGION": "eu-west-1"},
    **{"CONFIRM": "gallery-test", "PROFILE": "prod", "PACKAGES": "packages"},
}
# What a call to S3 asks for is named otherwise than the call.
ACTIONS = {
    "s3:HeadBucket": {"s3:ListBucket"},
    "s3:HeadObject": {"s3:GetObject"},
    "s3:ListObjectVersions": {"s3:ListBucketVersions"},
    "s3:DeleteObjects": {"s3:DeleteObject", "s3:DeleteObjectVersion"},
}
# DELETE_USERS=yes lifts the users' protection: somebody does that, no pipeline.
NOT_BY_A_PIPELINE = {"cognito-idp:UpdateUserPool"}
CLIENTS = {"cognito_idp": "cognito-idp", "users": "cognito-idp"}
CALL = re.compile(
    r"\b(cloudformation|cloudfront|cognito_idp|users|logs|s3|secretsmanager)\.(\w+)\("
)
PAGES = re.compile(r"\b(\w+)\.get_(?:paginator|waiter)\(\s*\"(\w+)\"")


def would_run(target: str, **more: str) -> str:
    """The recipe of a target, as make would hand it to the shell in a job."""
    known = {**os.environ, **ENVIRONMENT, **more}
    command = ["make", "--dry-run", target]
    done = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=known, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.parametrize("target", sorted(MAKE))
def test_what_a_workflow_runs_is_a_target(target: str) -> None:
    assert would_run(target)


@pytest.mark.parametrize("target", ["monitoring", "publish", "smoke", "destroy"])
def test_stack_and_region_come_from_the_environment(target: str) -> None:
    assert f'-m deploy {target} --stack "gallery-test" --region "eu-west-1"' in would_run(target)


def test_a_job_confirms_a_deletion_and_names_a_profile_by_the_environment() -> None:
    assert '--confirm "gallery-test" --delete-users ""' in would_run("destroy")
    assert "stage_parameters prod.parameters Profile=prod" in would_run("release")


def test_a_job_deploys_the_alarms_as_the_role_that_deploys_the_stack() -> None:
    recipe = would_run("monitoring", EXECUTION_ROLE="arn:execution")
    for words in ('--role-arn "arn:execution"', '--s3-bucket "packages"', "stacks/monitoring.yaml"):
        assert words in recipe
    assert "--resolve-s3" not in recipe


def test_codepipeline_runs_the_same_targets_and_the_prod_stage_takes_the_prod_profile() -> None:
    resources = load_document(ROOT / "codepipeline.yaml")["Resources"]
    projects: dict[str, Any] = {
        name: item["Properties"]
        for name, item in resources.items()
        if item["Type"] == "AWS::CodeBuild::Project"
    }
    run = {
        w for p in projects.values() for w in re.findall(r"make (\w+)", p["Source"]["BuildSpec"])
    }
    assert run == MAKE - {"destroy"}
    profiles = {
        name: variable["Value"]
        for name, project in projects.items()
        for variable in project["Environment"].get("EnvironmentVariables", [])
        if variable["Name"] == "PROFILE"
    }
    assert profiles == {"DeployTest": "dev", "DeployProd": "prod"}


def calls() -> set[str]:
    """`service:Operation` of every boto3 call in deploy/."""
    session, found = Session(), set()
    for file in sorted((ROOT / "deploy").glob("*.py")):
        text = file.read_text()
        for client, name in [*CALL.findall(text), *PAGES.findall(text)]:
            service = CLIENTS.get(client, client)
            names = session.get_service_model(service).operation_names
            operation = name.replace("_", "")
            found |= {f"{service}:{o}" for o in names if o.lower() == operation}
    return found


def test_the_pipeline_may_make_every_call_of_the_deploy_tools() -> None:
    bootstrap = read_document(ROOT / "deploy" / "bootstrap.yaml", GIVEN)
    statements = [
        statement
        for document in role(bootstrap, "PipelineRole", "DeployPolicy").policies
        for statement in document["Statement"]
    ]
    assert policies_of(bootstrap.access["DeployPolicy"])
    words = [s["Action"] if isinstance(s["Action"], list) else [s["Action"]] for s in statements]
    granted = {action for actions in words for action in actions}
    made = calls()
    assert len(made) >= 17
    wanted = set().union(*(ACTIONS.get(call, {call}) for call in made))
    assert wanted - granted == NOT_BY_A_PIPELINE
