"""Prices in US dollars, read from the table of docs/costs.md, where they are kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "costs.md"

type Prices = Mapping[str, float]
"""By the name in the table, such as `api_request`."""


def read_prices(page: str) -> Prices:
    rows = re.findall(r"^\| `(\w+)` \| ([\d.]+) \|", page, re.MULTILINE)
    return {name: float(price) for name, price in rows}


@cache
def prices() -> Prices:
    return read_prices(PAGE.read_text())
