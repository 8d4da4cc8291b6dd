"""The API under /api of the site, an option: what the distribution then does."""

from __future__ import annotations

from typing import Any

import pytest

from local.template.stack_template import StackTemplate
from tests.contract.conftest import deployed_with
from tests.contract.production import DOMAINS
from tests.contract.reading import by_id


@pytest.fixture(scope="module")
def config() -> dict[str, Any]:
    return config_of(deployed_with(SameOriginApi="on"))


def config_of(stack: StackTemplate) -> dict[str, Any]:
    distribution = stack.only("AWS::CloudFront::Distribution").properties
    return dict(distribution["DistributionConfig"])


def test_is_off_by_default(stack: StackTemplate) -> None:
    config = config_of(stack)
    assert len(config["Origins"]) == 1
    assert "CacheBehaviors" not in config
    assert "FunctionAssociations" not in config["DefaultCacheBehavior"]
    assert stack.of_type("AWS::CloudFront::Function") == []


def test_the_api_is_reached_at_its_own_address_over_tls() -> None:
    stack = deployed_with(SameOriginApi="on")
    api = config_of(stack)["Origins"][1]
    assert f"https://{api['DomainName']}{api['OriginPath']}" == stack.outputs["ApiEndpoint"]
    assert api["CustomOriginConfig"] == {
        "OriginProtocolPolicy": "https-only",
        "OriginSSLProtocols": ["TLSv1.2"],
    }


def test_an_api_with_a_domain_of_its_own_has_no_path_before_its_routes() -> None:
    api = config_of(deployed_with(**DOMAINS, SameOriginApi="on"))["Origins"][1]
    assert api["DomainName"] == "api.gallery.example"
    assert "OriginPath" not in api  # CloudFront takes none that ends in a slash


def test_nothing_of_the_api_is_cached_and_all_but_the_host_goes_on(config: dict[str, Any]) -> None:
    (behaviour,) = config["CacheBehaviors"]
    assert (behaviour["PathPattern"], behaviour["TargetOriginId"]) == ("/api/*", "api")
    # https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
    assert behaviour["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    assert behaviour["OriginRequestPolicyId"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac"
    assert behaviour["ViewerProtocolPolicy"] == "https-only"
    own = config["DefaultCacheBehavior"]["ResponseHeadersPolicyId"]
    assert behaviour["ResponseHeadersPolicyId"] == own


def test_no_error_page_covers_an_error_of_the_api(config: dict[str, Any]) -> None:
    assert "CustomErrorResponses" not in config


def test_each_behaviour_has_its_function() -> None:
    stack = deployed_with(SameOriginApi="on")
    config = config_of(stack)
    for behaviour, function in (
        (config["DefaultCacheBehavior"], "DeepLinksFunction"),
        (config["CacheBehaviors"][0], "StripApiFunction"),
    ):
        found = by_id(stack, function)
        assert behaviour["FunctionAssociations"] == [
            {"EventType": "viewer-request", "FunctionARN": found.physical_id}
        ]
        assert found.properties["FunctionConfig"]["Runtime"] == "cloudfront-js-2.0"
        assert found.properties["AutoPublish"] is True


def test_is_a_switch_so_that_one_deployment_is_enough(document: dict[str, Any]) -> None:
    declared = document["Parameters"]["SameOriginApi"]
    assert (declared["Default"], declared["AllowedValues"]) == ("off", ["off", "on"])
