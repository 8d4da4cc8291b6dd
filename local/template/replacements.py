"""Updates of a user pool that would cost its users: refused here, since AWS does not make them.

CloudFormation makes another pool where one of REPLACED changes. Cognito takes no attribute away.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpool.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.errors import UnsupportedError
from local.template.stack_template import StackTemplate

POOL = "AWS::Cognito::UserPool"
REPLACED = ("AliasAttributes", "UsernameAttributes", "UsernameConfiguration")
_WAY_OUT = "to try it, stop, delete the state folder (.local) and start afresh"


def refuse_loss_of_users(before: StackTemplate, after: StackTemplate) -> None:
    """Raises UnsupportedError for an update after which the users would not be there."""
    wanted = {pool.physical_id: pool.properties for pool in after.of_type(POOL)}
    for pool in before.of_type(POOL):
        name, now = pool.logical_id, wanted.get(pool.physical_id)
        if now is None:
            raise UnsupportedError(f"{name}: the update deletes the pool and its users; {_WAY_OUT}")
        for key in REPLACED:
            if pool.properties.get(key) != now.get(key):
                raise UnsupportedError(
                    f"{name}: another {key} makes another pool without these users; {_WAY_OUT}"
                )
        if lost := _attributes(pool.properties) - _attributes(now):
            raise UnsupportedError(
                f"{name}: Cognito neither changes nor removes attributes of a pool: "
                f"{', '.join(sorted(lost))}; {_WAY_OUT}"
            )


def _attributes(pool: Mapping[str, Any]) -> set[str]:
    return {
        ", ".join(f"{name}={value}" for name, value in sorted(attribute.items()))
        for attribute in pool.get("Schema", [])
    }
