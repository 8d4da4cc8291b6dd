"""The wallets' bucket: off by default, and each wallet's prefix its own.

examples/s3-uploads runs against moto's S3. Each of its calls is first decided by the role the
template gives the caller, as local.iam reads it.
"""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from local.iam.policy import COGNITO_IDENTITY, Role, is_allowed
from local.template.stack_template import StackTemplate
from tests.contract.conftest import deployed_with
from tests.contract.reading import by_id, statements_of

NUMBERS = count(1)
AUTHORIZED, GUEST = "CognitoAuthorizedRole", "CognitoUnAuthorizedRole"
ACTIONS = {
    "GetObject": "s3:GetObject",
    "PutObject": "s3:PutObject",
    "DeleteObject": "s3:DeleteObject",
    "ListObjectsV2": "s3:ListBucket",
}


@pytest.fixture(scope="module")
def storing() -> StackTemplate:
    return deployed_with(WalletStorage="on")


@pytest.fixture(scope="module")
def own_objects(root: Path) -> Any:
    """The class of the example, whose folder is no package."""
    file = root / "examples" / "s3-uploads" / "uploads.py"
    return runpy.run_path(str(file))["OwnObjects"]


def role_of(stack: StackTemplate, logical_id: str) -> Role:
    role = by_id(stack, logical_id)
    policies = tuple(policy["PolicyDocument"] for policy in role.properties["Policies"])
    return Role(role.physical_id, role.arn, role.properties["AssumeRolePolicyDocument"], policies)


class Wallet:
    """What the example asks a session for, with the credentials of somebody new."""

    def __init__(self, stack: StackTemplate, role: str = AUTHORIZED) -> None:
        self.identity_id = f"us-east-1:00000000-0000-4000-8000-{next(NUMBERS):012}"
        self.role = role_of(stack, role)
        self.s3 = boto3.client("s3", region_name="us-east-1")
        self.s3.meta.events.register("provide-client-params.s3", self.decide)

    def boto3(self) -> SimpleNamespace:
        return SimpleNamespace(client=lambda _: self.s3)

    def credentials(self) -> SimpleNamespace:
        return SimpleNamespace(identity_id=self.identity_id)

    def decide(self, params: dict[str, Any], model: Any, **_: object) -> None:
        bucket = f"arn:aws:s3:::{params['Bucket']}"
        context: dict[str, str | list[str]] = {f"{COGNITO_IDENTITY}:sub": self.identity_id}
        if "Prefix" in params:
            context["s3:prefix"] = params["Prefix"]
        resource = f"{bucket}/{params['Key']}" if "Key" in params else bucket
        action = ACTIONS[model.name]
        if not is_allowed(self.role, action=action, resource=resource, context=context):
            raise ClientError({"Error": {"Code": "AccessDenied"}}, model.name)


@pytest.fixture
def bucket(storing: StackTemplate) -> Iterator[str]:
    with mock_aws():
        name = by_id(storing, "WalletBucket").physical_id
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket=name)
        yield name


def test_is_off_by_default(stack: StackTemplate) -> None:
    assert [r.logical_id for r in stack.of_type("AWS::S3::Bucket")] == ["DappBucket"]
    assert "s3:" not in str([statements_of(stack, role) for role in (AUTHORIZED, GUEST)])
    assert "WalletBucketName" not in stack.outputs


def test_the_example_keeps_a_wallets_objects(
    own_objects: Any, storing: StackTemplate, bucket: str
) -> None:
    assert storing.outputs["WalletBucketName"] == bucket
    own = own_objects(Wallet(storing), bucket)
    own.save("gallery.json", b"[1]")
    own.save("gallery.json", b"[2]")
    assert own.load("gallery.json") == b"[2]"
    assert own.names() == ["gallery.json"]
    own.delete("gallery.json")
    assert own.names() == []


def attempts_on(bucket: str, owner: str) -> list[tuple[str, dict[str, str]]]:
    """What somebody else may try on a wallet's objects: operations of S3 and their parameters."""
    key = f"private/{owner}/gallery.json"
    return [
        ("get_object", {"Bucket": bucket, "Key": key}),
        ("put_object", {"Bucket": bucket, "Key": key, "Body": "[]"}),
        ("delete_object", {"Bucket": bucket, "Key": key}),
        ("put_object", {"Bucket": bucket, "Key": f"private/{owner}"}),
        ("put_object", {"Bucket": bucket, "Key": "index.html"}),
        ("list_objects_v2", {"Bucket": bucket, "Prefix": f"private/{owner}/"}),
        ("list_objects_v2", {"Bucket": bucket, "Prefix": "private/"}),
        ("list_objects_v2", {"Bucket": bucket, "Prefix": ""}),
        ("list_objects_v2", {"Bucket": bucket}),
        ("get_object", {"Bucket": "another-bucket", "Key": key}),
    ]


@pytest.mark.parametrize("role", [AUTHORIZED, GUEST])
def test_nobody_else_touches_a_wallets_objects(
    own_objects: Any, storing: StackTemplate, bucket: str, role: str
) -> None:
    alice, stranger = Wallet(storing), Wallet(storing, role)
    own = own_objects(alice, bucket)
    own.save("gallery.json", b"[1]")
    for operation, parameters in attempts_on(bucket, alice.identity_id):
        with pytest.raises(ClientError, match="AccessDenied"):
            getattr(stranger.s3, operation)(**parameters)
    assert own.load("gallery.json") == b"[1]"


def test_a_guest_has_no_prefix_either(storing: StackTemplate, bucket: str) -> None:
    guest = Wallet(storing, GUEST)
    for operation, parameters in attempts_on(bucket, guest.identity_id):
        with pytest.raises(ClientError, match="AccessDenied"):
            getattr(guest.s3, operation)(**parameters)


def test_the_prefix_is_all_the_switch_adds(stack: StackTemplate, storing: StackTemplate) -> None:
    arn = by_id(storing, "WalletBucket").arn
    own = f"private/${{{COGNITO_IDENTITY}:sub}}/*"
    assert statements_of(storing, GUEST) == statements_of(stack, GUEST)
    before = statements_of(stack, AUTHORIZED)
    after = statements_of(storing, AUTHORIZED)
    assert [statement for statement in after if statement in before] == before
    assert [statement for statement in after if statement not in before] == [
        {
            "Effect": "Allow",
            "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
            "Resource": f"{arn}/{own}",
        },
        {
            "Effect": "Allow",
            "Action": "s3:ListBucket",
            "Resource": arn,
            "Condition": {"StringLike": {"s3:prefix": own}},
        },
    ]


def test_the_bucket_is_private_encrypted_tls_only_and_forgets(storing: StackTemplate) -> None:
    bucket = by_id(storing, "WalletBucket")
    dapp = by_id(storing, "DappBucket").properties
    for name in ("BucketEncryption", "OwnershipControls", "PublicAccessBlockConfiguration"):
        assert bucket.properties[name] == dapp[name]
    assert bucket.properties["VersioningConfiguration"] == {"Status": "Enabled"}
    (rule,) = bucket.properties["LifecycleConfiguration"]["Rules"]
    assert rule["NoncurrentVersionExpiration"] == {"NoncurrentDays": 30}
    assert rule["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}
    policy = by_id(storing, "WalletBucketPolicy").properties
    (deny,) = policy["PolicyDocument"]["Statement"]
    assert (policy["Bucket"], deny["Effect"], deny["Principal"]) == (
        bucket.physical_id,
        "Deny",
        "*",
    )
    assert set(deny["Resource"]) == {bucket.arn, f"{bucket.arn}/*"}
    assert deny["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_what_wallets_stored_outlives_the_stack(document: dict[str, Any]) -> None:
    bucket = document["Resources"]["WalletBucket"]
    assert (bucket["DeletionPolicy"], bucket["UpdateReplacePolicy"]) == ("Retain", "Retain")


@pytest.mark.parametrize(
    ("given", "origins"),
    [
        ("", ["https://d111111abcdef8.cloudfront.net"]),
        ("https://a.example,https://b.example", ["https://a.example", "https://b.example"]),
    ],
)
def test_pages_of_the_allowed_origins_may_call_the_bucket(given: str, origins: list[str]) -> None:
    stack = deployed_with(WalletStorage="on", AllowedOrigins=given)
    (rule,) = by_id(stack, "WalletBucket").properties["CorsConfiguration"]["CorsRules"]
    assert rule["AllowedOrigins"] == origins
    assert "*" not in rule["AllowedHeaders"]


def test_the_page_shows_the_policy_of_the_template(root: Path) -> None:
    page = (root / "docs" / "wallet-storage.md").read_text()
    (shown,) = re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    flat = " ".join(shown.split())
    assert flat in " ".join((root / "template.yaml").read_text().split())


def test_the_page_shows_the_class_of_the_example(root: Path) -> None:
    page = (root / "docs" / "wallet-storage.md").read_text()
    (shown,) = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert shown in (root / "examples" / "s3-uploads" / "uploads.py").read_text()
