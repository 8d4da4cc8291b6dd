"""The resource types the stack knows: their ids, attributes and accepted properties.

A type or property that is not listed here is refused at start: a template that would behave
differently on AWS must not appear to work. `executed` properties are acted upon; `inert` ones are
accepted because they change nothing that could be seen on one machine.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Place:
    """Where the stack pretends to be."""

    region: str
    account_id: str
    stack_name: str
    site_host: str

    def digits(self, logical_id: str, length: int) -> str:
        """A base-36 id that survives restarts of the stack, so that browsers keep sessions."""
        number = int.from_bytes(hashlib.sha512(f"{self.stack_name}/{logical_id}".encode()).digest())
        digits = ""
        for _ in range(length):
            number, digit = divmod(number, 36)
            digits += _BASE36[digit]
        return digits

    def arn(self, service: str, resource: str, *, region: bool = True) -> str:
        return f"arn:aws:{service}:{self.region if region else ''}:{self.account_id}:{resource}"


Ids = Callable[[Place, str, str], str]
"""(place, logical id, name given in the properties or "") -> physical id or attribute."""


@dataclass(frozen=True)
class ResourceType:
    ref: Ids
    attributes: Mapping[str, Ids] = field(default_factory=dict)
    name_property: str = ""
    executed: frozenset[str] = frozenset()
    inert: frozenset[str] = frozenset()
    checks_own_properties: bool = False


def _name(place: Place, logical_id: str, name: str) -> str:
    return name or f"{place.stack_name}-{logical_id}-{place.digits(logical_id, 12).upper()}"


def _user_pool_id(place: Place, logical_id: str, name: str) -> str:
    return f"{place.region}_{place.digits(logical_id, 9)}"


def _identity_pool_id(place: Place, logical_id: str, name: str) -> str:
    digest = hashlib.sha256(f"{place.stack_name}/{logical_id}".encode()).digest()
    return f"{place.region}:{uuid.UUID(bytes=digest[:16], version=4)}"


def _bucket(place: Place, logical_id: str, name: str) -> str:
    return name or f"{place.stack_name}-{logical_id}-{place.digits(logical_id, 12)}".lower()


def _secret_arn(place: Place, logical_id: str, name: str) -> str:
    suffix = place.digits(logical_id, 6)
    return place.arn("secretsmanager", f"secret:{_name(place, logical_id, name)}-{suffix}")


def _function_arn(place: Place, logical_id: str, name: str) -> str:
    function = f"function/{_name(place, logical_id, name)}"
    return place.arn("cloudfront", function, region=False)


def _digits(length: int) -> Ids:
    return lambda place, logical_id, name: place.digits(logical_id, length)


def _logical(place: Place, logical_id: str, name: str) -> str:
    return logical_id


RESOURCE_TYPES: Mapping[str, ResourceType] = {
    "AWS::ApiGateway::Deployment": ResourceType(
        ref=_digits(6), inert=frozenset({"Description", "RestApiId", "StageName"})
    ),
    "AWS::ApiGateway::RestApi": ResourceType(
        ref=_digits(10),
        executed=frozenset({"Body", "EndpointConfiguration"}),
        inert=frozenset({"Name", "Parameters"}),
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
        inert=frozenset({"DeploymentId"}),
    ),
    "AWS::CloudFront::Distribution": ResourceType(
        ref=_digits(14),
        attributes={"DomainName": lambda place, logical_id, name: place.site_host},
        executed=frozenset({"DistributionConfig"}),
    ),
    "AWS::CloudFront::Function": ResourceType(
        ref=_function_arn,
        name_property="Name",
        attributes={"FunctionARN": _function_arn},
        executed=frozenset({"AutoPublish", "FunctionCode", "FunctionConfig"}),
        inert=frozenset({"Name"}),
    ),
    "AWS::CloudFront::OriginAccessControl": ResourceType(
        ref=_digits(14),
        attributes={"Id": _digits(14)},
        inert=frozenset({"OriginAccessControlConfig"}),
    ),
    "AWS::CloudFront::ResponseHeadersPolicy": ResourceType(
        ref=_digits(14), executed=frozenset({"ResponseHeadersPolicyConfig"})
    ),
    "AWS::Cognito::IdentityPool": ResourceType(ref=_identity_pool_id, checks_own_properties=True),
    "AWS::Cognito::IdentityPoolRoleAttachment": ResourceType(
        ref=_logical, checks_own_properties=True
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
    "AWS::Cognito::UserPoolClient": ResourceType(ref=_digits(26), checks_own_properties=True),
    "AWS::Events::Rule": ResourceType(
        ref=_name,
        attributes={
            "Arn": lambda place, logical_id, name: place.arn(
                "events", f"rule/{_name(place, logical_id, name)}"
            )
        },
        # time does not pass here: who wants the function to run invokes it
        inert=frozenset({"Description", "ScheduleExpression", "State", "Targets"}),
    ),
    "AWS::IAM::Policy": ResourceType(
        ref=_logical, executed=frozenset({"PolicyDocument", "PolicyName", "Roles"})
    ),
    "AWS::IAM::Role": ResourceType(
        ref=_name,
        name_property="RoleName",
        attributes={
            "Arn": lambda place, logical_id, name: place.arn(
                "iam", f"role/{_name(place, logical_id, name)}", region=False
            )
        },
        executed=frozenset({"AssumeRolePolicyDocument", "Policies", "RoleName"}),
        inert=frozenset({"Tags"}),
    ),
    "AWS::Lambda::Function": ResourceType(
        ref=_name,
        name_property="FunctionName",
        attributes={
            "Arn": lambda place, logical_id, name: place.arn(
                "lambda", f"function:{_name(place, logical_id, name)}"
            )
        },
        executed=frozenset(
            {"Code", "Environment", "Handler", "MemorySize", "Role", "Runtime", "Timeout"}
        ),
        inert=frozenset({"Architectures", "FunctionName", "LoggingConfig", "Tags"}),
    ),
    "AWS::Lambda::Permission": ResourceType(
        ref=_logical, executed=frozenset({"Action", "FunctionName", "Principal", "SourceArn"})
    ),
    "AWS::Logs::LogGroup": ResourceType(
        ref=_name,
        name_property="LogGroupName",
        attributes={
            "Arn": lambda place, logical_id, name: place.arn(
                "logs", f"log-group:{_name(place, logical_id, name)}:*"
            )
        },
        inert=frozenset({"LogGroupName", "RetentionInDays"}),
    ),
    "AWS::Logs::MetricFilter": ResourceType(
        ref=_name,
        inert=frozenset({"FilterPattern", "LogGroupName", "MetricTransformations"}),
    ),
    "AWS::S3::Bucket": ResourceType(
        ref=_bucket,
        name_property="BucketName",
        attributes={
            "Arn": lambda place, logical_id, name: (
                f"arn:aws:s3:::{_bucket(place, logical_id, name)}"
            ),
            "RegionalDomainName": lambda place, logical_id, name: (
                f"{_bucket(place, logical_id, name)}.s3.{place.region}.amazonaws.com"
            ),
        },
        inert=frozenset(
            {
                *("BucketEncryption", "CorsConfiguration", "LifecycleConfiguration"),
                *("OwnershipControls", "PublicAccessBlockConfiguration", "VersioningConfiguration"),
            }
        ),
    ),
    "AWS::S3::BucketPolicy": ResourceType(
        ref=_logical, inert=frozenset({"Bucket", "PolicyDocument"})
    ),
    "AWS::SecretsManager::Secret": ResourceType(
        ref=_secret_arn,
        name_property="Name",
        executed=frozenset({"Name", "SecretString"}),
        inert=frozenset({"Description"}),
    ),
}
