"""Throttles of the template, so wide that no benchmark measures one."""

from __future__ import annotations

from pathlib import Path

from local.template.document import load_document

PER_SECOND = "10000"
"""What API Gateway lets through in one account and Region."""


def lifted_throttles(template: Path) -> dict[str, str]:
    """Every parameter of requests a second that this template has, whichever version it is."""
    names = load_document(template)["Parameters"]
    return {name: PER_SECOND for name in names if name.endswith("Rps")}
