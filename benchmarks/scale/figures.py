"""What the model takes from benchmarks/results.json, and what nobody measured."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parents[1] / "results.json"

ROUND_TRIP = 0.05
"""Seconds between a visitor and AWS; assumed."""
PROVIDER_SECONDS = 0.3
"""A provider's answer; assumed, as in docs/costs.md."""
COGNITO_SECONDS = 0.1
"""Cognito's own time for a call, beside the triggers; assumed."""
LAMBDA_CPU = 512 / 1769
"""Of one processor: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html"""


@dataclass(frozen=True)
class Figures:
    """Seconds and bytes. The defaults stand in for what has not been measured yet."""

    page_seconds: float = 0.005
    """A page of 100 tokens, warm, without the provider."""
    route_start_seconds: float = 0.15
    """What a cold start of the gallery's function takes."""
    sign_in_seconds: float = 0.005
    """All triggers of a sign-in, warm."""
    sign_in_start_seconds: float = 0.2
    """The same, each in an instance that has to start."""
    page_bytes: float = 90_000
    """A page of 100 tokens on the wire."""
    site_bytes: float = 50_000
    """All that the first visit loads of the site."""


SOURCES: dict[str, tuple[str, str, float]] = {
    "page_seconds": ("routes", "warm ms: a page of 100 tokens of alchemy", 1e-3 / LAMBDA_CPU),
    "route_start_seconds": ("routes", "cold ms: GalleryFunction", 1e-3),
    "sign_in_start_seconds": ("sign-in", "cold ms: all triggers of a first sign-in", 1e-3),
    "page_bytes": ("routes", "bytes: a page of 100 tokens, gzip", 1.0),
    "site_bytes": ("dapp", "bytes: first load", 1.0),
}
"""Field -> part and figure of results.json, and what turns it into the field's unit."""


def figures_of(results: Mapping[str, Any]) -> Figures:
    """Two digits of each: a rerun on the same machine rarely changes the page."""
    measured = {}
    for field, (part, name, factor) in SOURCES.items():
        value = results.get("parts", {}).get(part, {}).get("figures", {}).get(name)
        if value is not None:
            measured[field] = float(f"{value * factor:.2g}")
    return Figures(**measured)


def read_figures() -> Figures:
    """Of the last run of `make benchmark`, as it is committed."""
    return figures_of(json.loads(RESULTS.read_text()) if RESULTS.is_file() else {})
