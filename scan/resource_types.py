"""Ids and attributes of the resources that only the pipelines' own templates have."""

from __future__ import annotations

from collections.abc import Mapping

from local.template.resource_type import Ids, Place, ResourceType


def _name(place: Place, logical_id: str, name: str) -> str:
    return name or f"{place.stack_name}-{logical_id}-{place.digits(logical_id, 12).upper()}"


def _arn(service: str, prefix: str = "") -> Ids:
    return lambda place, logical_id, name: place.arn(
        service, prefix + _name(place, logical_id, name)
    )


DEPLOY_TYPES: Mapping[str, ResourceType] = {
    "AWS::CodeBuild::Project": ResourceType(
        ref=_name, attributes={"Arn": _arn("codebuild", "project/")}, name_property="Name"
    ),
    "AWS::CodePipeline::Pipeline": ResourceType(ref=_name, name_property="Name"),
    "AWS::IAM::ManagedPolicy": ResourceType(
        ref=lambda place, logical_id, name: place.arn(
            "iam", f"policy/{_name(place, logical_id, name)}", region=False
        ),
        name_property="ManagedPolicyName",
    ),
    "AWS::IAM::OIDCProvider": ResourceType(
        ref=lambda place, logical_id, name: place.arn(
            "iam", "oidc-provider/token.actions.githubusercontent.com", region=False
        ),
    ),
}
