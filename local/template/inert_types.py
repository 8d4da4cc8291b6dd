"""Resource types that change nothing on one machine: alarms, firewalls, domain names, buckets.

The local stack names at start which of them a template has. Their properties are not checked
here: cfn-lint does (`make lint`), against AWS's own list.
"""

from __future__ import annotations

from collections.abc import Mapping

from local.template.resource_type import (
    Place,
    ResourceType,
    arn_by_name,
    by_digits,
    by_logical_id,
    by_name,
)


def _web_acl_arn(place: Place, logical_id: str, name: str) -> str:
    return place.arn("wafv2", f"regional/webacl/{name}/{place.digits(logical_id, 32)}")


def _regional_host(place: Place, logical_id: str, name: str) -> str:
    host = f"d-{place.digits(logical_id, 10)}"
    return f"{host}.execute-api.{place.region}.amazonaws.com"


def _bucket(place: Place, logical_id: str, name: str) -> str:
    return name or f"{place.stack_name}-{logical_id}-{place.digits(logical_id, 12)}".lower()


def _bucket_arn(place: Place, logical_id: str, name: str) -> str:
    return f"arn:aws:s3:::{_bucket(place, logical_id, name)}"


def _bucket_host(place: Place, logical_id: str, name: str) -> str:
    return f"{_bucket(place, logical_id, name)}.s3.{place.region}.amazonaws.com"


INERT_TYPES: Mapping[str, ResourceType] = {
    "AWS::ApiGateway::Account": ResourceType(ref=by_logical_id),
    "AWS::ApiGateway::BasePathMapping": ResourceType(ref=by_logical_id),
    # SAM makes one of the API's body; the local stack runs the body itself
    "AWS::ApiGateway::Deployment": ResourceType(ref=by_digits(6)),
    "AWS::ApiGateway::DomainName": ResourceType(
        ref=lambda place, logical_id, name: name,
        name_property="DomainName",
        attributes={"RegionalDomainName": _regional_host, "RegionalHostedZoneId": by_digits(14)},
    ),
    "AWS::CloudFront::OriginAccessControl": ResourceType(
        ref=by_digits(14), attributes={"Id": by_digits(14)}
    ),
    # beside the cache's key: for a firewall, which is not here
    "AWS::CloudFront::OriginRequestPolicy": ResourceType(ref=by_digits(14)),
    "AWS::CloudWatch::Alarm": ResourceType(ref=by_name),
    "AWS::CloudWatch::Dashboard": ResourceType(ref=by_name, name_property="DashboardName"),
    # time does not pass here: who wants the function to run invokes it
    "AWS::Events::Rule": ResourceType(
        ref=by_name, attributes={"Arn": arn_by_name("events", "rule/")}
    ),
    "AWS::Logs::LogGroup": ResourceType(
        ref=by_name,
        name_property="LogGroupName",
        attributes={"Arn": arn_by_name("logs", "log-group:", ending=":*")},
    ),
    "AWS::Logs::MetricFilter": ResourceType(ref=by_name),
    "AWS::Route53::RecordSet": ResourceType(
        ref=lambda place, logical_id, name: name, name_property="Name"
    ),
    # the site is served from the folder it is built in, the wallets' bucket not at all
    "AWS::S3::Bucket": ResourceType(
        ref=_bucket,
        name_property="BucketName",
        attributes={"Arn": _bucket_arn, "RegionalDomainName": _bucket_host},
    ),
    "AWS::S3::BucketPolicy": ResourceType(ref=by_logical_id),
    "AWS::SNS::Topic": ResourceType(
        ref=arn_by_name("sns", ""), name_property="TopicName", attributes={"TopicName": by_name}
    ),
    "AWS::WAFv2::LoggingConfiguration": ResourceType(ref=by_logical_id),
    "AWS::WAFv2::WebACL": ResourceType(
        ref=by_digits(32), name_property="Name", attributes={"Arn": _web_acl_arn}
    ),
    "AWS::WAFv2::WebACLAssociation": ResourceType(ref=by_logical_id),
}
