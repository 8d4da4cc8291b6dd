"""The resource types the stack knows: their ids, attributes and accepted properties.

A type that is not listed here is refused at start, and so is a property of a type that is executed:
a template that would behave differently on AWS must not appear to work. `executed` properties are
acted upon; `inert` ones are accepted because they change nothing that could be seen on one machine.
Types that are inert as a whole take any property.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping

from local.template.inert_types import INERT_TYPES
from local.template.resource_type import (
    Place,
    ResourceType,
    arn_by_name,
    by_digits,
    by_logical_id,
    by_name,
)

__all__ = ["RESOURCE_TYPES", "Place", "ResourceType"]


def _user_pool_id(place: Place, logical_id: str, name: str) -> str:
    return f"{place.region}_{place.digits(logical_id, 9)}"


def _identity_pool_id(place: Place, logical_id: str, name: str) -> str:
    digest = hashlib.sha256(f"{place.stack_name}/{logical_id}".encode()).digest()
    return f"{place.region}:{uuid.UUID(bytes=digest[:16], version=4)}"


def _secret_arn(place: Place, logical_id: str, name: str) -> str:
    suffix = place.digits(logical_id, 6)
    return place.arn("secretsmanager", f"secret:{by_name(place, logical_id, name)}-{suffix}")


_cloudfront_function_arn = arn_by_name("cloudfront", "function/", region=False)

RESOURCE_TYPES: Mapping[str, ResourceType] = {
    **INERT_TYPES,
    "AWS::ApiGateway::ApiKey": ResourceType(
        ref=by_digits(10), executed=frozenset({"Enabled", "Value"}), inert=frozenset({"Name"})
    ),
    "AWS::ApiGateway::RestApi": ResourceType(
        ref=by_digits(10),
        executed=frozenset({"Body", "EndpointConfiguration", "MinimumCompressionSize"}),
        inert=frozenset({"EndpointAccessMode", "Name", "Parameters", "SecurityPolicy"}),
    ),
    "AWS::ApiGateway::Stage": ResourceType(
        ref=lambda place, logical_id, name: name,
        name_property="StageName",
        executed=frozenset(
            {
                *("CacheClusterEnabled", "CacheClusterSize", "MethodSettings", "RestApiId"),
                *("StageName", "Variables"),
            }
        ),
        inert=frozenset({"AccessLogSetting", "DeploymentId", "TracingEnabled"}),
    ),
    "AWS::ApiGateway::UsagePlan": ResourceType(
        ref=by_digits(6), executed=frozenset({"ApiStages"}), inert=frozenset({"UsagePlanName"})
    ),
    "AWS::ApiGateway::UsagePlanKey": ResourceType(
        ref=by_logical_id, executed=frozenset({"KeyId", "KeyType", "UsagePlanId"})
    ),
    "AWS::CloudFront::CachePolicy": ResourceType(
        ref=by_digits(14), executed=frozenset({"CachePolicyConfig"})
    ),
    "AWS::CloudFront::Distribution": ResourceType(
        ref=by_digits(14),
        attributes={"DomainName": lambda place, logical_id, name: place.site_host},
        executed=frozenset({"DistributionConfig"}),
        inert=frozenset({"Tags"}),
    ),
    "AWS::CloudFront::Function": ResourceType(
        ref=_cloudfront_function_arn,
        name_property="Name",
        attributes={"FunctionARN": _cloudfront_function_arn},
        executed=frozenset({"AutoPublish", "FunctionCode", "FunctionConfig"}),
        inert=frozenset({"Name"}),
    ),
    "AWS::CloudFront::ResponseHeadersPolicy": ResourceType(
        ref=by_digits(14), executed=frozenset({"ResponseHeadersPolicyConfig"})
    ),
    "AWS::Cognito::IdentityPool": ResourceType(ref=_identity_pool_id, checks_own_properties=True),
    "AWS::Cognito::IdentityPoolRoleAttachment": ResourceType(
        ref=by_logical_id, checks_own_properties=True
    ),
    "AWS::Cognito::UserPool": ResourceType(
        ref=_user_pool_id,
        attributes={
            "Arn": lambda place, logical_id, name: place.arn(
                "cognito-idp", f"userpool/{_user_pool_id(place, logical_id, name)}"
            ),
            "ProviderName": lambda place, logical_id, name: (
                f"cognito-idp.{place.region}.amazonaws.com/{_user_pool_id(place, logical_id, name)}"
            ),
        },
        checks_own_properties=True,
    ),
    "AWS::Cognito::UserPoolClient": ResourceType(ref=by_digits(26), checks_own_properties=True),
    "AWS::DynamoDB::Table": ResourceType(
        ref=by_name,
        name_property="TableName",
        attributes={"Arn": arn_by_name("dynamodb", "table/")},
        executed=frozenset({"AttributeDefinitions", "KeySchema"}),
        # what expires is of the past for its readers, and a restart forgets the rest
        inert=frozenset({"BillingMode", "TimeToLiveSpecification"}),
    ),
    "AWS::IAM::Policy": ResourceType(
        ref=by_logical_id, executed=frozenset({"PolicyDocument", "PolicyName", "Roles"})
    ),
    "AWS::IAM::Role": ResourceType(
        ref=by_name,
        name_property="RoleName",
        attributes={"Arn": arn_by_name("iam", "role/", region=False)},
        executed=frozenset({"AssumeRolePolicyDocument", "Policies", "RoleName"}),
        # managed policies are AWS's and allow nothing here
        inert=frozenset({"ManagedPolicyArns", "PermissionsBoundary", "Tags"}),
    ),
    "AWS::Lambda::Function": ResourceType(
        ref=by_name,
        name_property="FunctionName",
        attributes={"Arn": arn_by_name("lambda", "function:")},
        executed=frozenset(
            {"Code", "Environment", "Handler", "MemorySize", "Role", "Runtime", "Timeout"}
        ),
        inert=frozenset(
            {
                *("Architectures", "FunctionName", "LoggingConfig", "Tags"),
                *("ReservedConcurrentExecutions", "TracingConfig"),
            }
        ),
    ),
    "AWS::Lambda::Permission": ResourceType(
        ref=by_logical_id, executed=frozenset({"Action", "FunctionName", "Principal", "SourceArn"})
    ),
    "AWS::SecretsManager::Secret": ResourceType(
        ref=_secret_arn,
        name_property="Name",
        executed=frozenset({"GenerateSecretString", "Name", "SecretString"}),
        inert=frozenset({"Description"}),
    ),
}
