"""The wallets' bucket: off by default, and each wallet's prefix its own.

The example of docs/wallet-storage.md runs against moto's S3. Each of its calls is first decided by
the role the template gives the caller, as local.iam reads it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
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
def example(root: Path) -> SimpleNamespace:
    """The functions of the page's one Python block."""
    page = (root / "docs" / "wallet-storage.md").read_text()
    (block,) = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    functions: dict[str, Any] = {}
    exec(block, functions)  # noqa: S102
    return SimpleNamespace(**functions)


def role_of(stack: StackTemplate, logical_id: str) -> Role:
    role = by_id(stack, logical_id)
    policies = tuple(policy["PolicyDocument"] for policy in role.properties["Policies"])
    return Role(role.physical_id, role.arn, role.properties["AssumeRolePolicyDocument"], policies)


@dataclass
class Wallet:
    """An S3 client as the example makes it, and whose credentials it has."""

    s3: Any
    identity_id: str
    role: Role

    def __post_init__(self) -> None:
        self.s3.meta.events.register("provide-client-params.s3", self.decide)

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


def wallet(example: SimpleNamespace, stack: StackTemplate, role: str = AUTHORIZED) -> Wallet:
    """Somebody new: moto's identity pool gives each caller an identity id of their own."""
    config = json.loads(stack.outputs["DappConfig"])
    identity_pool = example.identity_pool_client(config)
    made = boto3.client("cognito-identity", region_name=config["region"]).create_identity_pool(
        IdentityPoolName="gallery", AllowUnauthenticatedIdentities=True
    )
    config["identityPoolId"] = made["IdentityPoolId"]
    identity_id, s3 = example.storage(identity_pool, config, "token")
    return Wallet(s3, identity_id, role_of(stack, role))


def test_is_off_by_default(stack: StackTemplate) -> None:
    assert [r.logical_id for r in stack.of_type("AWS::S3::Bucket")] == ["DappBucket"]
    assert "s3:" not in str([statements_of(stack, role) for role in (AUTHORIZED, GUEST)])
    assert "WalletBucketName" not in stack.outputs


def test_the_example_keeps_a_wallets_objects(
    example: SimpleNamespace, storing: StackTemplate, bucket: str
) -> None:
    alice = wallet(example, storing)
    mine = (alice.s3, bucket, alice.identity_id)
    assert storing.outputs["WalletBucketName"] == bucket
    example.save(*mine, "gallery.json", b"[1]")
    example.save(*mine, "gallery.json", b"[2]")
    assert example.load(*mine, "gallery.json") == b"[2]"
    assert example.names(*mine) == ["gallery.json"]
    example.delete(*mine, "gallery.json")
    assert example.names(*mine) == []


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
    example: SimpleNamespace, storing: StackTemplate, bucket: str, role: str
) -> None:
    alice, stranger = wallet(example, storing), wallet(example, storing, role)
    example.save(alice.s3, bucket, alice.identity_id, "gallery.json", b"[1]")
    for operation, parameters in attempts_on(bucket, alice.identity_id):
        with pytest.raises(ClientError, match="AccessDenied"):
            getattr(stranger.s3, operation)(**parameters)
    assert example.load(alice.s3, bucket, alice.identity_id, "gallery.json") == b"[1]"


def test_a_guest_has_no_prefix_either(
    example: SimpleNamespace, storing: StackTemplate, bucket: str
) -> None:
    guest = wallet(example, storing, GUEST)
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
