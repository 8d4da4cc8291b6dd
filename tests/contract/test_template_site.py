"""What the dApp's home promises: a private bucket, one distribution, strict headers."""

from __future__ import annotations

from typing import Any

from local.template.stack_template import StackTemplate

YEARS_2 = 2 * 365 * 24 * 3600


def headers_of(stack: StackTemplate) -> dict[str, Any]:
    policy = stack.only("AWS::CloudFront::ResponseHeadersPolicy").properties
    config: dict[str, Any] = policy["ResponseHeadersPolicyConfig"]
    return config


def test_the_bucket_is_private_and_read_by_one_distribution_over_tls(stack: StackTemplate) -> None:
    bucket = stack.only("AWS::S3::Bucket").properties
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    allow, deny = stack.only("AWS::S3::BucketPolicy").properties["PolicyDocument"]["Statement"]
    distribution = stack.only("AWS::CloudFront::Distribution").physical_id
    source = f"arn:aws:cloudfront::123456789012:distribution/{distribution}"
    assert allow["Condition"] == {"StringEquals": {"AWS:SourceArn": source}}
    assert (allow["Action"], deny["Effect"]) == ("s3:GetObject", "Deny")
    assert deny["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_the_site_is_https_only_with_deep_links(stack: StackTemplate) -> None:
    config = stack.only("AWS::CloudFront::Distribution").properties["DistributionConfig"]
    assert config["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "redirect-to-https"
    pages = {
        e["ErrorCode"]: (e["ResponseCode"], e["ResponsePagePath"])
        for e in config["CustomErrorResponses"]
    }
    assert pages == {403: (200, "/index.html"), 404: (200, "/index.html")}


def test_the_content_security_policy_allows_nothing_unsafe(stack: StackTemplate) -> None:
    policy = stack.only("AWS::CloudFront::ResponseHeadersPolicy").properties
    headers = policy["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    csp = headers["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    directives = dict(part.strip().partition(" ")[::2] for part in csp.split(";"))
    assert "unsafe" not in csp
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == "'self'"
    assert directives["frame-ancestors"] == "'none'"
    assert directives["require-trusted-types-for"] == "'script'"
    api_hosts = "https://*.execute-api.us-east-1.amazonaws.com"
    assert "*" not in directives["connect-src"].replace(api_hosts, "")


def test_the_bucket_is_encrypted_and_has_one_owner(stack: StackTemplate) -> None:
    bucket = stack.only("AWS::S3::Bucket").properties
    by_default = {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
    assert bucket["BucketEncryption"] == {"ServerSideEncryptionConfiguration": [by_default]}
    assert bucket["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    assert set(bucket["PublicAccessBlockConfiguration"]) == {
        *("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"),
    }


def test_the_bucket_policy_covers_the_bucket_and_every_object(stack: StackTemplate) -> None:
    bucket = stack.only("AWS::S3::Bucket")
    policy = stack.only("AWS::S3::BucketPolicy").properties
    allow, deny = policy["PolicyDocument"]["Statement"]
    assert policy["Bucket"] == bucket.physical_id
    assert allow["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert (allow["Effect"], allow["Resource"]) == ("Allow", f"{bucket.arn}/*")
    assert (deny["Principal"], deny["Action"]) == ("*", "s3:*")
    assert set(deny["Resource"]) == {bucket.arn, f"{bucket.arn}/*"}


def test_the_distribution_signs_every_read_of_this_bucket(stack: StackTemplate) -> None:
    control = stack.only("AWS::CloudFront::OriginAccessControl")
    assert control.properties["OriginAccessControlConfig"] == {
        "Name": "gallery-dapp",
        "OriginAccessControlOriginType": "s3",
        "SigningBehavior": "always",
        "SigningProtocol": "sigv4",
    }
    config = stack.only("AWS::CloudFront::Distribution").properties["DistributionConfig"]
    (origin,) = config["Origins"]
    assert origin["OriginAccessControlId"] == control.physical_id
    bucket = stack.only("AWS::S3::Bucket").physical_id
    assert origin["DomainName"] == f"{bucket}.s3.us-east-1.amazonaws.com"
    assert config["DefaultCacheBehavior"]["TargetOriginId"] == origin["Id"]


def test_every_page_carries_this_stacks_headers(stack: StackTemplate) -> None:
    config = stack.only("AWS::CloudFront::Distribution").properties["DistributionConfig"]
    policy = stack.only("AWS::CloudFront::ResponseHeadersPolicy").physical_id
    assert config["DefaultCacheBehavior"]["ResponseHeadersPolicyId"] == policy
    assert "CacheBehaviors" not in config


def test_pages_are_https_unframed_unsniffed_and_send_no_referrer(stack: StackTemplate) -> None:
    headers = dict(headers_of(stack)["SecurityHeadersConfig"])
    assert headers.pop("ContentSecurityPolicy")["Override"] is True
    assert headers == {
        "ContentTypeOptions": {"Override": True},
        "FrameOptions": {"FrameOption": "DENY", "Override": True},
        "ReferrerPolicy": {"ReferrerPolicy": "no-referrer", "Override": True},
        "StrictTransportSecurity": {
            "AccessControlMaxAgeSec": YEARS_2,
            "IncludeSubdomains": True,
            "Override": True,
            "Preload": True,
        },
    }


def test_pages_keep_to_their_own_browsing_context_and_origin(stack: StackTemplate) -> None:
    items = headers_of(stack)["CustomHeadersConfig"]["Items"]
    assert {item["Header"]: (item["Value"], item["Override"]) for item in items} == {
        # popups: a wallet may open its own window
        "Cross-Origin-Opener-Policy": ("same-origin-allow-popups", True),
        "Cross-Origin-Resource-Policy": ("same-origin", True),
        "Permissions-Policy": (
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            True,
        ),
    }
