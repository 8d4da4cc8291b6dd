"""The API keys of a stage: those that a usage plan of the stage has.

A plan counts and limits nothing here: a throttle or a quota in it is refused at start.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from local.template.stack_template import Resource, StackTemplate


def stage_keys(
    template: StackTemplate, stage: Resource, read_secrets: Callable[[str], str]
) -> frozenset[str]:
    """Values of the keys; `read_secrets` gives the text of a dynamic reference."""
    here = {"ApiId": stage.properties["RestApiId"], "Stage": stage.physical_id}
    plans = _by_id(template, "AWS::ApiGateway::UsagePlan")
    keys = _by_id(template, "AWS::ApiGateway::ApiKey")
    pairs = _by_id(template, "AWS::ApiGateway::UsagePlanKey").values()
    found = [keys[p["KeyId"]] for p in pairs if here in plans[p["UsagePlanId"]]["ApiStages"]]
    return frozenset(read_secrets(key["Value"]) for key in found if key["Enabled"])


def _by_id(template: StackTemplate, kind: str) -> dict[str, Mapping[str, Any]]:
    return {resource.physical_id: resource.properties for resource in template.of_type(kind)}
