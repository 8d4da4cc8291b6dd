"""Roles and their decisions: who may assume one, and what it may do.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from local.iam.condition import Context
from local.iam.errors import InvalidPolicyError
from local.iam.statement import Statement, parse_identity_policy, parse_trust_policy

if TYPE_CHECKING:
    from functools import _lru_cache_wrapper

ASSUME_ROLE_WITH_WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity"
COGNITO_IDENTITY = "cognito-identity.amazonaws.com"
_REMEMBERED = 1024
"""Decisions of a role: a path has ids in it, so there is no end of resources."""


class Decision(Enum):
    """The API Gateway words the two denials differently."""

    ALLOWED = "allowed"
    EXPLICIT_DENY = "explicit deny"
    IMPLICIT_DENY = "implicit deny"


@dataclass(frozen=True)
class Role:
    """An IAM role. `trust_policy` and each of `policies` are policy documents.

    Raises PolicyError when constructed with a document that is invalid or not modelled.
    """

    name: str
    arn: str
    trust_policy: dict[str, Any]
    policies: tuple[dict[str, Any], ...]

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Of all its policies, parsed."""
        return tuple(item for policy in self.policies for item in parse_identity_policy(policy))

    @cached_property
    def decisions(self) -> _lru_cache_wrapper[Decision]:
        """By action and resource, where no context is given: then nothing else decides.

        An update of the stack that changes a policy has another role.
        """
        return lru_cache(maxsize=_REMEMBERED)(partial(_evaluate, self.statements))

    def __post_init__(self) -> None:
        _ = self.statements
        for statement in parse_trust_policy(self.trust_policy):
            _require_audience(self.name, statement)


def evaluate(role: Role, *, action: str, resource: str, context: Context) -> Decision:
    """Decide by the role's identity-based policies; an explicit deny wins."""
    if not context:
        return role.decisions(action, resource)
    return _evaluate(role.statements, action, resource, context)


def _evaluate(
    statements: Iterable[Statement],
    action: str,
    resource: str,
    context: Context = MappingProxyType({}),
) -> Decision:
    return _decide(
        statement
        for statement in statements
        if statement.matches_action(action)
        and statement.matches_resource(resource, context)
        and statement.conditions_hold(context)
    )


def is_allowed(role: Role, *, action: str, resource: str, context: Context) -> bool:
    """True when the role's policies allow `action` (any case) on `resource` (an ARN)."""
    decision = evaluate(role, action=action, resource=resource, context=context)
    return decision is Decision.ALLOWED


def may_assume(role: Role, *, principal_federated: str, context: Context) -> bool:
    """True when the trust policy lets the federated principal assume the role with a web identity.

    `context` holds `cognito-identity.amazonaws.com:aud` and `:amr`.
    """
    return (
        _decide(
            statement
            for statement in parse_trust_policy(role.trust_policy)
            if principal_federated in statement.federated
            and statement.matches_action(ASSUME_ROLE_WITH_WEB_IDENTITY)
            and statement.conditions_hold(context)
        )
        is Decision.ALLOWED
    )


def _decide(applicable: Iterable[Statement]) -> Decision:
    effects = [statement.allow for statement in applicable]
    if not effects:
        return Decision.IMPLICIT_DENY
    return Decision.ALLOWED if all(effects) else Decision.EXPLICIT_DENY


def _require_audience(name: str, statement: Statement) -> None:
    # IAM has refused to save such a trust policy since 2026, so the local stack must too.
    if not statement.allow or COGNITO_IDENTITY not in statement.federated:
        return
    keys = {condition.key.lower() for condition in statement.conditions}
    if f"{COGNITO_IDENTITY}:aud" not in keys:
        raise InvalidPolicyError(f"{name}: trust without a {COGNITO_IDENTITY}:aud condition")
