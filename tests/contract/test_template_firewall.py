"""What the firewall promises: what it stands before, what it blocks, what it must let through."""

from __future__ import annotations

from typing import Any

import pytest

from local.template.stack_template import StackTemplate
from tests.contract.conftest import deployed_with
from tests.contract.production import PROD, REGIONAL_ACL, SITE_ACL
from tests.contract.reading import body_of, by_id, operations

COUNTED = {
    # the one body there is carries a wallet's signed message, from any origin and of any length
    "SizeRestrictions_BODY",  # from 8 KB: an ERC-6492 signature brings the wallet's own deployment
    "EC2MetaDataSSRF_BODY",
    "GenericLFI_BODY",
    "GenericRFI_BODY",  # URLs with an IPv4 host: `URI: http://127.0.0.1:3000` of a developer's page
    "CrossSiteScripting_BODY",
    # from 2,048 bytes: a cursor may have as many letters, each percent-encoded
    "SizeRestrictions_QUERYSTRING",
}


@pytest.fixture(scope="module")
def prod() -> StackTemplate:
    return deployed_with(**PROD)


def rules_of(stack: StackTemplate) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = stack.only("AWS::WAFv2::WebACL").properties["Rules"]
    return rules


def managed_groups(stack: StackTemplate) -> dict[str, dict[str, Any]]:
    statements = [rule["Statement"] for rule in rules_of(stack)]
    groups = [
        s["ManagedRuleGroupStatement"] for s in statements if "ManagedRuleGroupStatement" in s
    ]
    return {group["Name"]: group for group in groups}


def guarded(stack: StackTemplate) -> dict[str, str]:
    """Web ACL by the resource it stands before."""
    associations = stack.of_type("AWS::WAFv2::WebACLAssociation")
    return {a.properties["ResourceArn"]: a.properties["WebACLArn"] for a in associations}


def before_api_and_pool(stack: StackTemplate, web_acl: str) -> dict[str, str]:
    api = stack.only("AWS::ApiGateway::RestApi").physical_id
    stage = f"arn:aws:apigateway:us-east-1::/restapis/{api}/stages/prod"
    return {stage: web_acl, stack.only("AWS::Cognito::UserPool").arn: web_acl}


def test_one_regional_web_acl_stands_before_the_api_and_the_user_pool(prod: StackTemplate) -> None:
    web_acl = prod.only("AWS::WAFv2::WebACL")
    assert web_acl.properties["Scope"] == "REGIONAL"
    assert web_acl.properties["DefaultAction"] == {"Allow": {}}
    assert guarded(prod) == before_api_and_pool(prod, web_acl.arn)


@pytest.mark.parametrize("switch", ["on", "off", "profile"])
def test_a_web_acl_of_ones_own_is_used_in_its_place(switch: str) -> None:
    stack = deployed_with(**PROD, WebAclArn=REGIONAL_ACL, Waf=switch)
    assert stack.of_type("AWS::WAFv2::WebACL") == []
    assert stack.of_type("AWS::WAFv2::LoggingConfiguration") == []
    assert guarded(stack) == before_api_and_pool(stack, REGIONAL_ACL)


@pytest.mark.parametrize(("given", "used"), [({}, None), ({"SiteWebAclArn": SITE_ACL}, SITE_ACL)])
def test_the_site_has_a_web_acl_only_where_one_is_brought(
    given: dict[str, str], used: str | None
) -> None:
    config = deployed_with(**PROD, **given).only("AWS::CloudFront::Distribution").properties
    assert config["DistributionConfig"].get("WebACLId") == used


@pytest.mark.parametrize(
    ("parameter", "arn"), [("WebAclArn", SITE_ACL), ("SiteWebAclArn", REGIONAL_ACL)]
)
def test_a_web_acl_of_the_other_scope_is_refused(parameter: str, arn: str) -> None:
    with pytest.raises(Exception, match=parameter):
        deployed_with(**{parameter: arn})


def test_awss_baseline_groups_block_what_they_match(prod: StackTemplate) -> None:
    assert set(managed_groups(prod)) == {
        "AWSManagedRulesAmazonIpReputationList",
        "AWSManagedRulesCommonRuleSet",
        "AWSManagedRulesKnownBadInputsRuleSet",
    }
    managed = [rule for rule in rules_of(prod) if "ManagedRuleGroupStatement" in rule["Statement"]]
    assert all(rule["OverrideAction"] == {"None": {}} for rule in managed)
    # account takeover prevention may not stand before a user pool, and would cost by the attempt
    assert not [name for name in managed_groups(prod) if "ATP" in name]


def test_no_rule_can_block_a_signed_message_or_a_cursor(prod: StackTemplate) -> None:
    overrides = {
        name: {o["Name"]: o["ActionToUse"] for o in group.get("RuleActionOverrides", [])}
        for name, group in managed_groups(prod).items()
    }
    assert overrides.pop("AWSManagedRulesCommonRuleSet") == {
        rule: {"Count": {}} for rule in COUNTED
    }
    assert not any(overrides.values())


def test_no_route_takes_a_body_that_the_counted_rules_would_have_read(prod: StackTemplate) -> None:
    assert {verb for verb, _ in operations(prod)} == {"get", "options"}


def test_each_address_may_send_so_much_in_a_window(prod: StackTemplate) -> None:
    rules = [r for r in rules_of(prod) if "RateBasedStatement" in r["Statement"]]
    assert [rule["Action"] for rule in rules] == [{"Block": {}}] * 3
    limits = {rule["Name"]: rule["Statement"]["RateBasedStatement"] for rule in rules}
    assert {name: limit["Limit"] for name, limit in limits.items()} == {
        "requests-per-ip": 1000,
        "sign-ups-per-ip": 50,
        "answers-per-ip": 200,
    }
    assert {limit["EvaluationWindowSec"] for limit in limits.values()} == {300}
    assert {limit["AggregateKeyType"] for limit in limits.values()} == {"IP"}


def counts(rule: dict[str, Any], headers: dict[str, str]) -> bool:
    """Whether a rate rule counts a request; its statements are the two kinds written here."""

    def holds(statement: dict[str, Any]) -> bool:
        ((kind, given),) = statement.items()
        if kind == "OrStatement":
            return any(map(holds, given["Statements"]))
        assert (kind, given["PositionalConstraint"]) == ("ByteMatchStatement", "EXACTLY")
        name = given["FieldToMatch"]["SingleHeader"]["Name"]
        return bool(headers.get(name) == given["SearchString"])

    limit = rule["Statement"]["RateBasedStatement"]
    return "ScopeDownStatement" not in limit or holds(limit["ScopeDownStatement"])


@pytest.mark.parametrize("operation", ["SignUp", "RespondToAuthChallenge", "InitiateAuth"])
@pytest.mark.parametrize("header", ["x-amz-target", "x-amzn-cognito-operation-name"])
def test_sign_ups_and_answers_are_counted_by_the_header_aws_names_and_the_one_clients_send(
    prod: StackTemplate, operation: str, header: str
) -> None:
    service = "AWSCognitoIdentityProviderService." if header == "x-amz-target" else ""
    counted = {
        rule["Name"]
        for rule in rules_of(prod)
        if "RateBasedStatement" in rule["Statement"]
        and counts(rule, {header: f"{service}{operation}"})
    }
    of_operation = {"SignUp": {"sign-ups-per-ip"}, "RespondToAuthChallenge": {"answers-per-ip"}}
    assert counted - {"requests-per-ip"} == of_operation.get(operation, set())


def test_firewall_logs_hold_no_credential(prod: StackTemplate) -> None:
    logging = prod.only("AWS::WAFv2::LoggingConfiguration").properties
    assert logging["ResourceArn"] == prod.only("AWS::WAFv2::WebACL").arn
    headers = {f["SingleHeader"]["Name"] for f in logging["RedactedFields"] if "SingleHeader" in f}
    assert headers == {"authorization", "cookie", "x-amz-security-token", "x-api-key"}
    assert {"QueryString": {}} in logging["RedactedFields"]  # a presigned URL has its token there
    visibility = [prod.only("AWS::WAFv2::WebACL").properties, *rules_of(prod)]
    assert not any(part["VisibilityConfig"]["SampledRequestsEnabled"] for part in visibility)


def test_firewall_logs_go_to_a_group_waf_may_write_to(prod: StackTemplate) -> None:
    logging = prod.only("AWS::WAFv2::LoggingConfiguration").properties
    group = by_id(prod, "WebAclLogGroup")
    assert group.physical_id.startswith("aws-waf-logs-")
    assert logging["LogDestinationConfigs"] == [group.arn.removesuffix(":*")]
    kept = logging["LoggingFilter"]["Filters"][0]
    actions = {condition["ActionCondition"]["Action"] for condition in kept["Conditions"]}
    assert (logging["LoggingFilter"]["DefaultBehavior"], actions) == ("DROP", {"BLOCK", "COUNT"})


def test_a_blocked_page_can_read_why(stack: StackTemplate) -> None:
    answer = body_of(stack)["x-amazon-apigateway-gateway-responses"]["WAF_FILTERED"]
    assert answer["statusCode"] == 403
    assert '"code":"blocked"' in answer["responseTemplates"]["application/json"]
    origin = answer["responseParameters"]["gatewayresponse.header.Access-Control-Allow-Origin"]
    assert origin == "'*'"
