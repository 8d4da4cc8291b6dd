"""What a pipeline may do in an account, and what it may not: deploy/bootstrap.yaml, tried out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fnmatch import fnmatch
from itertools import product
from pathlib import Path
from typing import Any

import cfnlint  # type: ignore[import-untyped]
import pytest

from local.iam.policy import Role, is_allowed, may_assume
from local.template.resource_types import Place
from local.template.stack_template import StackTemplate, load_stack_template
from scan.documents import Document, policies_of, read_document
from scan.templates import GALLERY, ZONE
from tests.contract.account import actions_of, requests_to
from tests.contract.conftest import CANARIES, MONITORING, ROOT, monitoring_of
from tests.contract.test_least_privilege import ALLOWED_WITH_EVERYTHING, EVERYTHING_BUT_THE_ACCOUNTS

ACCOUNT, REGION, STACK = "123456789012", "us-east-1", "gallery-test"
GITHUB = "token.actions.githubusercontent.com"
PROVIDER = f"arn:aws:iam::{ACCOUNT}:oidc-provider/{GITHUB}"
SUBJECT = "repo:owner/gallery:environment:test"
BOUNDARY = f"arn:aws:iam::{ACCOUNT}:policy/{STACK}.boundary"
STACK_NAME = "aws:ResourceTag/aws:cloudformation:stack-name"
SITE_TAG = "aws:ResourceTag/nft-gallery:stack"
GIVEN = {
    "StackName": STACK,
    "Environment": "test",
    "GitHubRepository": "owner/gallery",
    "HostedZoneId": ZONE,
}


@pytest.fixture(scope="module")
def bootstrap() -> Document:
    return read_document(ROOT / "deploy" / "bootstrap.yaml", GIVEN)


@pytest.fixture(scope="module")
def pipeline(bootstrap: Document) -> Role:
    return role(bootstrap, "PipelineRole", "DeployPolicy")


@pytest.fixture(scope="module")
def cloudformation(bootstrap: Document) -> Role:
    return role(bootstrap, "ExecutionRole", "OptionsPolicy")


def role(bootstrap: Document, name: str, *managed: str) -> Role:
    documents = [d for each in (name, *managed) for d in policies_of(bootstrap.access[each])]
    trust = bootstrap.access[name]["AssumeRolePolicyDocument"]
    return Role(name, f"arn:aws:iam::{ACCOUNT}:role/{name}", trust, tuple(documents))


def stack_called(name: str, account: str = ACCOUNT, region: str = REGION) -> StackTemplate:
    place = Place(region, account, name, "d111111abcdef8.cloudfront.net")
    given = {**CANARIES, **EVERYTHING_BUT_THE_ACCOUNTS}
    return load_stack_template(ROOT / "template.yaml", given, place)


def both_called(name: str, account: str = ACCOUNT) -> tuple[StackTemplate, StackTemplate]:
    """A gallery and the stack of its alarms."""
    gallery = stack_called(name, account)
    return gallery, monitoring_of(gallery, AlarmEmail="ops@gallery.example")


def may(role: Role, action: str, arn: str, **context: str) -> bool:
    return is_allowed(role, action=action, resource=arn, context=context)


# ---- who may become the pipeline ----


def tokens() -> Iterator[dict[str, str]]:
    subjects = (
        SUBJECT,
        "repo:owner/gallery:environment:prod",
        "repo:owner/gallery:ref:refs/heads/main",
        "repo:owner/gallery:pull_request",
        "repo:other/gallery:environment:test",
        "repo:owner/gallery-2:environment:test",
        f"{SUBJECT}-2",
        SUBJECT.upper(),
        None,
    )
    audiences = ("sts.amazonaws.com", "https://github.com/owner", "", None)
    for subject, audience in product(subjects, audiences):
        claims = {f"{GITHUB}:sub": subject, f"{GITHUB}:aud": audience}
        yield {key: value for key, value in claims.items() if value is not None}


def test_jobs_of_one_environment_of_one_repository_only_become_the_pipeline(
    pipeline: Role,
) -> None:
    right = {f"{GITHUB}:sub": SUBJECT, f"{GITHUB}:aud": "sts.amazonaws.com"}
    others = (GITHUB, "cognito-identity.amazonaws.com", PROVIDER.replace(ACCOUNT, "210987654321"))
    for token in tokens():
        assert may_assume(pipeline, principal_federated=PROVIDER, context=token) is (token == right)
        for other in others:
            assert not may_assume(pipeline, principal_federated=other, context=token)


def test_trust_compares_each_claim_as_a_whole_and_refuses_its_absence(pipeline: Role) -> None:
    (statement,) = pipeline.trust_policy["Statement"]
    assert statement["Condition"] == {
        "StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com", f"{GITHUB}:sub": SUBJECT}
    }


def test_cloudformation_only_becomes_the_execution_role(cloudformation: Role) -> None:
    (statement,) = cloudformation.trust_policy["Statement"]
    assert statement["Principal"] == {"Service": "cloudformation.amazonaws.com"}
    assert statement["Action"] == "sts:AssumeRole"


def test_without_a_repository_there_is_no_role_for_github() -> None:
    given = {"StackName": STACK, "CreateOidcProvider": "false"}
    bootstrap = read_document(ROOT / "deploy" / "bootstrap.yaml", given)
    assert "PipelineRole" not in bootstrap.deployed["Resources"]
    assert "OidcProvider" not in bootstrap.deployed["Resources"]


# ---- what the pipeline may do ----

DEPLOYS = {f"cloudformation:{name}" for name in ("CreateChangeSet", "ExecuteChangeSet")}


@pytest.mark.parametrize("name", [STACK, f"{STACK}-monitoring", f"{STACK}-pr-7"])
def test_the_pipeline_deploys_its_stacks_and_previews_of_them(pipeline: Role, name: str) -> None:
    arn = f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{name}/1f2e"
    assert all(may(pipeline, action, arn) for action in DEPLOYS)


@pytest.mark.parametrize(
    "arn",
    [
        f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/gallery-prod/1f2e",
        f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/gallery/1f2e",
        f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/gallery-test2/1f2e",
        f"arn:aws:cloudformation:{REGION}:210987654321:stack/{STACK}/1f2e",
        f"arn:aws:cloudformation:eu-west-1:{ACCOUNT}:stack/{STACK}/1f2e",
    ],
)
def test_the_pipeline_touches_no_other_stack(pipeline: Role, arn: str) -> None:
    found = {action for action in actions_of("cloudformation") if may(pipeline, action, arn)}
    assert found == {"cloudformation:ListStacks"}  # knows no stack; lists names and states


def test_the_pipeline_passes_one_role_to_one_service_and_may_do_nothing_else_with_iam(
    pipeline: Role,
) -> None:
    own = f"arn:aws:iam::{ACCOUNT}:role/{STACK}.cloudformation"
    iam = {"iam:PassRole", *actions_of("iam")}
    service = {"iam:PassedToService": "cloudformation.amazonaws.com"}
    assert {a for a in iam if may(pipeline, a, own, **service)} == {"iam:PassRole"}
    assert not may(pipeline, "iam:PassRole", own, **{"iam:PassedToService": "lambda.amazonaws.com"})
    for other in (f"{STACK}.pipeline", f"{STACK}-TriggerRole-1", "Administrator"):
        arn = f"arn:aws:iam::{ACCOUNT}:role/{other}"
        assert not [a for a in iam if may(pipeline, a, arn, **service)]


SITE = {
    *product(
        ("s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetObject", "s3:PutObject"),
        ["DappBucket/object"],
    ),
    # an asterisk in a bucket's name does not end at the slash; S3 asks these of the bucket only
    *product(
        ("s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketVersions"),
        ["DappBucket", "DappBucket/object"],
    ),
    *product(("cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"), ["Distribution"]),
}
SMOKE = {(f"cognito-idp:{name}", "UserPool") for name in ("AdminDeleteUser", "DescribeUserPool")}
TELLS_WHAT_REMAINS = {"logs:DescribeLogGroups", "secretsmanager:ListSecrets"}


def test_of_the_stacks_resources_the_pipeline_reaches_the_site_and_the_smoke_tests_user(
    pipeline: Role,
) -> None:
    for name in (STACK, f"{STACK}-pr-7"):
        asked = requests_to(*both_called(name))
        tags = {STACK_NAME: name, SITE_TAG: name}
        found = {(a, what) for a, arn, what in asked if may(pipeline, a, arn, **tags)}
        assert {item for item in found if item[0] not in TELLS_WHAT_REMAINS} == SITE | SMOKE


def test_of_other_accounts_the_pipeline_reaches_nothing_but_a_name(pipeline: Role) -> None:
    asked = requests_to(*both_called(STACK, account="210987654321"))
    found = {
        what
        for action, arn, what in asked
        if action not in TELLS_WHAT_REMAINS and may(pipeline, action, arn)
    }
    assert found == {"DappBucket", "DappBucket/object"}  # a bucket's ARN tells no account


# ---- what CloudFormation may do for it ----


@pytest.fixture(scope="module")
def handlers() -> dict[str, set[str]]:
    """Actions CloudFormation takes for each resource type, by its own schemas in cfn-lint."""
    folder = Path(cfnlint.__file__).parent / "data" / "schemas"
    names = json.loads((folder / "providers" / f"{REGION}.json").read_text())
    templates = [(ROOT / "template.yaml", CANARIES), (MONITORING, GALLERY)]
    documents = [read_document(path, given) for path, given in templates]
    found = {}
    for kind in {r["Type"] for d in documents for r in d.transformed["Resources"].values()}:
        schema = json.loads((folder / "resources" / f"{names[kind]}.json").read_text())
        events = schema.get("handlers", {}).values()
        found[kind] = {action for event in events for action in event["permissions"]}
    return found


# Handlers ask for these too: for properties the template lacks, or to list all of an account.
FOR_OTHER_USES = (
    *(
        "dynamodb:*Item",
        "dynamodb:*TableReplica",
        "dynamodb:DescribeImport",
        "dynamodb:ImportTable",
    ),
    *("dynamodb:*KinesisStreamingDestination", "dynamodb:PutResourcePolicy", "dynamodb:Query"),
    *("dynamodb:DeleteResourcePolicy", "dynamodb:Scan", "dynamodb:UpdateContinuousBackups"),
    *(
        "dynamodb:UpdateContributorInsights",
        "kinesis:*",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
    ),
    *("logs:DescribeLogStreams", "s3:GetObject", "s3:GetObjectMetadata"),
    *("*:List*", "cloudfront:*ConnectionGroup", "cloudfront:GetVpcOrigin", "cognito-sync:*"),
    *("cloudfront:CreateDistributionWithTags", "cloudfront:UpdateDistributionWithStagingConfig"),
    *("ec2:*", "elasticfilesystem:*", "firehose:*", "kms:*", "s3files:*", "s3tables:*"),
    *("apigateway:UpdateRestApiPolicy", "iam:CreateServiceLinkedRole", "iam:*tachRolePolicy"),
    *("iam:*GroupPolicy", "iam:*UserPolicy", "iam:DescribeOrganization"),
    *("amplify:*", "apprunner:*", "appsync:*", "bedrock-agentcore:*", "elasticloadbalancing:*"),
    *("payments:*", "sns:PutDataProtectionPolicy", "wafv2:*PermissionPolicy", "wafv2:listWebACLs"),
    *("iam:DeleteRolePermissionsBoundary", "lambda:*CodeSigningConfig", "lambda:*Scaling*"),
    *("lambda:AssociateRuntimeAlias", "lambda:GetLayerVersion", "lambda:PassCapacityProvider"),
    *("lambda:PublishVersion", "lambda:PutFunctionRecursionConfig"),
    *("lambda:PutRuntimeManagementConfig", "logs:*IndexPolic*", "logs:*KmsKey"),
    *("logs:*BearerTokenAuthentication", "logs:*DataProtectionPolicy", "logs:UpdateLogDelivery"),
    *("logs:*LogGroupDeletionProtection", "logs:DeleteResourcePolicy", "s3:*Abac", "s3:*Metadata*"),
    *("s3:*Acl", "s3:Delete*", "s3:GetObjectVersion", "s3:PutA*"),
    *("s3:PutBucketLogging", "s3:PutBucketNotification", "s3:PutBucketObjectLock*"),
    *("s3:PutBucketReplication", "s3:PutBucketWebsite"),
    *("s3:PutIn*", "s3:PutMetrics*", "s3:PutObjectLock*"),
    *("s3:PutReplication*", "s3:REST.PUT.OBJECT", "secretsmanager:*Replicat*"),
)


def actions_in(role: Role) -> set[str]:
    statements = [s for policy in role.policies for s in policy["Statement"]]
    given = [s["Action"] if isinstance(s["Action"], list) else [s["Action"]] for s in statements]
    return {action for actions in given for action in actions}


def test_the_execution_role_can_make_every_resource_of_the_stack(
    cloudformation: Role, handlers: dict[str, set[str]]
) -> None:
    granted = actions_in(cloudformation)
    lacking = {
        action
        for actions in handlers.values()
        for action in actions - granted
        if not any(fnmatch(action, pattern) for pattern in FOR_OTHER_USES)
    }
    assert lacking == set()


def test_the_execution_role_has_no_action_that_making_the_stack_does_not_take(
    cloudformation: Role, handlers: dict[str, set[str]]
) -> None:
    taken = {action for actions in handlers.values() for action in actions}
    assert actions_in(cloudformation) - taken == {"cloudformation:CreateChangeSet"}


def test_the_execution_role_makes_no_role_without_the_boundary(cloudformation: Role) -> None:
    own = f"arn:aws:iam::{ACCOUNT}:role/{STACK}-TriggerRole-1"
    for action in ("iam:CreateRole", "iam:PutRolePolicy", "iam:PutRolePermissionsBoundary"):
        assert may(cloudformation, action, own, **{"iam:PermissionsBoundary": BOUNDARY})
        assert not may(cloudformation, action, own)
        other = BOUNDARY.replace("boundary", "deploy")
        assert not may(cloudformation, action, own, **{"iam:PermissionsBoundary": other})


@pytest.mark.parametrize(
    "arn",
    [
        *(f"arn:aws:iam::{ACCOUNT}:role/{STACK}.{name}" for name in ("pipeline", "cloudformation")),
        *(f"arn:aws:iam::{ACCOUNT}:policy/{STACK}.{name}" for name in ("deploy", "boundary")),
        f"arn:aws:iam::{ACCOUNT}:role/gallery-prod-TriggerRole-1",
        f"arn:aws:iam::{ACCOUNT}:role/Administrator",
        f"arn:aws:iam::{ACCOUNT}:user/somebody",
        f"arn:aws:s3:::packages-{STACK}-{ACCOUNT}",
        PROVIDER,
    ],
)
def test_the_execution_role_changes_neither_its_own_limits_nor_anybody_else(
    cloudformation: Role, arn: str
) -> None:
    context = {"iam:PermissionsBoundary": BOUNDARY, "iam:PassedToService": "lambda.amazonaws.com"}
    for action in {"iam:PassRole", *actions_of("iam"), *actions_of("s3")}:
        assert not may(cloudformation, action, arn, **context), action


# ---- what bounds the roles of the stack ----


def test_the_boundary_lets_every_role_of_the_stack_do_what_it_may(bootstrap: Document) -> None:
    boundary = Role(
        "boundary",
        BOUNDARY,
        {"Version": "2012-10-17", "Statement": []},
        tuple(policies_of(bootstrap.access["Boundary"])),
    )
    wanted = set().union(*ALLOWED_WITH_EVERYTHING.values())
    for name in (STACK, f"{STACK}-pr-7"):
        asked = requests_to(*both_called(name))
        tag = {STACK_NAME: name}
        bounded = {(a, what) for a, arn, what in asked if may(boundary, a, arn, **tag)}
        assert wanted - bounded == set()
        more = {action for action, _ in bounded} - {action for action, _ in wanted}
        assert more == {"s3:ListBucket"}  # of a wallet's own prefix, which these requests lack


def test_every_role_of_the_stack_takes_the_boundary() -> None:
    place = Place(REGION, ACCOUNT, STACK, "d111111abcdef8.cloudfront.net")
    given = {**CANARIES, **EVERYTHING_BUT_THE_ACCOUNTS, "PermissionsBoundary": BOUNDARY}
    bounded = load_stack_template(ROOT / "template.yaml", given, place)
    roles = bounded.of_type("AWS::IAM::Role")
    assert {r.properties.get("PermissionsBoundary") for r in roles} == {BOUNDARY}
    unbounded = stack_called(STACK).of_type("AWS::IAM::Role")
    assert not [r for r in unbounded if "PermissionsBoundary" in r.properties]


def test_policies_fit_into_what_iam_keeps() -> None:
    def size(document: Any) -> int:
        return len(json.dumps(document, separators=(",", ":")))

    longest = {**GIVEN, "StackName": "s" * 40, "DomainNames": "gallery.example,api.gallery.example"}
    bootstrap = read_document(ROOT / "deploy" / "bootstrap.yaml", longest)
    for name, properties in bootstrap.access.items():
        documents = policies_of(properties)
        # a managed policy has 6,144 characters, all inline policies of a role 10,240
        limit = 10240 if name == "ExecutionRole" else 6144
        assert sum(map(size, documents)) < limit, name
