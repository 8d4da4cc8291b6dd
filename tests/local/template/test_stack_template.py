"""A template that would behave differently on AWS is refused at start, by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from local.errors import LocalStackError, TemplateError, UnsupportedError
from local.template.inert_types import INERT_TYPES
from local.template.resource_types import RESOURCE_TYPES, Place
from local.template.stack_template import StackTemplate, load_stack_template

PLACE = Place("us-east-1", "123456789012", "demo", "localhost:3000")
HEAD = "AWSTemplateFormatVersion: '2010-09-09'\nTransform: AWS::Serverless-2016-10-31\nResources:\n"
BUCKET = "  Bucket:\n    Type: AWS::S3::Bucket\n"


def load(tmp_path: Path, resources: str) -> StackTemplate:
    file = tmp_path / "template.yaml"
    file.write_text(HEAD + resources)
    return load_stack_template(file, {}, PLACE)


def test_loads_what_it_knows(tmp_path: Path) -> None:
    template = load(tmp_path, BUCKET)
    assert template.only("AWS::S3::Bucket").arn.startswith("arn:aws:s3:::demo-bucket-")


@pytest.mark.parametrize(
    ("resources", "named"),
    [
        ("  Q:\n    Type: AWS::SQS::Queue\n", "AWS::SQS::Queue"),
        ("  T:\n    Type: AWS::DynamoDB::Table\n    Properties: {StreamArn: s}\n", "StreamArn"),
    ],
)
def test_refuses_by_name(tmp_path: Path, resources: str, named: str) -> None:
    with pytest.raises(UnsupportedError, match=named):
        load(tmp_path, resources)


@pytest.mark.parametrize("inert", sorted(INERT_TYPES))
def test_takes_any_property_of_a_type_that_is_inert_here(tmp_path: Path, inert: str) -> None:
    properties = {RESOURCE_TYPES[inert].name_property or "Name": "n", "InsufficientDataActions": []}
    resource = json.dumps({"Type": inert, "Properties": properties})
    assert load(tmp_path, f"  R: {resource}\n").only(inert).properties == properties


def test_says_which_types_are_inert_here(tmp_path: Path) -> None:
    table = "  T: {Type: AWS::DynamoDB::Table}\n"
    topics = "".join(f"  {name}: {{Type: AWS::SNS::Topic}}\n" for name in "AB")
    inert = load(tmp_path, BUCKET + topics + table).inert_types()
    assert inert == ["AWS::S3::Bucket", "AWS::SNS::Topic"]


CONDITIONAL = """\
  Kept: {Type: AWS::S3::Bucket, Condition: Always}
  Dropped: {Type: AWS::S3::Bucket, Condition: Never}
Conditions:
  Always: !Equals [a, a]
  Never: !Not [!Condition Always]
Outputs:
  Kept: {Condition: Always, Value: !Ref Kept}
  Dropped: {Condition: Never, Value: !Ref Dropped}
"""


def test_keeps_only_resources_and_outputs_whose_condition_holds(tmp_path: Path) -> None:
    template = load(tmp_path, CONDITIONAL)
    assert [resource.logical_id for resource in template.resources] == ["Kept"]
    assert list(template.outputs) == ["Kept"]


def test_what_names_a_dropped_resource_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="Dropped is used where its condition does not hold"):
        load(tmp_path, CONDITIONAL.replace("{Condition: Never, Value", "{Value"))


def test_what_sam_refuses_is_refused_in_its_words(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="SAM refuses"):
        load(tmp_path, "  F:\n    Type: AWS::Serverless::Function\n    Properties: {Nope: 1}\n")


def test_asks_for_exactly_one_of_what_it_runs_once(tmp_path: Path) -> None:
    with pytest.raises(LocalStackError, match="exactly one AWS::ApiGateway::RestApi"):
        load(tmp_path, BUCKET).only("AWS::ApiGateway::RestApi")
