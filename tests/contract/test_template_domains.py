"""What domains of one's own promise: TLS 1.2 or later, and a stack that follows the names."""

from __future__ import annotations

import json

import pytest

from local.errors import ConfigurationError
from local.template.stack_template import StackTemplate
from tests.contract.conftest import deployed_with
from tests.contract.production import DOMAINS
from tests.contract.reading import body_of, functions, statements_of

SITE = {name: DOMAINS[name] for name in ("SiteDomainName", "SiteCertificateArn")}
API = {name: DOMAINS[name] for name in ("ApiDomainName", "ApiCertificateArn")}


@pytest.fixture(scope="module")
def named() -> StackTemplate:
    return deployed_with(**DOMAINS)


def csp_of(stack: StackTemplate) -> str:
    policy = stack.only("AWS::CloudFront::ResponseHeadersPolicy").properties
    headers = policy["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    return str(headers["ContentSecurityPolicy"]["ContentSecurityPolicy"])


def test_the_api_answers_at_its_domain_with_tls_1_2_or_later(named: StackTemplate) -> None:
    domain = named.only("AWS::ApiGateway::DomainName").properties
    assert domain == {
        "DomainName": "api.gallery.example",
        "RegionalCertificateArn": DOMAINS["ApiCertificateArn"],
        "EndpointConfiguration": {"Types": ["REGIONAL"]},
        "SecurityPolicy": "TLS_1_2",
    }
    assert named.only("AWS::ApiGateway::BasePathMapping").properties == {
        "DomainName": "api.gallery.example",
        "RestApiId": named.only("AWS::ApiGateway::RestApi").physical_id,
        "Stage": "prod",
    }


def test_the_site_answers_at_its_domain_with_tls_1_2_or_later(named: StackTemplate) -> None:
    config = named.only("AWS::CloudFront::Distribution").properties["DistributionConfig"]
    assert config["Aliases"] == ["gallery.example"]
    assert config["ViewerCertificate"] == {
        "AcmCertificateArn": DOMAINS["SiteCertificateArn"],
        "MinimumProtocolVersion": "TLSv1.2_2021",
        "SslSupportMethod": "sni-only",
    }


def test_without_domains_aws_names_and_certificates_serve(stack: StackTemplate) -> None:
    config = stack.only("AWS::CloudFront::Distribution").properties["DistributionConfig"]
    assert not {"Aliases", "ViewerCertificate"} & set(config)
    assert stack.of_type("AWS::ApiGateway::DomainName") == []
    assert execute_api_is_disabled(stack) is False
    assert not {"SiteDomainTarget", "ApiDomainTarget"} & set(stack.outputs)


def execute_api_is_disabled(stack: StackTemplate) -> bool:
    (server,) = body_of(stack)["servers"]
    (setting,) = server["x-amazon-apigateway-endpoint-configuration"].items()
    name, is_disabled = setting
    assert name == "disableExecuteApiEndpoint"
    return bool(is_disabled)


def test_the_execute_api_address_is_no_way_around_the_domain(named: StackTemplate) -> None:
    assert execute_api_is_disabled(named) is True


@pytest.mark.parametrize("has_domain", [False, True])
def test_the_api_itself_takes_tls_1_2_or_later(
    stack: StackTemplate, named: StackTemplate, has_domain: bool
) -> None:
    """A domain of a REST API negotiates by the policy of the API, not by its own.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html
    """
    api = (named if has_domain else stack).only("AWS::ApiGateway::RestApi").properties
    assert api["SecurityPolicy"] == "SecurityPolicy_TLS13_1_2_2021_06"
    assert api["EndpointAccessMode"] == "BASIC"


def test_outputs_and_config_json_name_the_domains(named: StackTemplate) -> None:
    assert named.outputs["DappUrl"] == "https://gallery.example"
    assert named.outputs["ApiEndpoint"] == "https://api.gallery.example"
    assert json.loads(named.outputs["DappConfig"])["apiEndpoint"] == "https://api.gallery.example"
    assert named.outputs["SiteDomainTarget"] == "d111111abcdef8.cloudfront.net"
    assert named.outputs["ApiDomainTarget"].endswith(".execute-api.us-east-1.amazonaws.com")


def test_sign_in_and_cors_take_the_sites_domain_for_their_own(named: StackTemplate) -> None:
    variables = [f.properties.get("Environment", {}).get("Variables", {}) for f in functions(named)]
    assert {v["ALLOWED_ORIGINS"] for v in variables if "ALLOWED_ORIGINS" in v} == {
        "https://gallery.example"
    }
    stage = named.only("AWS::ApiGateway::Stage").properties["Variables"]
    assert stage["AllowedOrigins"] == "https://gallery.example"


def test_listed_origins_still_come_before_the_domain() -> None:
    stack = deployed_with(**SITE, AllowedOrigins="https://other.example,https://gallery.example")
    stage = stack.only("AWS::ApiGateway::Stage").properties["Variables"]
    assert stage["AllowedOrigins"] == "https://other.example,https://gallery.example"


def test_pages_may_connect_to_the_apis_domain_and_no_other_api(named: StackTemplate) -> None:
    assert "https://api.gallery.example;" in csp_of(named)
    assert "execute-api" not in csp_of(named)
    assert "https://*.execute-api.us-east-1.amazonaws.com;" in csp_of(deployed_with(**SITE))


def test_hsts_does_not_speak_for_what_lies_below_a_domain_of_ones_own(named: StackTemplate) -> None:
    policy = named.only("AWS::CloudFront::ResponseHeadersPolicy").properties
    hsts = policy["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]["StrictTransportSecurity"]
    assert (hsts["IncludeSubdomains"], hsts["Preload"]) == (False, False)
    assert hsts["AccessControlMaxAgeSec"] >= 31_536_000


def test_the_roles_of_guests_and_wallets_do_not_change_with_the_domain(
    stack: StackTemplate, named: StackTemplate
) -> None:
    for role in ("CognitoAuthorizedRole", "CognitoUnAuthorizedRole"):
        assert statements_of(stack, role) == statements_of(named, role)


@pytest.mark.parametrize(
    ("given", "made"),
    [
        (DOMAINS, set()),
        ({"HostedZoneId": "Z1"}, set()),
        ({**SITE, "HostedZoneId": "Z1"}, {("gallery.example", "A"), ("gallery.example", "AAAA")}),
        ({**API, "HostedZoneId": "Z1"}, {("api.gallery.example", "A")}),
    ],
)
def test_records_are_made_in_the_zone_that_is_given(
    given: dict[str, str], made: set[tuple[str, str]]
) -> None:
    records = [r.properties for r in deployed_with(**given).of_type("AWS::Route53::RecordSet")]
    assert {(record["Name"], record["Type"]) for record in records} == made
    assert all(record["HostedZoneId"] == "Z1" for record in records)
    assert all(record["AliasTarget"]["HostedZoneId"] for record in records)


@pytest.mark.parametrize("name", ["SiteDomainName", "ApiDomainName"])
def test_a_domain_without_a_certificate_is_refused_before_anything_is_made(name: str) -> None:
    with pytest.raises(ConfigurationError, match=f"{name} needs"):
        deployed_with(**{name: DOMAINS[name]})


def test_a_certificate_cloudfront_could_not_read_is_refused() -> None:
    elsewhere = DOMAINS["SiteCertificateArn"].replace("us-east-1", "eu-west-1")
    with pytest.raises(ConfigurationError, match="us-east-1"):
        deployed_with(**{**SITE, "SiteCertificateArn": elsewhere})


@pytest.mark.parametrize("name", ["https://gallery.example", "Gallery.example", "*.example", "a b"])
def test_nothing_but_a_plain_name_is_a_domain(name: str) -> None:
    with pytest.raises(ConfigurationError, match="SiteDomainName"):
        deployed_with(**{**SITE, "SiteDomainName": name})
