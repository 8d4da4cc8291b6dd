"""MDN's HTTP Observatory on the published site, served over TLS with the headers of the template.

Source: https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from deploy.site import SiteFile, read_site
from scan.documents import Document
from scan.findings import Finding
from scan.scanners import ROOM, ROOT, read_json, run
from scan.served_site import Headers, served

TEMPLATE, POLICY = "template.yaml", "SecurityHeaders"
BEST = "A+"
CONFIG = {
    "region": "us-east-1",
    "userPoolId": "us-east-1_scanned",
    "userPoolClientId": "scanned",
    "identityPoolId": "us-east-1:01234567-89ab-cdef-0123-456789abcdef",
    "apiEndpoint": "https://scanned123.execute-api.us-east-1.amazonaws.com/prod",
}


def observatory(documents: Sequence[Document], folder: Path) -> Iterator[Finding]:
    """One finding for each test that keeps a site of the template from an A+."""
    site = read_site(ROOT / "dapp" / "out", CONFIG)
    for document in documents:
        if document.file == TEMPLATE:
            own = folder / ("complete" if document.is_complete else "default")
            own.mkdir()
            report = grade(site, deployed_headers(document), own)
            yield from shortcomings(report, document)


def grade(site: Sequence[SiteFile], headers: Headers, folder: Path) -> dict[str, Any]:
    """`{"score", "grade", "tests": [{"name", "result", "pass", "modifier"}]}`."""
    with served(site, headers, folder) as running:
        ports = (str(running.http_port), str(running.https_port))
        trusted = {"NODE_EXTRA_CA_CERTS": str(running.certificate)}
        output = run("node", ROOM / "observatory.mjs", *ports, env=trusted)
    found: dict[str, Any] = read_json(output, "mdn-http-observatory")
    return found


def shortcomings(report: Mapping[str, Any], document: Document) -> Iterator[Finding]:
    if report["grade"] == BEST:
        return
    message = f"{report['grade']}, {report['score']} points"
    lost = [test for test in report["tests"] if test["modifier"] < 0 or not test["pass"]]
    for test in lost or [{"name": "grade"}]:
        name = ("mdn-http-observatory", test["name"], document.file, POLICY)
        yield Finding(*name, message, document.is_complete)


def deployed_headers(document: Document) -> Headers:
    """What CloudFront adds to every answer, by the resolved ResponseHeadersPolicy."""
    config = document.headers[POLICY]["ResponseHeadersPolicyConfig"]
    security, custom = config["SecurityHeadersConfig"], config["CustomHeadersConfig"]["Items"]
    transport = security["StrictTransportSecurity"]
    words = [f"max-age={transport['AccessControlMaxAgeSec']}"]
    words += ["includeSubDomains"] if transport["IncludeSubdomains"] else []
    words += ["preload"] if transport["Preload"] else []
    return [
        ("content-security-policy", security["ContentSecurityPolicy"]["ContentSecurityPolicy"]),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", security["FrameOptions"]["FrameOption"]),
        ("referrer-policy", security["ReferrerPolicy"]["ReferrerPolicy"]),
        ("strict-transport-security", "; ".join(words)),
        *((item["Header"].lower(), item["Value"]) for item in custom),
    ]
