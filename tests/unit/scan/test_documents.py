"""What scanners see: parameters and conditions worked out, references left, nothing suppressed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scan.documents import read_document

TEMPLATE = """
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Days: { Type: Number, Default: 30 }
  Name: { Type: String, Default: own }
  Logged: { Type: String, Default: "no" }
Conditions:
  IsLogged: !Equals [!Ref Logged, "yes"]
Resources:
  Group:
    Type: AWS::Logs::LogGroup
    Metadata:
      checkov: { skip: [{ id: CKV_AWS_158, comment: Because it is so. }] }
      kept: true
    Properties:
      LogGroupName: !Sub ${Name}-${AWS::StackName}
      RetentionInDays: !Ref Days
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Join ["-", [!Ref Name, bucket]]
      LoggingConfiguration: !If [IsLogged, { DestinationBucketName: !Ref Logs }, !Ref AWS::NoValue]
  Logs:
    Type: AWS::S3::Bucket
    Condition: IsLogged
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "template.yaml"
    path.write_text(TEMPLATE)
    return path


def properties(path: Path, name: str, **given: str) -> dict[str, Any]:
    found: dict[str, Any] = read_document(path, given).deployed["Resources"][name]["Properties"]
    return found


def test_a_number_stays_a_number_and_a_name_of_the_stack_a_reference(template: Path) -> None:
    assert properties(template, "Group", Days="7", Name="my") == {
        "LogGroupName": {"Fn::Sub": "my-${AWS::StackName}"},
        "RetentionInDays": 7,
    }


def test_what_a_condition_leaves_out_is_not_scanned(template: Path) -> None:
    assert properties(template, "Bucket") == {"BucketName": "own-bucket"}
    assert "Logs" not in read_document(template, {}).deployed["Resources"]


def test_what_a_condition_lets_in_is_scanned_unconditionally(template: Path) -> None:
    logging = properties(template, "Bucket", Logged="yes")["LoggingConfiguration"]
    assert logging == {"DestinationBucketName": {"Ref": "Logs"}}
    logs = read_document(template, {"Logged": "yes"}).deployed["Resources"]["Logs"]
    assert logs == {"Type": "AWS::S3::Bucket"}


def test_scanners_see_no_suppression_so_that_all_are_counted(template: Path) -> None:
    document = read_document(template, {})
    assert document.deployed["Resources"]["Group"]["Metadata"] == {"kept": True}
    assert document.transformed["Resources"]["Group"]["Metadata"] == {"kept": True}
    assert "checkov" in document.source["Resources"]["Group"]["Metadata"]


def test_what_sam_makes_is_told_by_the_name_it_was_written_as(root: Path) -> None:
    keys = {"AlchemyApiKey": "scanned-alchemy", "MoralisApiKey": "scanned-moralis"}
    document = read_document(root / "template.yaml", keys)
    made = set(document.transformed["Resources"]) - set(document.source["Resources"])
    assert {document.written_as(name) for name in made} == {"GalleryApi"}
