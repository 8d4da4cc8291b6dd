"""All that could be asked of the accounts around a stack: each action on each resource."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import quote

from botocore.session import Session

from local.template.resource_types import Place
from local.template.stack_template import Resource, StackTemplate
from tests.contract.reading import operations

VERBS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
# Services whose actions are named otherwise than their API's operations, or that have no such API.
_ACTIONS = {
    "apigateway": VERBS,
    "execute-api": ("Invoke", "InvalidateCache", "ManageConnections"),
    "lambda": ("InvokeFunction", "InvokeFunctionUrl", "InvokeAsync"),
    "s3": (
        *("ListBucket", "ListBucketVersions", "ListAllMyBuckets"),
        *("DeleteObjectVersion", "GetObjectVersion"),
    ),
}
# Services the stack has no resource of, but that its roles could be let into.
_AROUND = ("dynamodb", "ec2", "events", "kms", "sns", "sqs", "ssm", "sts", "xray")


@cache
def actions_of(service: str) -> tuple[str, ...]:
    """`service:Action` of a service, by its API's model."""
    session = Session()
    known = service in session.get_available_services() and service != "apigateway"
    names = session.get_service_model(service).operation_names if known else []
    return tuple(f"{service}:{name}" for name in sorted({*names, *_ACTIONS.get(service, ())}))


def requests_to(*stacks: StackTemplate) -> Iterator[tuple[str, str, str]]:
    """(action, ARN, name) of all that could be done to the resources of stacks.

    The name is the logical id with what is asked of it, or `*` for actions that know no resource.
    """
    services = set(_AROUND)
    for name, arn, _ in things_of(*stacks):
        service = arn.split(":")[2]
        services |= {service}
        yield from ((action, arn, name) for action in actions_of(service))
    for service in sorted(services):
        yield from ((action, "*", "*") for action in actions_of(service))


def things_of(*stacks: StackTemplate) -> Iterator[tuple[str, str, Resource]]:
    """(name, ARN, resource) of all there is in stacks; what is in a resource has its tags."""
    for stack in stacks:
        for resource in stack.resources:
            yield from ((name, arn, resource) for name, arn in _arns(stack, resource))


def _arns(stack: StackTemplate, resource: Resource) -> Iterator[tuple[str, str]]:
    name, arn, place = resource.logical_id, resource.arn, stack.place
    if arn:
        yield name, arn
    match resource.type:
        case "AWS::Logs::LogGroup":
            yield f"{name}/stream", f"{arn.removesuffix('*')}log-stream:2026/11/22/[$LATEST]1f"
        case "AWS::S3::Bucket":
            yield f"{name}/object", f"{arn}/index.html"
        case "AWS::Lambda::Function":
            yield f"{name}/version", f"{arn}:1"
        case "AWS::SecretsManager::Secret":
            yield name, resource.physical_id
        case "AWS::Cognito::IdentityPool":
            yield name, place.arn("cognito-identity", f"identitypool/{resource.physical_id}")
        case (
            "AWS::CloudFront::CachePolicy"
            | "AWS::CloudFront::Distribution"
            | "AWS::CloudFront::OriginAccessControl"
            | "AWS::CloudFront::OriginRequestPolicy"
            | "AWS::CloudFront::ResponseHeadersPolicy"
        ):
            kind = "-".join(re.findall("[A-Z][a-z]+", resource.type.split("::")[2])).lower()
            yield name, place.arn("cloudfront", f"{kind}/{resource.physical_id}", region=False)
        case "AWS::CloudFront::Function":
            yield name, resource.physical_id
        case "AWS::Route53::RecordSet":
            yield name, f"arn:aws:route53:::hostedzone/{resource.properties['HostedZoneId']}"
        case "AWS::ApiGateway::DomainName":
            domain = f"{_managed(place)}/domainnames/{resource.physical_id}"
            yield from _tagged(name, domain)
            yield f"{name}/mapping", f"{domain}/basepathmappings/(none)"
        case "AWS::ApiGateway::ApiKey":
            yield from _tagged(name, f"{_managed(place)}/apikeys/{resource.physical_id}")
        case "AWS::ApiGateway::UsagePlan":
            plan = f"{_managed(place)}/usageplans/{resource.physical_id}"
            yield from _tagged(name, plan)
            yield f"{name}/keys", f"{plan}/keys"
        case "AWS::CloudWatch::Alarm":
            yield name, place.arn("cloudwatch", f"alarm:{resource.physical_id}")
        case "AWS::CloudWatch::Dashboard":
            yield name, place.arn("cloudwatch", f"dashboard/{resource.physical_id}", region=False)
        case "AWS::SNS::Topic":
            yield name, resource.physical_id
        case "AWS::ApiGateway::RestApi":
            api = resource.physical_id
            managed = f"{_managed(place)}/restapis/{api}"
            yield from _tagged(name, managed)
            yield f"{name}/stage", f"{managed}/stages/prod"
            yield f"{name}/deployments", f"{managed}/deployments"
            yield f"{name}/integration", f"{managed}/resources/a1b2c3/methods/GET/integration"
            yield from _routes(stack, name, place.arn("execute-api", api))


def _managed(place: Place) -> str:
    return f"arn:aws:apigateway:{place.region}::"


def _tagged(name: str, arn: str) -> Iterator[tuple[str, str]]:
    """What API Gateway has, and its tags, which are a resource of their own."""
    yield name, arn
    yield f"{name}/tags", f"{arn.split('/')[0]}/tags/{quote(arn, safe='')}"


def _routes(stack: StackTemplate, name: str, api: str) -> Iterator[tuple[str, str]]:
    known = sorted({path for _, path in operations(stack)})
    paths = [*known, "/", "/getNFTsCollectionAlchemy/x"]
    for stage in ("prod", "test", "*"):
        for verb in VERBS:
            for path in paths:
                yield f"{name} {stage} {verb} {path}", f"{api}/{stage}/{verb}{path}"
