from typing import Any

import pytest

from local.errors import LocalStackError, UnsupportedError
from local.iam.errors import InvalidPolicyError, PolicyError, UnsupportedPolicyError
from local.iam.policy import Decision, Role, evaluate, is_allowed

ARN = "arn:aws:iam::123456789012:role/Guest"
API = "arn:aws:execute-api:us-east-1:123456789012:abc123"
SUB = "cognito-identity.amazonaws.com:sub"
TRUST: dict[str, Any] = {
    "Version": "2012-10-17",
    "Statement": {
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "sts:AssumeRole",
    },
}


def _role(*statements: dict[str, Any], **document: Any) -> Role:
    policy = {"Version": "2012-10-17", "Statement": list(statements), **document}
    return Role("Guest", ARN, TRUST, (policy,))


def _allow(resource: Any = "*", action: Any = "execute-api:Invoke", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def _deny(resource: Any = "*", action: Any = "execute-api:Invoke", **more: Any) -> dict[str, Any]:
    return {**_allow(resource, action, **more), "Effect": "Deny"}


def _allowed(role: Role, resource: str, action: str = "execute-api:Invoke", **context: Any) -> bool:
    return is_allowed(role, action=action, resource=resource, context=context.get("context", {}))


@pytest.mark.parametrize(
    ("pattern", "resource", "expected"),
    [
        ("*", f"{API}/prod/GET/x", True),
        (f"{API}/prod/GET/x", f"{API}/prod/GET/x", True),
        (f"{API}/prod/GET/x", f"{API}/prod/GET/xy", False),
        (f"{API}/prod/GET/x", f"{API}/prod/POST/x", False),
        (f"{API}/prod/GET/x", f"{API}/prod/GET/X", False),
        (f"{API}/prod/*/x", f"{API}/prod/GET/x", True),
        (f"{API}/*", f"{API}/prod/GET/a/b", True),
        (f"{API}/prod/GET/?", f"{API}/prod/GET/x", True),
        (f"{API}/prod/GET/?", f"{API}/prod/GET/", False),
        (f"{API}/prod/GET/?", f"{API}/prod/GET/xy", False),
        (f"{API}/prod/GET/a.b", f"{API}/prod/GET/aXb", False),
        (f"{API}/prod/GET/[x]", f"{API}/prod/GET/x", False),
        ([f"{API}/prod/GET/a", f"{API}/prod/GET/b"], f"{API}/prod/GET/b", True),
        (f"{API}/prod/GET/x", f"{API}/prod/GET/x\n", False),
    ],
)
def test_matches_resources_by_wildcard_only(pattern: Any, resource: str, expected: bool) -> None:
    assert _allowed(_role(_allow(pattern)), resource) is expected


@pytest.mark.parametrize(
    ("pattern", "action", "expected"),
    [
        ("execute-api:Invoke", "execute-api:invoke", True),
        ("EXECUTE-API:*", "execute-api:Invoke", True),
        ("execute-api:Inv?ke", "execute-api:Invoke", True),
        ("*", "execute-api:Invoke", True),
        ("execute-api:InvalidateCache", "execute-api:Invoke", False),
        (["s3:*", "execute-api:Invoke"], "execute-api:Invoke", True),
    ],
)
def test_matches_actions_in_any_case(pattern: Any, action: str, expected: bool) -> None:
    assert _allowed(_role(_allow(action=pattern)), "r", action) is expected


def test_the_same_question_is_judged_once_and_another_role_anew() -> None:
    role = _role(_allow(f"{API}/prod/GET/x"))
    assert [_allowed(role, f"{API}/prod/GET/x") for _ in range(3)] == [True] * 3
    assert not _allowed(role, f"{API}/prod/GET/y")
    assert not _allowed(role, f"{API}/prod/GET/x", action="execute-api:InvalidateCache")
    assert (role.decisions.cache_info().hits, role.decisions.cache_info().misses) == (2, 3)
    assert not _allowed(_role(_deny(f"{API}/prod/GET/x")), f"{API}/prod/GET/x")


def test_what_depends_on_the_request_is_judged_each_time() -> None:
    role = _role(_allow(Condition={"StringEquals": {SUB: "me"}}))
    for who in ("me", "you", "me"):
        assert _allowed(role, f"{API}/prod/GET/x", context={SUB: who}) is (who == "me")
    assert role.decisions.cache_info().currsize == 0


def test_nothing_is_allowed_by_default() -> None:
    role = Role("Guest", ARN, TRUST, ())
    assert evaluate(role, action="a:b", resource="r", context={}) is Decision.IMPLICIT_DENY


@pytest.mark.parametrize("order", [1, -1])
def test_an_explicit_deny_wins_in_any_order(order: int) -> None:
    role = _role(*[_allow(f"{API}/*"), _deny(f"{API}/prod/GET/admin")][::order])
    assert _allowed(role, f"{API}/prod/GET/x")
    decision = evaluate(
        role, action="execute-api:Invoke", resource=f"{API}/prod/GET/admin", context={}
    )
    assert decision is Decision.EXPLICIT_DENY


def test_a_deny_in_another_policy_wins_too() -> None:
    allow = {"Version": "2012-10-17", "Statement": [_allow()]}
    deny = {"Version": "2012-10-17", "Statement": _deny()}
    assert not _allowed(Role("Guest", ARN, TRUST, (allow, deny)), "r")


AMR = "cognito-identity.amazonaws.com:amr"


@pytest.mark.parametrize(
    ("condition", "request_context", "expected"),
    [
        ({"StringEquals": {"k": "v"}}, {"k": "v"}, True),
        ({"StringEquals": {"K": "v"}}, {"k": "v"}, True),
        ({"StringEquals": {"k": "v"}}, {"k": "V"}, False),
        ({"StringEquals": {"k": "v*"}}, {"k": "vv"}, False),
        ({"StringEquals": {"k": ["a", "v"]}}, {"k": "v"}, True),
        ({"StringEquals": {"k": "v"}}, {}, False),
        ({"StringEquals": {"k": "v"}}, {"k": ["v"]}, False),
        ({"StringEquals": {"k": "v", "l": "w"}}, {"k": "v"}, False),
        ({"StringEquals": {"k": "v"}, "StringLike": {"l": "w"}}, {"k": "v", "l": "x"}, False),
        ({"StringNotEquals": {"k": "v"}}, {"k": "w"}, True),
        ({"StringNotEquals": {"k": ["v", "w"]}}, {"k": "w"}, False),
        ({"StringNotEquals": {"k": "v"}}, {}, True),
        ({"StringLike": {"k": "v*"}}, {"k": "vv"}, True),
        ({"StringLike": {"k": "v?"}}, {"k": "v"}, False),
        ({"StringLikeIfExists": {"k": "v*"}}, {"k": "vv"}, True),
        ({"StringLikeIfExists": {"k": "v*"}}, {"k": "w"}, False),
        ({"StringLikeIfExists": {"k": "v*"}}, {}, True),
        ({"StringLikeIfExists": {"k": "v*"}}, {"k": ["v"]}, False),
        ({"ForAllValues:StringEquals": {"k": ["v", "w"]}}, {"k": ["w", "v"]}, True),
        ({"ForAllValues:StringEquals": {"k": ["v", "w"]}}, {"k": ["v", "x"]}, False),
        ({"ForAllValues:StringEquals": {"k": "v"}}, {"k": "v"}, True),
        ({"ForAllValues:StringEquals": {"k": "v"}}, {"k": []}, True),
        ({"ForAllValues:StringEquals": {"k": "v"}}, {}, True),
        ({"Bool": {"aws:SecureTransport": True}}, {"aws:SecureTransport": "true"}, True),
        ({"Bool": {"aws:SecureTransport": "True"}}, {"aws:SecureTransport": "true"}, True),
        ({"Bool": {"aws:SecureTransport": "true"}}, {"aws:SecureTransport": "false"}, False),
        ({"Bool": {"aws:SecureTransport": "true"}}, {}, False),
        ({"ForAnyValue:StringLike": {AMR: "auth*"}}, {AMR: ["x", "authenticated"]}, True),
        ({"ForAnyValue:StringLike": {AMR: "authenticated"}}, {AMR: ["unauthenticated"]}, False),
        ({"ForAnyValue:StringLike": {AMR: "a"}}, {AMR: "a"}, True),
        ({"ForAnyValue:StringEquals": {AMR: "a"}}, {AMR: ["b", "a"]}, True),
        ({"ForAnyValue:StringEquals": {AMR: "a*"}}, {AMR: ["ab"]}, False),
        ({"ForAnyValue:StringEquals": {AMR: "a"}}, {AMR: []}, False),
        ({"ForAnyValue:StringEquals": {AMR: "a"}}, {}, False),
    ],
)
def test_holds_conditions_to_the_request(
    condition: dict[str, Any], request_context: dict[str, Any], expected: bool
) -> None:
    role = _role(_allow(Condition=condition))
    assert _allowed(role, "r", context=request_context) is expected


ME, YOU = "us-east-1:11111111-aaaa", "us-east-1:22222222-bbbb"


@pytest.mark.parametrize(
    ("request_context", "resource", "expected"),
    [
        ({SUB: ME}, f"arn:aws:s3:::b/{ME}/x", True),
        ({SUB: ME}, f"arn:aws:s3:::b/{ME}/x/y", True),
        ({SUB: ME}, f"arn:aws:s3:::b/{YOU}/x", False),
        ({SUB: ME}, f"arn:aws:s3:::b/{ME}", False),
        ({SUB: ME}, f"arn:aws:s3:::b/{ME}2/x", False),
        ({SUB: ME}, f"arn:aws:s3:::b/${{{SUB}}}/x", False),
        ({}, f"arn:aws:s3:::b/${{{SUB}}}/x", False),
        ({}, "arn:aws:s3:::b//x", False),
        ({SUB: ""}, "arn:aws:s3:::b//x", False),
        ({SUB: "*"}, f"arn:aws:s3:::b/{YOU}/x", False),
        ({SUB: "us-east-1:????????-bbbb"}, f"arn:aws:s3:::b/{YOU}/x", False),
        ({SUB: [ME, YOU]}, f"arn:aws:s3:::b/{ME}/x", False),
    ],
)
def test_fills_the_callers_identity_into_resources_and_conditions(
    request_context: dict[str, Any], resource: str, expected: bool
) -> None:
    on_resource = _role(_allow(f"arn:aws:s3:::b/${{{SUB}}}/*", "s3:GetObject"))
    assert _allowed(on_resource, resource, "s3:GetObject", context=request_context) is expected
    condition = {"StringLike": {"s3:prefix": f"${{{SUB}}}/*"}}
    on_condition = _role(_allow(action="s3:ListBucket", Condition=condition))
    asked = {**request_context, "s3:prefix": resource.removeprefix("arn:aws:s3:::b/")}
    assert _allowed(on_condition, "r", "s3:ListBucket", context=asked) is expected


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ({"Effect": "Allow", "NotAction": "a:b", "Resource": "*"}, "NotAction"),
        ({"Effect": "Allow", "Action": "a:b", "NotResource": "*"}, "NotResource"),
        (_allow(Condition={"NumericLessThan": {"k": "1"}}), "NumericLessThan"),
        (_allow(Condition={"StringEqualsIfExists": {"k": "1"}}), "StringEqualsIfExists"),
        (_allow(Condition={"ForAllValues:StringLike": {"k": "1"}}), "ForAllValues:StringLike"),
        (_allow(Condition={"stringequals": {"k": "1"}}), "stringequals"),
        (_allow("arn:aws:s3:::b/${aws:username}/*"), "policy variable"),
        (_allow(f"arn:aws:s3:::b/${{{SUB}, 'x'}}/*"), "policy variable"),
        (_allow(f"arn:aws:s3:::b/${{{SUB}"), "policy variable"),
        (_allow("r", f"s3:${{{SUB}}}"), "policy variable"),
        (_deny(f"arn:aws:s3:::b/${{{SUB}}}/*"), "policy variable"),
        (_deny(Condition={"StringEquals": {"k": f"${{{SUB}}}"}}), "policy variable"),
        (_allow(Condition={"StringNotEquals": {"k": f"${{{SUB}}}"}}), "policy variable"),
        (_allow(Condition={"StringEquals": {"k": "${aws:username}"}}), "policy variable"),
        (_allow(Invented=1), "Invented"),
    ],
)
def test_refuses_by_name_what_it_does_not_model(statement: dict[str, Any], named: str) -> None:
    with pytest.raises(PolicyError, match=named):
        _role(statement)


@pytest.mark.parametrize(
    "statement",
    [
        _allow(Principal={"AWS": "arn"}),
        {"Effect": "Allow", "Action": "a:b"},
        {"Effect": "Allow", "Resource": "*"},
        {"Effect": "allow", "Action": "a:b", "Resource": "*"},
        _allow([]),
        _allow([1]),
        _allow(Condition=[]),
        _allow(Condition={"StringEquals": []}),
        _allow(Condition={"StringEquals": {"k": []}}),
        _allow(Condition={"StringEquals": {"k": 1}}),
    ],
)
def test_refuses_a_statement_iam_would_not_save(statement: dict[str, Any]) -> None:
    with pytest.raises(InvalidPolicyError):
        _role(statement)


@pytest.mark.parametrize("version", ["2008-10-17", None])
def test_refuses_another_policy_language(version: str | None) -> None:
    with pytest.raises(UnsupportedPolicyError, match="Version"):
        _role(_allow(), Version=version)


def test_refusals_stop_the_local_stack_like_every_other() -> None:
    assert issubclass(PolicyError, LocalStackError)
    assert issubclass(UnsupportedPolicyError, UnsupportedError)
