"""Which stacks the tools work on, and what they say of any other; what AWS's refusals become."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from botocore import exceptions

from deploy import errors
from deploy.aws_errors import explained
from deploy.clients import Clients
from deploy.invalidate import invalidate
from deploy.provider_keys import provider_keys
from deploy.stack import dapp_config, deployed_stack, find_stack, own_bucket, require_stack
from tests.deploy.conftest import ACCOUNT, CONFIG, Deploy, template

ROOT = Path(__file__).resolve().parents[2]


class Reporting:
    """CloudFormation that reports a stack of ours in another status."""

    def __init__(self, client: Any, status: str) -> None:
        self._client, self._status = client, status

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def describe_stacks(self, **request: str) -> Any:
        answer = self._client.describe_stacks(**request)
        answer["Stacks"][0]["StackStatus"] = self._status
        return answer


def test_a_deployed_stack_tells_its_outputs_account_and_region(deploy: Deploy) -> None:
    stack = deploy().stack
    assert (stack.account, stack.region, stack.name) == (ACCOUNT, "us-east-1", "Gallery")
    assert dapp_config(stack.outputs["DappConfig"]) == CONFIG


def test_no_stack_is_no_stack(clients: Clients) -> None:
    assert find_stack(clients.cloudformation, "Gallery") is None
    with pytest.raises(errors.NoSuchStackError, match="us-east-1 has no stack Gallery"):
        require_stack(clients.cloudformation, "Gallery")


@pytest.mark.parametrize(
    ("status", "remedy"),
    [
        ("ROLLBACK_COMPLETE", "make destroy"),
        ("UPDATE_IN_PROGRESS", "wait"),
        ("UPDATE_ROLLBACK_FAILED", "console"),
        ("DELETE_FAILED", "make destroy"),
        ("ROLLBACK_FAILED", "DELETE_USERS=yes"),
        ("REVIEW_IN_PROGRESS", "deploy"),
    ],
)
def test_a_stack_in_trouble_is_named_with_its_remedy(
    deploy: Deploy, status: str, remedy: str
) -> None:
    client: Any = Reporting(deploy().clients.cloudformation, status)
    with pytest.raises(errors.StackNotReadyError, match=rf"{status}: .*{remedy}"):
        deployed_stack(client, "Gallery")


def test_a_stack_whose_last_update_was_rolled_back_still_serves(deploy: Deploy) -> None:
    client: Any = Reporting(deploy().clients.cloudformation, "UPDATE_ROLLBACK_COMPLETE")
    assert deployed_stack(client, "Gallery").outputs


def test_a_stack_of_another_template_is_refused(clients: Clients) -> None:
    body = json.dumps({"Description": "Payroll", "Resources": {"B": {"Type": "AWS::S3::Bucket"}}})
    clients.cloudformation.create_stack(StackName="Payroll", TemplateBody=body)
    with pytest.raises(errors.NotAGalleryError):
        require_stack(clients.cloudformation, "Payroll")


def test_a_stack_without_the_outputs_is_refused(clients: Clients) -> None:
    body = template({"DappBucketName": {"Ref": "DappBucket"}})
    clients.cloudformation.create_stack(StackName="Old", TemplateBody=body)
    with pytest.raises(errors.BadOutputError, match="DappConfig, DappUrl, DistributionId"):
        deployed_stack(clients.cloudformation, "Old")


@pytest.mark.parametrize("missing", CONFIG)
def test_a_configuration_that_lacks_anything_is_refused(missing: str) -> None:
    for given in ({**CONFIG, missing: ""}, {k: v for k, v in CONFIG.items() if k != missing}):
        with pytest.raises(errors.BadOutputError, match=missing):
            dapp_config(json.dumps(given))


@pytest.mark.parametrize("text", ["", "[]", "None", '"x"'])
def test_a_configuration_that_is_no_object_is_refused(text: str) -> None:
    with pytest.raises(errors.BadOutputError):
        dapp_config(text)


def test_the_bucket_is_the_one_that_cloudformation_made(deploy: Deploy) -> None:
    deployment = deploy()
    cloudformation = deployment.clients.cloudformation
    assert own_bucket(cloudformation, deployment.stack) == deployment.bucket.name


def test_a_bucket_that_only_an_output_names_is_refused(clients: Clients) -> None:
    clients.s3.create_bucket(Bucket="somebody-elses")
    needed = ("DistributionId", "DappUrl", "DappConfig", "UserPoolId", "UserPoolClientId")
    outputs = dict.fromkeys(needed, "x")
    body = template({**outputs, "DappBucketName": "somebody-elses"})
    clients.cloudformation.create_stack(StackName="Gallery", TemplateBody=body)
    stack = deployed_stack(clients.cloudformation, "Gallery")
    with pytest.raises(errors.ForeignBucketError, match="somebody-elses"):
        own_bucket(clients.cloudformation, stack)


def test_cloudfront_forgets_the_names_that_change_and_no_other(deploy: Deploy) -> None:
    deployment = deploy()
    distribution = deployment.stack.outputs["DistributionId"]
    invalidate(deployment.clients.cloudfront, distribution, reference="1")
    found = deployment.clients.cloudfront.list_invalidations(DistributionId=distribution)
    (item,) = found["InvalidationList"]["Items"]
    batch = deployment.clients.cloudfront.get_invalidation(
        DistributionId=distribution, Id=item["Id"]
    )["Invalidation"]["InvalidationBatch"]
    assert sorted(batch["Paths"]["Items"]) == ["/", "/config.json", "/index.html"]


def refusal(code: str) -> exceptions.ClientError:
    return exceptions.ClientError(
        {"Error": {"Code": code, "Message": "secret-detail"}}, "PutObject"
    )


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (exceptions.NoCredentialsError(), "no_credentials"),
        (exceptions.ProfileNotFound(profile="x"), "no_credentials"),
        (exceptions.NoRegionError(), "no_region"),
        (exceptions.UnauthorizedSSOTokenError(), "expired_credentials"),
        (exceptions.EndpointConnectionError(endpoint_url="https://x"), "aws_error"),
        (refusal("ExpiredToken"), "expired_credentials"),
        (refusal("ExpiredTokenException"), "expired_credentials"),
        (refusal("InvalidClientTokenId"), "no_credentials"),
        (refusal("AccessDenied"), "access_denied"),
        (refusal("AccessDeniedException"), "access_denied"),
        (refusal("Throttling"), "aws_error"),
    ],
)
def test_every_refusal_of_aws_has_a_code_and_one_sentence(
    error: exceptions.BotoCoreError | exceptions.ClientError, code: str
) -> None:
    found = explained(error)
    assert found.code == code
    assert "\n" not in str(found)
    assert "secret-detail" not in str(found)


def tree(base: type[errors.DeployError] = errors.DeployError) -> list[type[errors.DeployError]]:
    return [base, *(found for child in base.__subclasses__() for found in tree(child))]


def test_the_codes_are_the_ones_drawn_and_documented() -> None:
    own = [e for e in tree() if e.__module__.startswith("deploy.")]  # `verify` has some more
    raised = {e.__name__: e.code for e in own if "code" in vars(e)}
    raised.pop("DeployError")
    drawn = dict(re.findall(r"(\w+Error)\s+([a-z_]+)$", errors.__doc__ or "", re.MULTILINE))
    assert drawn == raised
    page = (ROOT / "docs" / "deploy.md").read_text()
    assert set(re.findall(r"^\| `([a-z_]+)` \|", page, re.MULTILINE)) == set(raised.values())


COMMANDS = ["publish", "invalidate", "smoke", "destroy", "ipfs"]


def run_without_aws(tmp_path: Path, *words: str, **environment: str) -> tuple[int, str, str]:
    env = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "AWS_EC2_METADATA_DISABLED": "true"}
    command = [sys.executable, "-m", "deploy", *words]
    done = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env={**env, **environment}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_without_credentials_or_region_says_so_in_one_line(
    tmp_path: Path, command: str
) -> None:
    status, told, complaint = run_without_aws(tmp_path, command, "--region", "us-east-1")
    assert (status, told) == (1, "")
    assert re.fullmatch(r"no_credentials: [^\n]+\n", complaint)
    status, told, complaint = run_without_aws(tmp_path, command, "--region", "")
    assert (status, told) == (1, "")
    assert re.fullmatch(r"no_region: [^\n]+\n", complaint)


def test_only_real_keys_are_looked_for(tmp_path: Path) -> None:
    file = tmp_path / "prod.parameters"
    assert provider_keys(file) == ()
    file.write_text("AlchemyApiKey=a-real-key\nMoralisApiKey=your-moralis-api-key\nAlchemyRps=5\n")
    assert provider_keys(file) == ("a-real-key",)
