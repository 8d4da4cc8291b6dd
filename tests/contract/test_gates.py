"""scan/README.md counts what the scanners are asked to overlook: no more, no less."""

from __future__ import annotations

import re

import pytest

from local.template.document import load_document
from scan.documents import read_document
from scan.findings import Suppression, read_suppressions
from scan.templates import TEMPLATES, WORKFLOWS
from tests.contract.conftest import ROOT

PAGE = (ROOT / "scan" / "README.md").read_text()
# Not options but values: origins and nodes of yours, and what replaces a resource of the stack.
YOURS = {"AllowedOrigins", "RpcUrls", "AlarmTopicArn", "WebAclArn", "PermissionsBoundary"}


OPTIONS = {name for sets in TEMPLATES.values() for given in sets for name in given}


def suppressions() -> list[Suppression]:
    return [
        item for name in TEMPLATES for item in read_suppressions(name, load_document(ROOT / name))
    ]


def test_the_page_counts_the_suppressed_rules_of_every_gate() -> None:
    rows = re.findall(r"^\| ([\w-]+) [^|]*\| (\d+) \| (\d+) \|", PAGE, re.MULTILINE)
    on_the_page = {name: int(of_all) for name, of_all, _ in rows}
    waiting_on_the_page = {name: int(waiting) for name, _, waiting in rows}
    items = suppressions()
    counted = {name: len({s.rule for s in items if s.scanner == name}) for name in on_the_page}
    waiting = [item for item in items if item.waits_for_option]
    assert waiting_on_the_page == {
        name: len({s.rule for s in waiting if s.scanner == name}) for name in on_the_page
    }
    texts = [file.read_text() for file in WORKFLOWS.glob("*.yml")]
    ignored = {rule for text in texts for rule in re.findall(r"zizmor: ignore\[([\w-]+)\]", text)}
    counted["zizmor"] = len(ignored)
    assert on_the_page == counted
    others = {"zizmor", "actionlint", "mdn-http-observatory"}
    assert set(on_the_page) == {s.scanner for s in suppressions()} | others


def test_the_gates_are_the_versions_the_page_names() -> None:
    lock = (ROOT / "requirements" / "scan.txt").read_text()
    lock += (ROOT / "scan" / "package.json").read_text()
    for name, version in re.findall(r"^\| ([\w-]+) (\d+\.\d+\.\d+)", PAGE, re.MULTILINE):
        if name != "cfn-guard":  # a binary within @cdklabs/cdk-validator-cfnguard
            assert re.search(rf'"?{name}"?(==|": "){re.escape(version)}', lock), name


def test_every_template_of_the_repository_is_scanned() -> None:
    written = {"template.yaml", "codepipeline.yaml"}
    written |= {
        f"{folder}/{file.name}"
        for folder in ("deploy", "stacks")
        for file in (ROOT / folder).glob("*.yaml")
    }
    assert set(TEMPLATES) == written


@pytest.mark.parametrize("name", ["template.yaml", "stacks/monitoring.yaml"])
def test_every_resource_and_option_of_a_template_is_scanned(name: str) -> None:
    document = load_document(ROOT / name)
    scanned = [read_document(ROOT / name, given) for given in TEMPLATES[name]]
    made = {
        each.written_as(resource) for each in scanned for resource in each.deployed["Resources"]
    }
    assert set(document["Resources"]) - made == set()
    defaults = {name: str(rules.get("Default")) for name, rules in document["Parameters"].items()}
    switched = {name for name, value in TEMPLATES[name][-1].items() if value != defaults[name]}
    options = {
        name
        for name, value in defaults.items()
        if value in ("", "0", "off", "keep", "existing") and name not in YOURS
    }
    assert options - switched == set()


def test_an_excuse_of_an_option_names_a_parameter_that_switches_it_on() -> None:
    waiting = [item for item in suppressions() if item.waits_for_option]
    assert waiting
    for item in waiting:
        words = re.findall(r"[A-Z][A-Za-z]+", item.reason.removeprefix("Off unless "))
        assert set(words) & OPTIONS, item
