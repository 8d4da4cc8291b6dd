"""The README counts what the scanners are asked to overlook: no more, no less."""

from __future__ import annotations

import re

from local.template.document import load_document
from scan.findings import Suppression, read_suppressions
from scan.templates import TEMPLATES, WORKFLOWS
from tests.contract.conftest import ROOT


def suppressions() -> list[Suppression]:
    return [
        item for name in TEMPLATES for item in read_suppressions(name, load_document(ROOT / name))
    ]


def test_the_readme_counts_the_suppressed_rules_of_every_gate() -> None:
    readme = (ROOT / "README.md").read_text().split("## Gates\n")[1].split("\n## ")[0]
    told = {
        name: int(count)
        for name, count in re.findall(r"^\| ([\w-]+) [^|]*\| (\d+) \|", readme, re.MULTILINE)
    }
    counted = {name: len({s.rule for s in suppressions() if s.scanner == name}) for name in told}
    texts = [file.read_text() for file in WORKFLOWS.glob("*.yml")]
    ignored = {rule for text in texts for rule in re.findall(r"zizmor: ignore\[([\w-]+)\]", text)}
    counted["zizmor"] = len(ignored)
    assert told == counted
    assert set(told) == {s.scanner for s in suppressions()} | {"zizmor", "actionlint"}


def test_the_gates_are_the_versions_the_readme_names() -> None:
    readme = (ROOT / "README.md").read_text()
    lock = (ROOT / "requirements" / "scan.txt").read_text()
    lock += (ROOT / "scan" / "package.json").read_text()
    for name, version in re.findall(r"^\| ([\w-]+) (\d+\.\d+\.\d+)", readme, re.MULTILINE):
        if name != "cfn-guard":  # a binary within @cdklabs/cdk-validator-cfnguard
            assert re.search(rf'"?{name}"?(==|": "){re.escape(version)}', lock), name


def test_every_template_of_the_repository_is_scanned() -> None:
    written = {"template.yaml", "codepipeline.yaml"}
    written |= {f"deploy/{file.name}" for file in (ROOT / "deploy").glob("*.yaml")}
    assert set(TEMPLATES) == written
