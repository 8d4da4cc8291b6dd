"""Intrinsic functions and dynamic references, and the refusal of what is not modelled."""

from __future__ import annotations

from typing import Any

import pytest

from local.errors import TemplateError, UnsupportedError
from local.template.resolver import Resolver
from local.template.resource_types import Place

PLACE = Place("eu-central-1", "111122223333", "demo", "localhost:3000")
SECRET = '{"Key":"canary"}'


def resolver(parameters: dict[str, str | list[str]] | None = None, **more: Any) -> Resolver:
    resources = {
        "Pool": {"Type": "AWS::Cognito::UserPool"},
        "Role": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": {"Fn::Sub": "${Name}-r"}}},
        "Keys": {
            "Type": "AWS::SecretsManager::Secret",
            "Properties": {"SecretString": SECRET},
        },
        **more.get("resources", {}),
    }
    template = {
        "Resources": resources,
        "Conditions": more.get("conditions", {}),
        "Mappings": {"Profile": {"demo": {"Days": 7}}},
    }
    return Resolver(template, parameters or {"Name": "demo", "List": ["a", "b"]}, PLACE)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"Ref": "Name"}, "demo"),
        ({"Ref": "List"}, ["a", "b"]),
        ({"Ref": "AWS::Region"}, "eu-central-1"),
        ({"Ref": "Role"}, "demo-r"),
        ({"Fn::GetAtt": ["Role", "Arn"]}, "arn:aws:iam::111122223333:role/demo-r"),
        ({"Fn::GetAtt": "Role.Arn"}, "arn:aws:iam::111122223333:role/demo-r"),
        ({"Fn::Sub": "${Name} in ${AWS::Region} is ${!Name}"}, "demo in eu-central-1 is ${Name}"),
        ({"Fn::Sub": ["${X}${Name}", {"X": {"Ref": "AWS::StackName"}}]}, "demodemo"),
        ({"Fn::Sub": ["${X}", {"X": "${Name}"}]}, "${Name}"),
        ({"Fn::Join": [",", {"Ref": "List"}]}, "a,b"),
        ({"Fn::Select": [1, {"Ref": "List"}]}, "b"),
        ({"Fn::FindInMap": ["Profile", {"Ref": "Name"}, "Days"]}, 7),
        ({"Fn::And": [{"Fn::Equals": [1, 1]}, {"Fn::Equals": [1, 2]}]}, False),
        ({"Fn::Or": [{"Fn::Equals": [1, 1]}, {"Fn::Equals": [1, 2]}]}, True),
        ({"a": [{"Ref": "AWS::NoValue"}, 1], "b": {"Ref": "AWS::NoValue"}}, {"a": [1]}),
    ],
)
def test_resolves(value: object, expected: object) -> None:
    assert resolver().resolve(value) == expected


def test_a_condition_evaluates_only_the_branch_it_takes() -> None:
    conditions = {"Yes": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Name"}, ""]}]}}
    value = {"Fn::If": ["Yes", "taken", {"Fn::Nonsense": 1}]}
    assert resolver(conditions=conditions).resolve(value) == "taken"


def test_a_dynamic_reference_reads_the_secret_of_the_stack() -> None:
    value = {"Fn::Sub": "'Bearer {{resolve:secretsmanager:${Keys}:SecretString:Key}}'"}
    assert resolver().resolve(value) == "'Bearer canary'"


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ({"Fn::ImportValue": "x"}, "Fn::ImportValue"),
        ({"Fn::GetAtt": ["Role", "RoleId"]}, "RoleId"),
        ({"Ref": "Queue"}, "AWS::SQS::Queue"),
    ],
)
def test_refuses_by_name_what_it_does_not_model(value: object, named: str) -> None:
    with pytest.raises(UnsupportedError, match=named):
        resolver(resources={"Queue": {"Type": "AWS::SQS::Queue"}}).resolve(value)


@pytest.mark.parametrize(
    "value",
    [
        {"Ref": "Nobody"},
        {"Fn::If": ["Nobody", 1, 2]},
        {"Fn::FindInMap": ["Profile", "Nobody", "Days"]},
    ],
)
def test_a_name_nobody_has_is_an_error(value: object) -> None:
    with pytest.raises(TemplateError, match="Nobody"):
        resolver().resolve(value)


def test_ids_are_the_same_at_every_start_and_differ_by_stack() -> None:
    other = Place("eu-central-1", "111122223333", "other", "localhost:3000")
    first = resolver().resolve({"Ref": "Pool"})
    assert first == resolver().resolve({"Ref": "Pool"})
    assert PLACE.digits("Pool", 9) != other.digits("Pool", 9)
    assert first.startswith("eu-central-1_")
