"""Lighthouse's judgement of the dApp on a phone: the median of three runs.

https://github.com/GoogleChrome/lighthouse/blob/main/docs/variability.md says why the median.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.results import HERE
from benchmarks.run import NotMeasuredError, Run
from tests.e2e.conftest import chromium_options
from tools.node_packages import npm_packages

FOLDER = HERE / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
METRICS = {
    "first-contentful-paint": "first contentful paint ms",
    "largest-contentful-paint": "largest contentful paint ms",
    "total-blocking-time": "total blocking time ms",
    "cumulative-layout-shift": "cumulative layout shift",
}
SECONDS = 120


def lighthouse(run: Run, site: str, times: int) -> dict[str, float]:
    """Scores of 100 by category, and metrics, each the median of all runs.

    Raises:
        NotMeasuredError: it cannot be installed, or does not come to an end.
    """
    try:
        env = npm_packages(FOLDER, "Lighthouse")
    except SystemExit as error:  # a step of tools/ that failed
        raise NotMeasuredError(str(error)) from None
    reports = [_report(run.scratch / f"lighthouse-{n}.json", site, env) for n in range(times)]
    found = [figures_of(report) for report in reports]
    return {name: median(each[name] for each in found) for name in found[0]}


def figures_of(report: Mapping[str, Any]) -> dict[str, float]:
    """Of one report of its JSON. Raises NotMeasuredError where the page could not be judged."""
    scores = {name: report["categories"][name]["score"] for name in CATEGORIES}
    if None in scores.values():
        raise NotMeasuredError(str(report.get("runtimeError") or "Lighthouse gives no score"))
    metrics = {called: report["audits"][name]["numericValue"] for name, called in METRICS.items()}
    return {name: score * 100 for name, score in scores.items()} | metrics


def _report(file: Path, site: str, env: Mapping[str, str]) -> dict[str, Any]:
    options = chromium_options()
    browser = options.get("executable_path") or shutil.which("chromium") or ""
    command = ["node", str(FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"), site]
    command += ["--output=json", f"--output-path={file}", "--quiet"]
    command += ["--no-enable-error-reporting", f"--only-categories={','.join(CATEGORIES)}"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    given = {**env, "CHROME_PATH": browser}
    try:
        done = subprocess.run(
            command, env=given, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotMeasuredError(f"Lighthouse took more than {SECONDS} s") from None
    if done.returncode or not file.is_file():
        raise NotMeasuredError(f"Lighthouse: {done.stderr.strip()[-300:]}")
    found: dict[str, Any] = json.loads(file.read_text())
    return found
