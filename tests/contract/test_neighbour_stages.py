"""Stages share an account and stay apart: each role of one is tried on all there is of another.

Reasons are from AWS's Service Authorization Reference:
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import cfnlint  # type: ignore[import-untyped]
import pytest

from local.iam.policy import Role, is_allowed
from local.template.stack_template import Resource, StackTemplate
from scan.documents import Document, policies_of, read_document
from tests.contract.account import things_of
from tests.contract.conftest import ROOT
from tests.contract.test_bootstrap import (
    ACCOUNT,
    BOUNDARY,
    GIVEN,
    REGION,
    STACK,
    actions_in,
    both_called,
    role,
)

type Thing = tuple[str, str, dict[str, str]]
"""A name, an ARN and what AWS tells of it when somebody asks for it."""

ROLES = {
    "PipelineRole": ("DeployPolicy",),
    "ExecutionRole": ("OptionsPolicy",),
    "Boundary": (),
}
OWN_TAG, SYSTEM_TAG = "nft-gallery:stack", "aws:cloudformation:stack-name"
RECORD_NAMES = "route53:ChangeResourceRecordSetsNormalizedRecordNames"
DOMAINS_OF_THE_STAGE = "gallery-test.example,api.gallery-test.example"
NEIGHBOURS = ("gallery-prod", "gallery-test2", "gallery")

# Actions that take no resource at all: whoever may do them may name nothing less than everything.
KNOWS_NO_RESOURCE: dict[str, dict[str, str]] = {
    "PipelineRole": {
        "cloudformation:ListStacks": "lists names and states",
        "logs:DescribeLogGroups": "lists names and sizes",
        "secretsmanager:ListSecrets": "lists names and descriptions, no value",
    },
    "ExecutionRole": {
        "cloudfront:CreateOriginAccessControl": "makes a new one",
        "cognito-identity:CreateIdentityPool": "makes a new one",
        "cognito-identity:SetIdentityPoolRoles": "needs iam:PassRole, which has the stack's only",
        "cognito-idp:CreateUserPool": "makes a new one",
        "logs:CreateLogDelivery": "CloudWatch Logs asks for it at deliveries of AWS WAF",
        "logs:DeleteLogDelivery": "CloudWatch Logs asks for it at deliveries of AWS WAF",
        "logs:DescribeIndexPolicies": "reads settings",
        "logs:DescribeLogGroups": "lists names and sizes",
        "logs:DescribeResourcePolicies": "CloudWatch Logs asks for it at deliveries of AWS WAF",
        "logs:PutResourcePolicy": "CloudWatch Logs asks for it at deliveries of AWS WAF",
        "secretsmanager:GetRandomPassword": "reads nothing",
        "sns:Unsubscribe": "knows subscriptions, whose ids are AWS's",
    },
    "Boundary": {
        "xray:PutTelemetryRecords": "writes traces of one's own",
        "xray:PutTraceSegments": "writes traces of one's own",
    },
}
UNTAGGED_PARTS = "CloudFront tags none of these kinds, and their ids are its own"
NEEDS_ANOTHER = "AWS WAF asks for apigateway:SetWebACL or cognito-idp:AssociateWebACL too, refused"
UNTAGGED = {
    *("OriginAccessControl", "PublicCache", "PublicHeaders", "PublicOriginRequest"),
    "SecurityHeaders",
}
# Actions that do reach a neighbour's resource, by role: (action, resource) and why.
REACHED: dict[str, dict[tuple[str, str], str]] = {
    "PipelineRole": {},
    "ExecutionRole": {
        **{
            (f"cloudfront:{action}", "parts of sites"): UNTAGGED_PARTS
            for action in (
                *(f"{verb}OriginAccessControl" for verb in ("Delete", "Get", "Update")),
                *(
                    f"{verb}{kind}Policy"
                    for verb in ("Create", "Delete", "Get", "Update")
                    for kind in ("Cache", "OriginRequest", "ResponseHeaders")
                ),
            )
        },
        **{
            (f"wafv2:{action}", thing): NEEDS_ANOTHER
            for action in ("AssociateWebACL", "DisassociateWebACL", "GetWebACLForResource")
            for thing in ("GalleryApi/stage", "UserPool")
        },
        **{
            (f"route53:{action}", "records"): "a zone is the least that can be read of it"
            for action in ("GetChange", "GetHostedZone", "ListResourceRecordSets")
        },
        (
            "cloudwatch:DescribeAlarms",
            "alarms",
        ): "CloudWatch asks for all of them",
    },
    "Boundary": {
        ("execute-api:Invoke", "GalleryApi GET"): "execute-api knows no tag, and the id is AWS's; "
        "a limit, not a grant: each role's own policy names its API"
    },
}


@pytest.fixture(scope="module")
def bootstrap() -> Document:
    return bootstrap_of(STACK)


def bootstrap_of(name: str) -> Document:
    given = {**GIVEN, "StackName": name, "DomainNames": DOMAINS_OF_THE_STAGE}
    return read_document(ROOT / "deploy" / "bootstrap.yaml", given)


def role_called(bootstrap: Document, name: str) -> Role:
    if name != "Boundary":
        return role(bootstrap, name, *ROLES[name])
    nobody: dict[str, Any] = {"Version": "2012-10-17", "Statement": []}
    return Role(name, BOUNDARY, nobody, tuple(policies_of(bootstrap.access[name])))


@cache
def tagged_by_cloudformation(kind: str) -> bool:
    """Whether CloudFormation puts its own tags on a type, by its schema in cfn-lint."""
    folder = Path(cfnlint.__file__).parent / "data" / "schemas"
    names = json.loads((folder / "providers" / f"{REGION}.json").read_text())
    schema = json.loads((folder / "resources" / f"{names[kind]}.json").read_text())
    return bool(schema.get("tagging", {}).get("cloudFormationSystemTags"))


def told_of(stack: StackTemplate, resource: Resource) -> dict[str, str]:
    name, told = stack.place.stack_name, {}
    if tagged_by_cloudformation(resource.type):
        told[f"aws:ResourceTag/{SYSTEM_TAG}"] = name
    tags = resource.properties.get("Tags", [])
    told |= {f"aws:ResourceTag/{t['Key']}": t["Value"] for t in tags if t["Key"] == OWN_TAG}
    if resource.type == "AWS::Route53::RecordSet":
        told[RECORD_NAMES] = resource.properties["Name"]
    return told


@cache
def things(name: str) -> tuple[Thing, ...]:
    """All there is in the stacks of a stage."""
    return tuple(things_in(*both_called(name)))


def things_in(*stacks: StackTemplate) -> Iterator[Thing]:
    for stack in stacks:
        for name, arn, resource in things_of(stack):
            yield name, arn, told_of(stack, resource)
            if resource.type == "AWS::SecretsManager::Secret":  # as CloudFormation names them
                secret = f"secret:{name}-a1B2c3D4e5F6-Ab12Cd"
                yield name, stack.place.arn("secretsmanager", secret), told_of(stack, resource)
        name = stack.place.stack_name
        yield "stack", f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{name}/1f2e", {}


def things_of_bootstrap(name: str) -> Iterator[Thing]:
    for made in ("pipeline", "cloudformation"):
        yield made, f"arn:aws:iam::{ACCOUNT}:role/{name}.{made}", {}
    for made in ("boundary", "deploy", "options"):
        yield made, f"arn:aws:iam::{ACCOUNT}:policy/{name}.{made}", {}
    secret = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{name}/provider-keys-Ab12Cd"
    yield "keys", secret, {}
    yield "packages", f"arn:aws:s3:::packages-{name}-{ACCOUNT}", {}
    yield "package", f"arn:aws:s3:::packages-{name}-{ACCOUNT}/template", {}


def asked_by(service: str) -> dict[str, str]:
    """The most that whoever asks can say for themselves."""
    return {
        "iam:PassedToService": service,
        "iam:PermissionsBoundary": BOUNDARY,
        f"aws:RequestTag/{OWN_TAG}": STACK,
    }


ASKED = [asked_by(f"{name}.amazonaws.com") for name in ("cloudformation", "lambda")]


def allowed(role: Role, found: Iterable[Thing]) -> set[tuple[str, str]]:
    asked_of = list(found)
    return {
        (action, name)
        for action in actions_in(role)
        for narrow in [only_about(action, role)]
        for name, arn, told in asked_of
        # a route is nothing that another service has an action for, and there are hundreds
        if not arn.startswith("arn:aws:execute-api:") or action.startswith("execute-api:")
        for asked in ASKED
        if is_allowed(narrow, action=action, resource=arn, context={**asked, **told})
    }


def only_about(action: str, role: Role) -> Role:
    """The role without the statements that do not name an action; no action has a wildcard."""
    policies = [
        {**policy, "Statement": [s for s in policy["Statement"] if action in actions_of(s)]}
        for policy in role.policies
    ]
    return replace(role, policies=tuple(p for p in policies if p["Statement"]))


def actions_of(statement: dict[str, Any]) -> list[str]:
    given = statement["Action"]
    return given if isinstance(given, list) else [given]


def kind_of(action: str, thing: str) -> str:
    """Things that one reason is about, by one name."""
    match action.split(":")[0]:
        case "route53":
            return "records"
        case "cloudwatch":
            return "alarms"
        case "cloudfront" if thing in UNTAGGED:
            return "parts of sites"
        case "execute-api":
            return " ".join(thing.split()[0:3:2])
    return thing


@pytest.mark.parametrize("name", ROLES)
@pytest.mark.parametrize("neighbour", NEIGHBOURS)
def test_no_role_of_a_stage_reaches_a_neighbour_but_where_aws_lets_nobody_bound_it(
    bootstrap: Document, neighbour: str, name: str
) -> None:
    tried = role_called(bootstrap, name)
    found = allowed(tried, things(neighbour))
    found |= allowed(tried, things_of_bootstrap(neighbour))
    unnamed = KNOWS_NO_RESOURCE[name]
    reached = {(a, kind_of(a, thing)) for a, thing in found if a not in unnamed}
    assert reached == set(REACHED[name])
    assert {action for action, _ in found} >= set(unnamed)


@pytest.mark.parametrize("name", ROLES)
def test_only_actions_that_know_no_resource_are_allowed_on_all(
    bootstrap: Document, name: str
) -> None:
    statements = [s for p in role_called(bootstrap, name).policies for s in p["Statement"]]
    unbounded = [s for s in statements if s["Resource"] == "*" and "Condition" not in s]
    actions = {action for statement in unbounded for action in actions_of(statement)}
    assert actions == set(KNOWS_NO_RESOURCE[name])


def test_every_exception_has_its_reason() -> None:
    unnamed = [reason for table in KNOWS_NO_RESOURCE.values() for reason in table.values()]
    reached = [reason for table in REACHED.values() for reason in table.values()]
    assert all(len(reason.split()) > 1 for reason in (*unnamed, *reached))


# ---- and the stage's own ----

OWN = {
    "UserPool": "cognito-idp",
    "IdentityPool": "cognito-identity",
    "ProviderKeys": "secretsmanager",
    "CursorKey": "secretsmanager",
    "CloudFrontKey": "secretsmanager",
    "WebhookKeys": "secretsmanager",
    "Distribution": "cloudfront",
    **dict.fromkeys(
        ("GalleryApi", "GalleryApi/stage", "GalleryApi/deployments", "GalleryApi/integration"),
        "apigateway",
    ),
    **dict.fromkeys(("GalleryApi/tags", "ApiDomain", "ApiDomain/mapping"), "apigateway"),
    **dict.fromkeys(("CloudFrontApiKey", "PublicUsagePlan", "PublicUsagePlan/keys"), "apigateway"),
}
PARTS_OF_SITES = {
    *("CachePolicy", "Function", "OriginAccessControl", "OriginRequestPolicy"),
    "ResponseHeadersPolicy",
}


@pytest.mark.parametrize("name", [STACK, f"{STACK}-pr-7"])
def test_cloudformation_may_do_all_it_does_to_the_stages_own(
    bootstrap: Document, name: str
) -> None:
    execution = role_called(bootstrap, "ExecutionRole")
    own = [thing for thing in things(name) if thing[0] in OWN]
    assert {thing for thing, _, _ in own} == set(OWN)
    for thing, arn, told in own:
        for action in actions_in(execution):
            service, verb = action.split(":")
            if service != OWN[thing] or any(verb.endswith(part) for part in PARTS_OF_SITES):
                continue
            if verb.endswith("Invalidation"):
                continue
            assert is_allowed(execution, action=action, resource=arn, context=told), (action, thing)


@pytest.mark.parametrize("name", [STACK, f"{STACK}-pr-7"])
def test_what_is_being_made_has_no_tag_yet(bootstrap: Document, name: str) -> None:
    execution = role_called(bootstrap, "ExecutionRole")
    made = {thing: arn for thing, arn, _ in things(name) if thing in OWN}
    wanted = {
        "UserPool": {"cognito-idp:CreateUserPool", "cognito-idp:TagResource"},
        "IdentityPool": {"cognito-identity:CreateIdentityPool", "cognito-identity:TagResource"},
        "ProviderKeys": {"secretsmanager:CreateSecret", "secretsmanager:TagResource"},
        "Distribution": {"cloudfront:CreateDistribution", "cloudfront:TagResource"},
        "GalleryApi": {f"apigateway:{verb}" for verb in ("POST", "PUT", "PATCH", "GET")},
    }
    for thing, actions in wanted.items():
        for action in actions:
            assert is_allowed(execution, action=action, resource=made[thing], context={}), action
    for action in ("cognito-idp:UpdateUserPool", "cognito-idp:DescribeUserPool"):
        assert not is_allowed(execution, action=action, resource=made["UserPool"], context={})
    for action in ("secretsmanager:GetSecretValue", "secretsmanager:DeleteSecret"):
        assert not is_allowed(execution, action=action, resource=made["ProviderKeys"], context={})


def test_nobody_gives_a_distribution_another_stages_tag(bootstrap: Document) -> None:
    execution = role_called(bootstrap, "ExecutionRole")
    site = f"arn:aws:cloudfront::{ACCOUNT}:distribution/E1"
    tag = "cloudfront:TagResource"
    for stack, expected in ((STACK, True), (f"{STACK}-pr-7", True), ("gallery-prod", False)):
        asked = {f"aws:RequestTag/{OWN_TAG}": stack}
        assert is_allowed(execution, action=tag, resource=site, context=asked) is expected


def test_records_of_the_stages_own_names_may_change_and_no_others(bootstrap: Document) -> None:
    execution = role_called(bootstrap, "ExecutionRole")
    zone = f"arn:aws:route53:::hostedzone/{GIVEN['HostedZoneId']}"
    own, other = DOMAINS_OF_THE_STAGE.split(","), "gallery.example"
    for names, expected in ((own, True), (own[0], True), ([*own, other], False), (other, False)):
        asked: dict[str, Any] = {RECORD_NAMES: names}
        action = "route53:ChangeResourceRecordSets"
        assert is_allowed(execution, action=action, resource=zone, context=asked) is expected


def test_the_bootstrap_and_its_page_say_what_previews_need(bootstrap: Document) -> None:
    page = " ".join((ROOT / "docs" / "pipelines.md").read_text().split())
    texts = (
        bootstrap.source["Description"],
        bootstrap.source["Parameters"]["Environment"]["Description"],
        page,
    )
    for text in texts:
        assert "required reviewers" in text
        assert "account" in text
    assert "`preview` (with required reviewers" in page
