"""Scans the templates as SAM transforms them, and the workflows: python -m scan

Every scanner reads every template under every set of parameters. Fails on a finding that no
suppression in the template covers, and on a suppression that covers none.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from scan.documents import Document, read_document
from scan.errors import ScanError
from scan.findings import Finding, Verdict, judge, read_suppressions
from scan.observatory import observatory
from scan.scanners import ROOT, TEMPLATE_SCANNERS, WORKFLOW_SCANNERS
from scan.templates import TEMPLATES, WORKFLOWS

type Job = Callable[[], list[Finding]]


def main() -> int:
    documents = [
        read_document(ROOT / name, given, is_complete=given is sets[-1])
        for name, sets in TEMPLATES.items()
        for given in sets
    ]
    suppressions = [
        item
        for file, source in {d.file: d.source for d in documents}.items()
        for item in read_suppressions(file, source)
    ]
    with TemporaryDirectory() as folder, ThreadPoolExecutor(max_workers=2) as pool:
        found = pool.map(lambda job: job(), _jobs(documents, Path(folder)))
        findings = [finding for part in found for finding in part]
    return report(judge(findings, suppressions))


def _jobs(documents: Sequence[Document], folder: Path) -> list[Job]:
    jobs: list[Job] = []
    for scanner in (*TEMPLATE_SCANNERS, observatory):
        own = folder / scanner.__name__
        own.mkdir()
        jobs.append(lambda s=scanner, o=own: list(s(documents, o)))  # type: ignore[misc]
    if WORKFLOWS.is_dir():
        jobs += [lambda s=scanner: list(s(WORKFLOWS)) for scanner in WORKFLOW_SCANNERS]  # type: ignore[misc]
    return jobs


def report(verdict: Verdict) -> int:
    """Print what is left to do and what was overlooked; the exit code."""
    for finding in verdict.open:
        where = f"{finding.file}: {finding.place}"
        off = "" if finding.with_all_options else " (with options off)"
        print(f"{finding.scanner} {finding.rule} {where}{off}: {finding.message}")
    for idle in verdict.idle:
        print(f"needless suppression: {idle.scanner} {idle.rule} {idle.file}: {idle.place}")
    overlooked = Counter(item.scanner for item in verdict.overlooked)
    counts = ", ".join(f"{scanner} {count}" for scanner, count in sorted(overlooked.items()))
    print(f"{len(verdict.open)} findings; suppressed with a reason: {counts or 'none'}")
    return 1 if verdict.open or verdict.idle else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ScanError as error:
        sys.exit(f"scan: {error}")
