"""The stack of alarms and dashboard beside a gallery's: its name and its parameters.

`stacks/monitoring.yaml` is its template. Its parameters have the names of the gallery's outputs, so
ids pass from one stack to the other as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from deploy.stack import Stack

ALARM_PARAMETERS = ("AlarmTopicArn", "AlarmEmail")
"""Parameters that come from the parameters file: where alarms go."""

_DESCRIPTION = "NFT Gallery's alarms and dashboard"
_IDS = ("UserPoolId", "UserPoolClientId", "DistributionId")
_OPTIONS = {
    "AccessLogs": "AccessLogGroup",
    "PublicLookups": "PublicGalleryFunction",
    "Waf": "WebAcl",
    "Webhooks": "WebhookLogGroup",
    "UnprovenUsers": "UsersLogGroup",
}
"""Parameter -> the resource that a gallery with this option has."""


def monitoring_name(stack_name: str) -> str:
    return f"{stack_name}-monitoring"


def is_monitoring(stack: Stack) -> bool:
    """Whether a stack was made from stacks/monitoring.yaml, whatever its name."""
    return stack.description.startswith(_DESCRIPTION)


def monitoring_parameters(
    stack: Stack, resources: Collection[str], given: Mapping[str, str]
) -> dict[str, str]:
    """Parameters of the template for a gallery, by its logical ids and the parameters file."""
    options = {
        name: "on" if resource in resources else "off" for name, resource in _OPTIONS.items()
    }
    alarms = {name: given[name] for name in ALARM_PARAMETERS if name in given}
    return {
        "StackName": stack.name,
        **{name: stack.outputs[name] for name in _IDS},
        **options,
        **alarms,
    }
