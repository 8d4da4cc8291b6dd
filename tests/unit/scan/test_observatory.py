"""What the Observatory is shown, and what of its report is a finding."""

from __future__ import annotations

import ssl
from pathlib import Path

import httpx
import pytest

from deploy.site import SiteFile
from scan.documents import read_document
from scan.observatory import deployed_headers, shortcomings
from scan.served_site import served
from scan.templates import EVERYTHING, KEYS

SITE = [SiteFile("app.js", b"1"), SiteFile("index.html", b"<!doctype html>")]
WEAK = {"name": "content-security-policy", "result": "none", "pass": False, "modifier": -25}
GOOD = {"name": "referrer-policy", "result": "private", "pass": True, "modifier": 5}


def test_the_site_is_served_as_cloudfront_would(tmp_path: Path) -> None:
    with served(SITE, [("x-frame-options", "DENY")], tmp_path) as running:
        trusting = ssl.create_default_context(cafile=running.certificate)
        with httpx.Client(verify=trusting) as http:
            plain = http.get(f"http://localhost:{running.http_port}/deep/link")
            page = http.get(plain.headers["location"])
            script = http.get(f"https://localhost:{running.https_port}/app.js")
    assert (plain.status_code, page.text) == (301, "<!doctype html>")
    assert page.headers["x-frame-options"] == script.headers["x-frame-options"] == "DENY"
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize(
    ("given", "expected"),
    [({}, "max-age=63072000; includeSubDomains; preload"), (EVERYTHING, "max-age=63072000")],
    ids=["CloudFront's name", "a name of yours"],
)
def test_headers_are_the_templates_own(root: Path, given: dict[str, str], expected: str) -> None:
    headers = dict(deployed_headers(read_document(root / "template.yaml", {**KEYS, **given})))
    assert headers["strict-transport-security"] == expected
    assert "cross-origin-opener-policy" in headers
    assert "https://cognito-idp.us-east-1." in headers["content-security-policy"]


def test_only_a_grade_below_the_best_is_a_finding_for_each_test_that_fails(root: Path) -> None:
    document = read_document(root / "template.yaml", KEYS)
    best = {"grade": "A+", "score": 130, "tests": [GOOD]}
    assert list(shortcomings(best, document)) == []
    (found,) = shortcomings({"grade": "B", "score": 75, "tests": [WEAK, GOOD]}, document)
    assert (found.rule, found.place) == ("content-security-policy", "SecurityHeaders")
    (found,) = shortcomings({"grade": "A", "score": 95, "tests": [GOOD]}, document)
    assert found.rule == "grade"
