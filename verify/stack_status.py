"""Waits until CloudFormation is done with a stack."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from deploy.stack import Stack, find_stack
from verify.errors import UpdateFailedError

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

SECONDS_BETWEEN_LOOKS = 5.0


def settled(
    cloudformation: CloudFormationClient, name: str, sleep: Callable[[float], None]
) -> Stack:
    """The stack once nothing is under way. Raises UpdateFailedError where there is none."""
    while True:
        found = find_stack(cloudformation, name)
        if found is None:
            raise UpdateFailedError(f"the stack {name} is gone")
        if not found.status.endswith("_IN_PROGRESS") or found.status == "REVIEW_IN_PROGRESS":
            return found
        sleep(SECONDS_BETWEEN_LOOKS)
