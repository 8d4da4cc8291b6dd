from typing import Any

import pytest

from local.iam.errors import InvalidPolicyError, UnsupportedPolicyError
from local.iam.policy import Role, may_assume

COGNITO = "cognito-identity.amazonaws.com"
POOL_ID = "us-east-1:11111111-2222-4333-8444-555555555555"


def _statement(**changes: Any) -> dict[str, Any]:
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": COGNITO},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
            "StringEquals": {f"{COGNITO}:aud": POOL_ID},
            "ForAnyValue:StringLike": {f"{COGNITO}:amr": "authenticated"},
        },
    }
    return {name: value for name, value in {**statement, **changes}.items() if value is not None}


def _role(*statements: dict[str, Any]) -> Role:
    trust = {"Version": "2012-10-17", "Statement": list(statements)}
    return Role("User", "arn:aws:iam::123456789012:role/User", trust, ())


def _may(role: Role, aud: str = POOL_ID, amr: list[str] | None = None) -> bool:
    methods = ["authenticated"] if amr is None else amr
    return may_assume(
        role,
        principal_federated=COGNITO,
        context={f"{COGNITO}:aud": aud, f"{COGNITO}:amr": methods},
    )


def test_lets_the_pools_authenticated_identities_in() -> None:
    provider = "cognito-idp.us-east-1.amazonaws.com/us-east-1_X"
    role = _role(_statement())
    assert _may(role)
    assert _may(role, amr=["authenticated", provider, f"{provider}:CognitoSignIn:sub"])


@pytest.mark.parametrize(
    ("aud", "amr"),
    [
        ("us-east-1:00000000-0000-4000-8000-000000000000", ["authenticated"]),
        (POOL_ID, ["unauthenticated"]),
        (POOL_ID, []),
        ("", ["authenticated"]),
    ],
)
def test_keeps_others_out(aud: str, amr: list[str]) -> None:
    assert not _may(_role(_statement()), aud, amr)


@pytest.mark.parametrize(
    "change",
    [
        {"Principal": {"Federated": "accounts.google.com"}},
        {"Principal": {"Service": COGNITO}},
        {"Principal": {"AWS": "arn:aws:iam::123456789012:root"}},
        {"Action": "sts:AssumeRole"},
        {"Effect": "Deny"},
    ],
)
def test_needs_this_principal_action_and_effect(change: dict[str, Any]) -> None:
    assert not _may(_role(_statement(**change)))


def test_a_deny_in_the_trust_policy_wins() -> None:
    assert not _may(_role(_statement(), _statement(Effect="Deny", Condition=None)))


@pytest.mark.parametrize("condition", [None, {"ForAnyValue:StringLike": {f"{COGNITO}:amr": "a"}}])
def test_refuses_trust_in_every_identity_pool_of_the_world(condition: Any) -> None:
    with pytest.raises(InvalidPolicyError, match="aud"):
        _role(_statement(Condition=condition))


@pytest.mark.parametrize(
    "change",
    [
        {"Principal": "*"},
        {"Principal": {"Federated": "*"}},
        {"Principal": {"AWS": "*"}},
        {"Principal": {"CanonicalUser": "x"}},
        {"NotPrincipal": {"AWS": "x"}},
    ],
)
def test_refuses_by_name_a_principal_it_does_not_model(change: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedPolicyError, match="Principal"):
        _role(_statement(**change))


@pytest.mark.parametrize("change", [{"Principal": None}, {"Resource": "*"}])
def test_refuses_a_trust_policy_iam_would_not_save(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidPolicyError):
        _role(_statement(**change))
