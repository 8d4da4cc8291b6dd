"""One statement of an IAM policy: parsed strictly, so that nothing unmodelled is ignored.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from collections.abc import Mapping
from dataclasses import dataclass

from local.iam.condition import Condition, Context, parse_conditions
from local.iam.errors import InvalidPolicyError, UnsupportedPolicyError
from local.iam.policy_variable import fill, refuse_variables
from local.iam.wildcard import matches

_DOCUMENT_ELEMENTS = {"Version", "Id", "Statement"}
_STATEMENT_ELEMENTS = {"Sid", "Effect", "Principal", "Action", "Resource", "Condition"}
_PRINCIPAL_KINDS = {"Federated", "Service", "AWS"}


@dataclass(frozen=True)
class Statement:
    """A parsed statement; `federated` is empty for identity-based policies."""

    allow: bool
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    federated: tuple[str, ...]
    conditions: tuple[Condition, ...]

    def matches_action(self, action: str) -> bool:
        return any(matches(pattern.lower(), action.lower()) for pattern in self.actions)

    def matches_resource(self, resource: str, context: Context) -> bool:
        patterns = (fill(pattern, context) for pattern in self.resources)
        return any(matches(pattern, resource) for pattern in patterns if pattern is not None)

    def conditions_hold(self, context: Context) -> bool:
        return all(condition.holds(context) for condition in self.conditions)


def parse_identity_policy(document: Mapping[str, object]) -> tuple[Statement, ...]:
    """Raises PolicyError. Every statement needs Action and Resource, none a Principal."""
    statements = _parse_document(document)
    for raw in statements:
        if "Principal" in raw or "Resource" not in raw:
            raise InvalidPolicyError("an identity-based statement has a Resource and no Principal")
    # A Deny that a missing value keeps from matching would let through what it forbids.
    return tuple(
        _parse_statement(raw, variables=raw.get("Effect") == "Allow") for raw in statements
    )


def parse_trust_policy(document: Mapping[str, object]) -> tuple[Statement, ...]:
    """Raises PolicyError. Every statement needs Action and Principal, none a Resource."""
    statements = _parse_document(document)
    for raw in statements:
        if "Resource" in raw or "Principal" not in raw:
            raise InvalidPolicyError("a trust statement has a Principal and no Resource")
    return tuple(_parse_statement(raw, variables=False) for raw in statements)


def _parse_document(document: Mapping[str, object]) -> list[Mapping[str, object]]:
    _refuse_unknown(document, _DOCUMENT_ELEMENTS)
    if str(document.get("Version")) != "2012-10-17":
        raise UnsupportedPolicyError(f"policy Version {document.get('Version')!r}")
    statements = document.get("Statement")
    found: list[Mapping[str, object]] = []
    for statement in statements if isinstance(statements, list) else [statements]:
        if not isinstance(statement, Mapping):
            raise InvalidPolicyError("a Statement is an object")
        _refuse_unknown(statement, _STATEMENT_ELEMENTS)
        found.append(statement)
    return found


def _refuse_unknown(found: Mapping[str, object], known: set[str]) -> None:
    unknown = sorted(set(found) - known)
    if unknown:
        raise UnsupportedPolicyError(f"policy element {', '.join(unknown)}")


def _parse_statement(raw: Mapping[str, object], *, variables: bool) -> Statement:
    effect = raw.get("Effect")
    if effect not in ("Allow", "Deny"):
        raise InvalidPolicyError(f"Effect {effect!r} is neither Allow nor Deny")
    return Statement(
        allow=effect == "Allow",
        actions=_strings("Action", raw.get("Action")),
        resources=_strings("Resource", raw.get("Resource"), variables) if "Resource" in raw else (),
        federated=_federated(raw["Principal"]) if "Principal" in raw else (),
        conditions=parse_conditions(raw.get("Condition", {}), variables=variables),
    )


def _federated(principal: object) -> tuple[str, ...]:
    if not isinstance(principal, Mapping):
        raise UnsupportedPolicyError(f"Principal {principal!r}")
    unknown = sorted(set(principal) - _PRINCIPAL_KINDS)
    if unknown:
        raise UnsupportedPolicyError(f"Principal {', '.join(unknown)}")
    for kind, names in principal.items():
        if "*" in _strings(f"Principal.{kind}", names):
            raise UnsupportedPolicyError(f"Principal {kind}: *")
    return _strings("Principal", principal["Federated"]) if "Federated" in principal else ()


def _strings(element: str, value: object, variables: bool = False) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    strings = tuple(item for item in values if isinstance(item, str) and item)
    if not strings or len(strings) != len(values):
        raise InvalidPolicyError(f"{element} is a string or a list of strings")
    for item in strings:
        refuse_variables(element, item, modelled=variables)
    return strings
