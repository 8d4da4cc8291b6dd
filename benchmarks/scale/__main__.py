"""Writes docs/scale.md from the last figures: `python -m benchmarks.scale`."""

from __future__ import annotations

from benchmarks.scale.figures import read_figures
from benchmarks.scale.page import scale_page
from benchmarks.scale.prices import PAGE, prices

DOCUMENT = PAGE.with_name("scale.md")

if __name__ == "__main__":
    DOCUMENT.write_text(scale_page(read_figures(), prices()))
