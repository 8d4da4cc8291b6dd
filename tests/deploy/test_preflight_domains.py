"""`make stack` looks first: certificates and domains of one's own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from deploy.clients import Clients
from deploy.preflight import Report, preflight
from tests.deploy.asked_account import (
    KEYS,
    TEMPLATE,
    account_that,
    arn,
    certificate,
    error,
    look,
    the_refusal,
)
from tests.deploy.conftest import Deploy, distribution

SITE, API = "gallery.example", "api.gallery.example"

WITH_API = {"ApiDomainName": API, "ApiCertificateArn": arn("eu-west-1")}
WITH_SITE = {"SiteDomainName": SITE, "SiteCertificateArn": arn("us-east-1")}
BOTH = {**WITH_API, **WITH_SITE}
SERVES = certificate("*.gallery.example", SITE)


def look_from_ireland(given: dict[str, str], **answers: Any) -> Report:
    return look(given, region="eu-west-1", **answers)


def test_issued_certificates_where_they_belong_are_no_obstacle(clients: Clients) -> None:
    assert look_from_ireland(BOTH, **SERVES) == Report((), ())


@pytest.mark.parametrize(
    ("given", "needed"),
    [
        ({"ApiCertificateArn": arn("us-east-1")}, "ApiCertificateArn .*--region eu-west-1"),
        ({"SiteCertificateArn": arn("eu-west-1")}, "SiteCertificateArn .*--region us-east-1"),
        ({"SiteCertificateArn": "canary-alchemy"}, "SiteCertificateArn is not the ARN"),
        ({"SiteCertificateArn": ""}, "SiteCertificateArn is not the ARN"),
    ],
)
def test_a_certificate_in_the_wrong_region_is_refused_with_the_right_one(
    clients: Clients, given: dict[str, str], needed: str
) -> None:
    refusal = the_refusal(look_from_ireland({**BOTH, **given}, **SERVES))
    assert re.search(needed, refusal)
    assert "canary" not in refusal


@pytest.mark.parametrize(
    ("status", "way"),
    [("PENDING_VALIDATION", "DNS records"), ("EXPIRED", "request"), ("VALIDATION_TIMED_OUT", "re")],
)
def test_a_certificate_that_is_not_issued_is_refused(
    clients: Clients, status: str, way: str
) -> None:
    found = certificate(SITE, status=status)
    assert way in the_refusal(look_from_ireland(WITH_SITE, **found))


def test_a_certificate_that_is_not_there_is_refused(clients: Clients) -> None:
    assert "no certificate of this account" in the_refusal(look(WITH_SITE))


@pytest.mark.parametrize("names", ["gallery.example", "*.example", "*.api.gallery.example"])
def test_a_certificate_for_other_names_is_refused(clients: Clients, names: str) -> None:
    assert "other names" in the_refusal(look_from_ireland(WITH_API, **certificate(names)))


def test_a_certificate_without_its_domain_is_not_looked_at(clients: Clients) -> None:
    assert look({"SiteCertificateArn": arn("eu-west-1")}) == Report((), ())


# ---- domains in use ----


def test_another_stacks_api_domain_is_refused(clients: Clients, deploy: Deploy) -> None:
    deploy()
    in_use = {"get_domain_name": {"domainName": API}}
    refusal = the_refusal(look_from_ireland(WITH_API, **SERVES, **in_use))
    assert "ApiDomainName is a custom domain of API Gateway already" in refusal


def test_an_alias_of_another_distribution_is_refused_on_whatever_page_it_is(
    clients: Clients,
) -> None:
    other = {"Id": "E1", "Aliases": {"Quantity": 1, "Items": ["other.example"]}}
    with_alias = {"Id": "E2", "Aliases": {"Quantity": 1, "Items": [SITE]}}
    pages = [
        {"Items": [other, {"Id": "E0"}], "IsTruncated": True, "NextMarker": "E1"},
        {"Items": [with_alias], "IsTruncated": False},
    ]
    account = account_that(SERVES)

    def ask(service: str, operation: str, **request: Any) -> dict[str, Any]:
        if operation != "list_distributions":
            return account.ask(service, operation, **request)
        return {"DistributionList": pages[1 if request.get("Marker") == "E1" else 0]}

    asked = replace(account, ask=ask)
    report = preflight("Gallery", {**KEYS, **WITH_SITE}, TEMPLATE, sign_in=lambda: asked)
    assert "an alias of the CloudFront distribution E2 already" in the_refusal(report)


def test_a_distribution_without_the_alias_is_no_obstacle(clients: Clients) -> None:
    distribution(clients)
    assert look(WITH_SITE, **SERVES) == Report((), ())


class Owning:
    """CloudFormation's client, of which every stack has these resources too."""

    def __init__(self, client: Any, **physical_ids: str) -> None:
        self._client, self._ids = client, physical_ids

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def get_paginator(self, _: str) -> Any:
        return self

    def paginate(self, **_: str) -> Any:
        kinds = {"ResourceType": "AWS::X", "ResourceStatus": "CREATE_COMPLETE"}
        items = [
            {"LogicalResourceId": logical, "PhysicalResourceId": physical, **kinds}
            for logical, physical in self._ids.items()
        ]
        return [{"StackResourceSummaries": items}]


@pytest.mark.parametrize(("api", "alias"), [(API, "E2"), ("old.example", "E3")])
def test_domains_of_the_stack_itself_are_no_obstacle(deploy: Deploy, api: str, alias: str) -> None:
    deploy()
    item = {"Id": "E2", "Aliases": {"Quantity": 1, "Items": [SITE]}}
    in_use = {
        "get_domain_name": {"domainName": API},
        "list_distributions": {"DistributionList": {"Items": [item], "IsTruncated": False}},
    }
    account = account_that({**certificate(SITE, API), **in_use})
    client: Any = Owning(account.clients.cloudformation, ApiDomain=api, Distribution=alias)
    owner = replace(account, clients=replace(account.clients, cloudformation=client))
    given = {**KEYS, **WITH_SITE, "ApiDomainName": API, "ApiCertificateArn": arn("us-east-1")}
    report = preflight("Gallery", given, TEMPLATE, sign_in=lambda: owner)
    assert (len(report.refusals), report.unseen) == (0 if alias == "E2" else 2, ())


# ---- what may not be looked at ----


def test_a_look_that_is_denied_is_named_and_the_others_go_on(clients: Clients) -> None:
    denied = {
        "get_account": error("GetAccount", "AccessDeniedException"),
        "get_account_settings": error("GetAccountSettings", "AccessDeniedException"),
        "describe_certificate": error("DescribeCertificate", "AccessDeniedException"),
        "list_distributions": error("ListDistributions", "AccessDenied"),
        "get_domain_name": {"domainName": API},
    }
    given = {**BOTH, "Profile": "prod", "RouteConcurrency": "1"}
    report = look_from_ireland(given, **denied)
    assert [each.wrong.split()[0] for each in report.refusals] == ["ApiDomainName"]
    assert [line.partition(":")[0] for line in report.unseen] == [
        "API Gateway's log role",
        "Lambda's concurrency",
        "ApiCertificateArn",
        "SiteCertificateArn",
        "SiteDomainName",
    ]
    assert all("may not call" in line for line in report.unseen)


def test_where_the_stack_cannot_be_seen_nobody_says_whose_a_domain_is(clients: Clients) -> None:
    account = account_that({**SERVES, "get_domain_name": {"domainName": API}}, "eu-west-1")
    client: Any = Denied(account.clients.cloudformation)
    blind = replace(account, clients=replace(account.clients, cloudformation=client))
    report = preflight("Gallery", {**KEYS, **WITH_API}, TEMPLATE, sign_in=lambda: blind)
    assert report.refusals == ()
    assert [line.partition(":")[0] for line in report.unseen] == ["the stack", "ApiDomainName"]


class Denied:
    """CloudFormation's client for somebody who may not ask for stacks."""

    def __init__(self, client: Any) -> None:
        self.meta = client.meta

    def describe_stacks(self, **_: str) -> Any:
        raise error("DescribeStacks", "AccessDenied")
