"""What passes a scan: nothing open, nothing suppressed without need or reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scan.errors import SuppressionError
from scan.findings import Finding, Suppression, judge, read_suppressions

FOUND = Finding("checkov", "CKV_1", "template.yaml", "Bucket", "no logs")
ASKED = Suppression("checkov", "CKV_1", "template.yaml", "Bucket", "Because it is so.")


def with_metadata(**metadata: Any) -> dict[str, Any]:
    return {"Resources": {"Bucket": {"Type": "AWS::S3::Bucket", "Metadata": metadata}}}


def test_a_suppressed_finding_is_overlooked() -> None:
    verdict = judge([FOUND], [ASKED])
    assert (verdict.open, verdict.overlooked, verdict.idle) == ((), (ASKED,), ())


@pytest.mark.parametrize(
    "other",
    [
        Suppression("cdk-nag", "CKV_1", "template.yaml", "Bucket", ASKED.reason),
        Suppression("checkov", "CKV_2", "template.yaml", "Bucket", ASKED.reason),
        Suppression("checkov", "CKV_1", "codepipeline.yaml", "Bucket", ASKED.reason),
        Suppression("checkov", "CKV_1", "template.yaml", "Buck", ASKED.reason),
    ],
)
def test_a_suppression_covers_its_own_scanner_rule_file_and_resource_only(
    other: Suppression,
) -> None:
    verdict = judge([FOUND], [other])
    assert (verdict.open, verdict.idle) == ((FOUND,), (other,))


def test_an_option_that_is_off_excuses_nothing_that_is_found_with_all_options_on() -> None:
    waiting = replace(ASKED, reason="Off unless Profile=prod.")
    without = replace(FOUND, with_all_options=False)
    assert judge([without], [waiting]).open == ()
    assert judge([FOUND, without], [waiting]).open == (FOUND,)


def test_one_resource_that_needs_a_shared_suppression_is_enough() -> None:
    shared = Suppression("checkov", "CKV_1", "template.yaml", "Other", ASKED.reason)
    assert judge([FOUND], [ASKED, shared]).idle == ()


def test_each_scanners_own_words_are_read() -> None:
    why = "Because it is so."
    document = with_metadata(
        **{
            "cfn-lint": {"config": {"ignore_checks": ["W1"]}, "reasons": {"W1": why}},
            "checkov": {"skip": [{"id": "CKV_1", "comment": why}]},
            "cdk_nag": {"rules_to_suppress": [{"id": "AwsSolutions-S1", "reason": why}]},
            "guard": {"SuppressedRules": ["CT.S3.PR.2"], "reasons": {"CT.S3.PR.2": why}},
            "parliament": {"ignore": ["RESOURCE_STAR"], "reasons": {"RESOURCE_STAR": why}},
        }
    )
    read = read_suppressions("template.yaml", document)
    assert {(item.scanner, item.rule) for item in read} == {
        ("cfn-lint", "W1"),
        ("checkov", "CKV_1"),
        ("cdk-nag", "AwsSolutions-S1"),
        ("cfn-guard", "CT.S3.PR.2"),
        ("parliament", "RESOURCE_STAR"),
    }
    assert {(item.file, item.place, item.reason) for item in read} == {
        ("template.yaml", "Bucket", why)
    }


@pytest.mark.parametrize(
    "metadata",
    [
        {"cfn-lint": {"config": {"ignore_checks": ["W1"]}}},
        {"checkov": {"skip": [{"id": "CKV_1"}]}},
        {"cdk_nag": {"rules_to_suppress": [{"id": "AwsSolutions-S1", "reason": "no"}]}},
        {"guard": {"SuppressedRules": ["CT.S3.PR.2"], "reasons": {"CT.S3.PR.1": "a b c"}}},
    ],
)
def test_a_suppression_without_a_reason_stops_the_scan(metadata: dict[str, Any]) -> None:
    with pytest.raises(SuppressionError, match="says why"):
        read_suppressions("template.yaml", with_metadata(**metadata))
