"""`make destroy`: what it asks, what it refuses, what it deletes, what it says is left."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from deploy.clients import Clients
from deploy.destroy import destroy
from deploy.errors import (
    DeletionFailedError,
    NotAGalleryError,
    NotConfirmedError,
    StackProtectedError,
    UsersProtectedError,
)
from deploy.leftovers import leftovers
from deploy.stack import find_stack
from tests.deploy.conftest import Deploy, Deployment, Proxy

NAME = "Gallery"


def destroy_it(
    clients: Clients, *, typed: str = NAME, delete_users: bool = False, name: str = NAME
) -> list[str]:
    said: list[str] = []
    destroy(
        clients,
        name,
        ask=lambda _: typed,
        delete_users=delete_users,
        say=said.append,
        sleep=lambda _: None,
    )
    return said


def fill(deployment: Deployment) -> None:
    for body in (b"one", b"two"):
        deployment.clients.s3.put_object(Bucket=deployment.bucket.name, Key="a", Body=body)
    deployment.clients.s3.delete_object(Bucket=deployment.bucket.name, Key="a")
    deployment.clients.s3.put_object(Bucket=deployment.bucket.name, Key="b", Body=b"")


def buckets(clients: Clients) -> list[str]:
    return [bucket["Name"] for bucket in clients.s3.list_buckets()["Buckets"]]


class WithUserPool:
    """CloudFormation whose stack has a user pool as well, which moto's cannot have."""

    def __init__(self, client: Any, pool: str) -> None:
        self._client, self._pool = client, pool

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def get_paginator(self, operation: str) -> Any:
        return (
            self if operation == "list_stack_resources" else self._client.get_paginator(operation)
        )

    def paginate(self, **request: str) -> list[Any]:
        (page,) = self._client.get_paginator("list_stack_resources").paginate(**request)
        pool = {
            "LogicalResourceId": "UserPool",
            "PhysicalResourceId": self._pool,
            "ResourceType": "AWS::Cognito::UserPool",
            "ResourceStatus": "CREATE_COMPLETE",
        }
        return [{"StackResourceSummaries": [*page["StackResourceSummaries"], pool]}]


def with_pool(deployment: Deployment, protection: str) -> tuple[Clients, str]:
    users: Any = deployment.clients.cognito_idp
    made = users.create_user_pool(PoolName="wallets", DeletionProtection=protection)
    cloudformation: Any = WithUserPool(
        deployment.clients.cloudformation, str(made["UserPool"]["Id"])
    )
    return replace(deployment.clients, cloudformation=cloudformation), made["UserPool"]["Id"]


def test_a_stack_goes_with_every_version_of_every_object(deploy: Deploy) -> None:
    deployment = deploy()
    deployment.clients.s3.put_bucket_versioning(
        Bucket=deployment.bucket.name, VersioningConfiguration={"Status": "Enabled"}
    )
    fill(deployment)
    said = destroy_it(deployment.clients)
    assert buckets(deployment.clients) == []
    assert find_stack(deployment.clients.cloudformation, NAME) is None
    assert f"emptied {deployment.bucket.name}: 4 objects" in said
    assert said[-1] == "Gallery: DELETE_COMPLETE"


def test_a_stack_that_is_gone_is_no_error(deploy: Deploy) -> None:
    deployment = deploy()
    destroy_it(deployment.clients)
    assert destroy_it(deployment.clients) == ["us-east-1 has no stack Gallery"]


@pytest.mark.parametrize("typed", ["", "yes", "gallery", "Gallery2"])
def test_nothing_is_deleted_unless_the_name_is_typed(deploy: Deploy, typed: str) -> None:
    deployment = deploy()
    fill(deployment)
    with pytest.raises(NotConfirmedError):
        destroy_it(deployment.clients, typed=typed)
    assert deployment.objects() == ["b"]


def test_a_stack_of_another_template_is_never_deleted(clients: Clients) -> None:
    body = json.dumps({"Description": "Payroll", "Resources": {"B": {"Type": "AWS::S3::Bucket"}}})
    clients.cloudformation.create_stack(StackName=NAME, TemplateBody=body)
    with pytest.raises(NotAGalleryError):
        destroy_it(clients)


def test_termination_protection_is_respected(deploy: Deploy) -> None:
    deployment = deploy(protected=True)
    fill(deployment)
    with pytest.raises(StackProtectedError):
        destroy_it(deployment.clients)
    assert deployment.objects() == ["b"]


def test_protected_users_are_deleted_only_where_that_is_asked_for(deploy: Deploy) -> None:
    deployment = deploy()
    fill(deployment)
    clients, pool = with_pool(deployment, "ACTIVE")
    with pytest.raises(UsersProtectedError, match="DELETE_USERS=yes"):
        destroy_it(clients)
    assert deployment.objects() == ["b"]
    with pytest.raises(NotConfirmedError):
        destroy_it(clients, delete_users=True, typed="")
    found = clients.cognito_idp.describe_user_pool(UserPoolId=pool)["UserPool"]
    assert found["DeletionProtection"] == "ACTIVE"
    destroy_it(clients, delete_users=True)
    found = clients.cognito_idp.describe_user_pool(UserPoolId=pool)["UserPool"]
    assert found["DeletionProtection"] == "INACTIVE"


def test_users_without_protection_are_named_before_they_go(deploy: Deploy) -> None:
    clients, pool = with_pool(deploy(), "INACTIVE")
    said = destroy_it(clients)
    assert f"  AWS::Cognito::UserPool {pool}, with everything in it" in said


def test_a_retained_bucket_is_not_emptied(deploy: Deploy) -> None:
    deployment = deploy(bucket={"DeletionPolicy": "Retain"})
    fill(deployment)
    said = destroy_it(deployment.clients)
    assert not [line for line in said if "emptied" in line]


class Stubborn:
    """CloudFormation that fails to delete so many times: a bucket got an object late."""

    def __init__(self, deployment: Deployment, failures: int) -> None:
        self._client: Any = deployment.clients.cloudformation
        self._failures, self._deployment, self._has_failed = failures, deployment, False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def delete_stack(self, **request: str) -> None:
        self._has_failed = self._failures > 0
        self._failures -= 1
        if self._has_failed:
            bucket = self._deployment.bucket.name
            self._deployment.clients.s3.put_object(Bucket=bucket, Key="late.log", Body=b"")
        else:
            self._client.delete_stack(**request)

    def describe_stacks(self, **request: str) -> Any:
        answer = self._client.describe_stacks(**request)
        if self._has_failed:
            answer["Stacks"][0]["StackStatus"] = "DELETE_FAILED"
        return answer


def test_a_bucket_that_got_late_objects_is_emptied_again(deploy: Deploy) -> None:
    deployment = deploy()
    stubborn: Any = Stubborn(deployment, failures=2)
    destroy_it(replace(deployment.clients, cloudformation=stubborn))
    assert buckets(deployment.clients) == []


def test_a_deletion_that_fails_for_good_says_so_and_can_be_run_again(deploy: Deploy) -> None:
    deployment = deploy()
    stubborn: Any = Stubborn(deployment, failures=3)
    with pytest.raises(DeletionFailedError):
        destroy_it(replace(deployment.clients, cloudformation=stubborn))
    destroy_it(deployment.clients)
    assert buckets(deployment.clients) == []


def test_an_interruption_after_the_emptying_is_no_harm(deploy: Deploy) -> None:
    deployment = deploy()
    fill(deployment)

    def stop(operation: str, request: dict[str, Any]) -> None:
        if operation == "delete_stack":
            raise KeyboardInterrupt

    stopped: Any = Proxy(deployment.clients.cloudformation, stop)
    with pytest.raises(KeyboardInterrupt):
        destroy_it(replace(deployment.clients, cloudformation=stopped))
    destroy_it(deployment.clients)
    assert buckets(deployment.clients) == []


class WithRetained(WithUserPool):
    """CloudFormation that remembers having kept the user pool of a deleted stack."""

    def paginate(self, **request: str) -> list[Any]:
        pages = super().paginate(**request)
        pages[0]["StackResourceSummaries"][-1]["ResourceStatus"] = "DELETE_SKIPPED"
        return pages


def test_what_remains_is_listed_with_who_keeps_it(deploy: Deploy) -> None:
    deployment = deploy()
    clients = deployment.clients
    destroy_it(clients)
    assert leftovers(clients, NAME) == []
    clients.logs.create_log_group(logGroupName="/aws/lambda/Gallery-PreSignUpFunction-1")
    clients.logs.create_log_group(logGroupName="/aws/lambda/Other-PreSignUpFunction-1")
    for owner in (NAME, "Gallery2"):
        clients.secretsmanager.create_secret(
            Name=f"ProviderKeys-{owner}",
            Description=f"API keys of Alchemy and Moralis for {owner}",
            SecretString="{}",
        )
        clients.secretsmanager.delete_secret(SecretId=f"ProviderKeys-{owner}")
    body = {
        "Resources": {"B": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "sam-1"}}},
        "Outputs": {"SourceBucket": {"Value": {"Ref": "B"}}},
    }
    clients.cloudformation.create_stack(
        StackName="aws-sam-cli-managed-default", TemplateBody=json.dumps(body)
    )
    remembering: Any = WithRetained(clients.cloudformation, "us-east-1_Wallets01")
    assert leftovers(replace(clients, cloudformation=remembering), NAME) == [
        "AWS::Cognito::UserPool us-east-1_Wallets01 (retained)",
        "log group /aws/lambda/Gallery-PreSignUpFunction-1",
        "secret ProviderKeys-Gallery (deleted for good after its recovery window)",
        "SAM's stack aws-sam-cli-managed-default with the bucket sam-1"
        " (all your SAM stacks share it)",
    ]
