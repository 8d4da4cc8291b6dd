"""Resource types that change nothing on one machine: alarms, firewalls, domain names.

Their properties are listed all the same, so that a misspelt one is refused as on AWS.
"""

from __future__ import annotations

from collections.abc import Mapping

from local.template.resource_type import Place, ResourceType, by_digits, by_logical_id, by_name


def _web_acl_arn(place: Place, logical_id: str, name: str) -> str:
    return place.arn("wafv2", f"regional/webacl/{name}/{place.digits(logical_id, 32)}")


def _topic_arn(place: Place, logical_id: str, name: str) -> str:
    return place.arn("sns", by_name(place, logical_id, name))


def _regional_host(place: Place, logical_id: str, name: str) -> str:
    host = f"d-{place.digits(logical_id, 10)}"
    return f"{host}.execute-api.{place.region}.amazonaws.com"


INERT_TYPES: Mapping[str, ResourceType] = {
    "AWS::ApiGateway::Account": ResourceType(
        ref=by_logical_id, inert=frozenset({"CloudWatchRoleArn"})
    ),
    "AWS::ApiGateway::BasePathMapping": ResourceType(
        ref=by_logical_id, inert=frozenset({"DomainName", "RestApiId", "Stage"})
    ),
    "AWS::ApiGateway::DomainName": ResourceType(
        ref=lambda place, logical_id, name: name,
        name_property="DomainName",
        attributes={"RegionalDomainName": _regional_host, "RegionalHostedZoneId": by_digits(14)},
        inert=frozenset(
            {"DomainName", "EndpointConfiguration", "RegionalCertificateArn", "SecurityPolicy"}
        ),
    ),
    "AWS::CloudWatch::Alarm": ResourceType(
        ref=by_name,
        inert=frozenset(
            {
                *("AlarmActions", "AlarmDescription", "ComparisonOperator", "DatapointsToAlarm"),
                *("Dimensions", "EvaluateLowSampleCountPercentile", "EvaluationPeriods"),
                *("ExtendedStatistic", "MetricName", "Metrics", "Namespace", "OKActions"),
                *("Period", "Statistic", "Threshold", "TreatMissingData"),
            }
        ),
    ),
    "AWS::CloudWatch::Dashboard": ResourceType(
        ref=by_name,
        name_property="DashboardName",
        inert=frozenset({"DashboardBody", "DashboardName"}),
    ),
    "AWS::Logs::MetricFilter": ResourceType(
        ref=by_name, inert=frozenset({"FilterPattern", "LogGroupName", "MetricTransformations"})
    ),
    "AWS::Route53::RecordSet": ResourceType(
        ref=lambda place, logical_id, name: name,
        name_property="Name",
        inert=frozenset({"AliasTarget", "HostedZoneId", "Name", "Type"}),
    ),
    "AWS::SNS::Topic": ResourceType(
        ref=_topic_arn,
        name_property="TopicName",
        attributes={"TopicName": by_name},
        inert=frozenset({"Subscription", "TopicName"}),
    ),
    "AWS::WAFv2::LoggingConfiguration": ResourceType(
        ref=by_logical_id,
        inert=frozenset(
            {"LogDestinationConfigs", "LoggingFilter", "RedactedFields", "ResourceArn"}
        ),
    ),
    "AWS::WAFv2::WebACL": ResourceType(
        ref=by_digits(32),
        name_property="Name",
        attributes={"Arn": _web_acl_arn},
        inert=frozenset(
            {"DefaultAction", "Description", "Name", "Rules", "Scope", "VisibilityConfig"}
        ),
    ),
    "AWS::WAFv2::WebACLAssociation": ResourceType(
        ref=by_logical_id, inert=frozenset({"ResourceArn", "WebACLArn"})
    ),
}
