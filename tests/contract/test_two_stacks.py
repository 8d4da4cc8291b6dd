"""Two stacks live side by side in one account: no name taken twice, nothing of one in the other."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from deploy.refusals import LONGEST_NAME
from local.errors import ConfigurationError
from local.template.resource_types import Place
from local.template.stack_template import StackTemplate, load_stack_template
from tests.contract.conftest import CANARIES, MONITORING, ROOT, monitoring_of
from tests.contract.production import DOMAINS, EVERYTHING, PROD, strings_in

ACCOUNT = "123456789012"
# AWS's own limits on the names this template gives
LIMITS = {
    ("AWS::ApiGateway::ApiKey", "Name"): 1024,
    ("AWS::ApiGateway::RestApi", "Name"): 1024,
    ("AWS::ApiGateway::UsagePlan", "UsagePlanName"): 255,  # AWS documents none; a safe guess
    ("AWS::CloudFront::CachePolicy", "Name"): 128,
    ("AWS::CloudFront::Function", "Name"): 64,
    ("AWS::CloudFront::OriginRequestPolicy", "Name"): 128,
    ("AWS::CloudFront::OriginAccessControl", "Name"): 64,
    ("AWS::CloudFront::ResponseHeadersPolicy", "Name"): 128,
    ("AWS::CloudWatch::Dashboard", "DashboardName"): 255,
    ("AWS::Cognito::UserPool", "UserPoolName"): 128,
    ("AWS::IAM::Role", "RoleName"): 64,
    ("AWS::Lambda::Function", "FunctionName"): 64,
    ("AWS::Logs::LogGroup", "LogGroupName"): 512,
    ("AWS::SNS::Topic", "TopicName"): 256,
    ("AWS::WAFv2::WebACL", "Name"): 128,
}
PARENTS = {
    "AWS::CloudFront::CachePolicy": "CachePolicyConfig",
    "AWS::CloudFront::OriginRequestPolicy": "OriginRequestPolicyConfig",
    "AWS::CloudFront::OriginAccessControl": "OriginAccessControlConfig",
    "AWS::CloudFront::ResponseHeadersPolicy": "ResponseHeadersPolicyConfig",
}
# what people bring with them is theirs to keep apart
BROUGHT = {*DOMAINS, "SiteWebAclArn"}
UNBROUGHT = {name: value for name, value in EVERYTHING.items() if name not in BROUGHT}


def gallery_called(name: str, host: str = "d1.cloudfront.net", **given: str) -> StackTemplate:
    place = Place("us-east-1", ACCOUNT, name, host)
    return load_stack_template(ROOT / "template.yaml", {**CANARIES, **given}, place)


def deployed_as(name: str, host: str = "d1.cloudfront.net", **given: str) -> StackTemplate:
    """A gallery and the stack of its alarms, as one: their logical ids differ."""
    gallery = gallery_called(name, host, **given)
    monitoring = monitoring_of(gallery, AlarmEmail="ops@gallery.example")
    return replace(gallery, resources=(*gallery.resources, *monitoring.resources))


def names_of(stack: StackTemplate) -> dict[tuple[str, str], str]:
    """Every name the template gives a resource itself, by resource and property."""
    found = {}
    for resource in stack.resources:
        holder = resource.properties.get(PARENTS.get(resource.type, ""), resource.properties)
        for type_name, key in LIMITS:
            if type_name == resource.type and key in holder:
                found[resource.logical_id, key] = str(holder[key])
    return found


@pytest.mark.parametrize("given", [{}, PROD, UNBROUGHT], ids=["dev", "prod", "everything"])
def test_no_name_is_taken_twice(given: dict[str, str]) -> None:
    blue, green = names_of(deployed_as("blue", **given)), names_of(deployed_as("green", **given))
    assert set(blue) == set(green)
    assert len(blue) >= 7
    assert [key for key in blue if blue[key] == green[key]] == []
    assert [key for key in blue if "blue" not in blue[key]] == []


@pytest.mark.parametrize("given", [{}, PROD, UNBROUGHT], ids=["dev", "prod", "everything"])
def test_nothing_of_one_is_in_the_other(given: dict[str, str]) -> None:
    blue = deployed_as("blue", "dblue.cloudfront.net", **given)
    green = deployed_as("green", "dgreen.cloudfront.net", **given)
    ours, theirs = (
        strings_in([[r.properties for r in s.resources], dict(s.outputs)]) for s in (blue, green)
    )
    shared = {
        arn for text in ours & theirs for arn in re.findall(rf"arn:aws:[^\s\"]*{ACCOUNT}\S*", text)
    }
    assert shared == set()
    made = {r.physical_id for r in green.resources if r.physical_id not in (r.logical_id, "prod")}
    assert [text for text in ours for name in made if name in text] == []
    assert "green" not in json.dumps(sorted(ours))


def test_no_value_is_exported_or_imported() -> None:
    for template in (ROOT / "template.yaml", MONITORING):
        text = template.read_text()
        assert "ImportValue" not in text
        assert "Export:" not in text


def too_long(stack: StackTemplate) -> set[str]:
    types = {resource.logical_id: resource.type for resource in stack.resources}
    return {
        logical_id
        for (logical_id, key), name in names_of(stack).items()
        if len(name) > LIMITS[types[logical_id], key]
    }


def test_every_name_given_is_one_whose_limit_is_known() -> None:
    known = {key for _, key in LIMITS} | {"StageName", "PolicyName", "MetricName", "ClientName"}
    text = (ROOT / "template.yaml").read_text() + MONITORING.read_text()
    named = re.findall(r"^ {6,8}(\w*Name): !Sub .*StackName", text, re.M)
    assert named
    assert set(named) <= known


def test_the_longest_stack_name_is_the_one_the_readme_gives() -> None:
    assert too_long(deployed_as("s" * LONGEST_NAME, **UNBROUGHT)) == set()
    longer = "s" * (LONGEST_NAME + 1)
    assert "CognitoUnAuthorizedRole" in too_long(gallery_called(longer, **UNBROUGHT))
    readme = (ROOT / "README.md").read_text()
    assert f"a stack name of at most {LONGEST_NAME} characters" in readme
    with pytest.raises(ConfigurationError, match="StackName"):
        deployed_as(longer)
