"""What a stage serves after its stack was made or updated.

A stage serves the snapshot of its Deployment: the body as it was when CloudFormation made that
Deployment. A body that changes is not live until a Deployment of another logical id comes.
Settings of the stage itself (cache, throttles, variables) are live at once.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-deployment.html

A dynamic reference is read again only where the property around it changes as it is written:
another secret value alone changes nothing.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local.template.stack_template import Resource, StackTemplate


@dataclass(frozen=True)
class LiveApi:
    """`api` as CloudFormation last wrote it, `body` the snapshot that the stage serves."""

    api: Resource
    stage: Resource
    deployment_id: str
    body: Mapping[str, Any]


def created(template: StackTemplate) -> LiveApi:
    """What is live after the stack was made."""
    api = template.only("AWS::ApiGateway::RestApi")
    stage = template.only("AWS::ApiGateway::Stage")
    return LiveApi(api, stage, _deployment_id(stage), api.properties["Body"])


def updated(live: LiveApi, template: StackTemplate) -> LiveApi:
    """What is live after the stack was updated to `template`."""
    wanted = created(template)
    api = live.api if wanted.api.written == live.api.written else wanted.api
    is_deployed = wanted.deployment_id != live.deployment_id
    body = api.properties["Body"] if is_deployed else live.body
    return LiveApi(api, wanted.stage, wanted.deployment_id, body)


def _deployment_id(stage: Resource) -> str:
    return str(stage.properties["DeploymentId"])
