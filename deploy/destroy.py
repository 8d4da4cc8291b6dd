"""Empties and deletes a stack, asks first, and can be run again wherever it stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from deploy.bucket import Bucket
from deploy.clients import Clients
from deploy.errors import (
    DeletionFailedError,
    NotConfirmedError,
    StackProtectedError,
    UsersProtectedError,
)
from deploy.monitoring import is_monitoring, monitoring_name
from deploy.stack import Stack, find_stack, require_stack
from deploy.stack_resources import Resource, list_resources

type Say = Callable[[str], None]

_TRIES = 3
_SECONDS_BETWEEN_LOOKS = 10.0


def destroy(
    clients: Clients,
    name: str,
    *,
    ask: Callable[[str], str],
    delete_users: bool,
    say: Say,
    sleep: Callable[[float], None],
) -> None:
    """Delete the stack with its alarms, site and users; one that is gone already is no error.

    Raises DestroyError before the first deletion where a stack or its users are protected, or
    `ask` does not answer with the stack's name.
    """
    if find_stack(clients.cloudformation, name) is None:
        say(f"{clients.cloudformation.meta.region_name} has no stack {name}")
        return
    stack = require_stack(clients.cloudformation, name)
    alarms = _monitoring_of(clients, stack)
    _require_unprotected((stack, *alarms))
    resources = _deletable(clients, stack)
    protected = _protected_pools(clients, resources, delete_users=delete_users)
    _confirm(stack, [*alarms, *_with_contents(resources)], ask, say)
    for each in alarms:  # they watch what goes next
        _delete(clients, each, say, sleep)
    for pool in protected:
        clients.cognito_idp.update_user_pool(
            UserPoolId=pool.physical_id, DeletionProtection="INACTIVE"
        )
    _delete(clients, stack, say, sleep)


def _monitoring_of(clients: Clients, stack: Stack) -> list[Stack]:
    """The stack of a gallery's alarms, if there is one."""
    found = find_stack(clients.cloudformation, monitoring_name(stack.name))
    return [found] if found and is_monitoring(found) else []


def _require_unprotected(stacks: Iterable[Stack]) -> None:
    for stack in stacks:
        if stack.is_protected:
            raise StackProtectedError(f"{stack} has termination protection: lift it first")


def _protected_pools(
    clients: Clients, resources: Iterable[Resource], *, delete_users: bool
) -> list[Resource]:
    """Pools whose protection is to be lifted. Raises UsersProtectedError where it is not."""
    pools = [r for r in resources if r.type == "AWS::Cognito::UserPool"]
    protected = [pool for pool in pools if _is_protected(clients, pool)]
    if protected and not delete_users:
        raise UsersProtectedError(
            f"the user pool {protected[0].physical_id} is protected against deletion: "
            "DELETE_USERS=yes deletes it with every wallet in it"
        )
    return protected


def _is_protected(clients: Clients, pool: Resource) -> bool:
    found = clients.cognito_idp.describe_user_pool(UserPoolId=pool.physical_id)["UserPool"]
    return found.get("DeletionProtection") == "ACTIVE"


def _deletable(clients: Clients, stack: Stack) -> list[Resource]:
    found = list_resources(clients.cloudformation, stack.id)
    return [r for r in found if r.is_deleted_with_stack and not r.is_gone and r.physical_id]


def _with_contents(resources: Iterable[Resource]) -> list[Resource]:
    return [r for r in resources if r.type in ("AWS::S3::Bucket", "AWS::Cognito::UserPool")]


def _confirm(
    stack: Stack, parts: Iterable[Stack | Resource], ask: Callable[[str], str], say: Say
) -> None:
    where = f"in {stack.region} of the account {stack.account}"
    say(f"deletes the stack {stack.name} {where}, and with it")
    for part in parts:
        say(f"  {part}, with everything in it")
    if ask(f"Type {stack.name} to delete all of it: ").strip() != stack.name:
        raise NotConfirmedError("nothing was deleted: the name typed was not the stack's")


def _delete(clients: Clients, stack: Stack, say: Say, sleep: Callable[[float], None]) -> None:
    """Deletes again where a bucket got new objects (late logs, say) after it was emptied."""
    for _ in range(_TRIES):
        _empty_buckets(clients, stack, say)
        clients.cloudformation.delete_stack(StackName=stack.id)
        if _wait(clients, stack, say, sleep) == "DELETE_COMPLETE":
            return
    stuck = [r for r in list_resources(clients.cloudformation, stack.id) if "FAILED" in r.status]
    reasons = "; ".join(f"{r}: {r.reason}" for r in stuck)
    raise DeletionFailedError(f"CloudFormation cannot delete {stack.name}: {reasons}")


def _empty_buckets(clients: Clients, stack: Stack, say: Say) -> None:
    for resource in _deletable(clients, stack):
        bucket = Bucket(clients.s3, resource.physical_id, stack.account)
        if resource.type == "AWS::S3::Bucket" and bucket.exists():
            say(f"emptied {bucket.name}: {bucket.empty()} objects")


def _wait(clients: Clients, stack: Stack, say: Say, sleep: Callable[[float], None]) -> str:
    """The status in which the deletion ended. A distribution takes some minutes."""
    before = ""
    while True:
        found = clients.cloudformation.describe_stacks(StackName=stack.id)["Stacks"][0]
        status = str(found["StackStatus"])
        if status != before:
            say(f"{stack.name}: {status}")
        if status != "DELETE_IN_PROGRESS":
            return status
        before = status
        sleep(_SECONDS_BETWEEN_LOOKS)
