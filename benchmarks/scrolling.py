"""How long frames take while 10,000 tokens scroll by, in Chromium.

    PYTHONPATH=clients/python/src .venv/bin/python -m benchmarks.scrolling

Needs a built dApp. Prints the figures; exit code 1 where a bar does not hold.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.local_stack import running_stack
from benchmarks.results import Bar
from tests.e2e.nft_pages import serve_many

TOKENS = 10_000
OWNER = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"
CHROMIUM = "/usr/bin/chromium"
# Each frame scrolls on by a quarter of the window, as a fast thumb does.
SCROLL = """async (frames) => {
  const took = [];
  let before = await new Promise(requestAnimationFrame);
  let nodes = 0;
  for (let frame = 0; frame < frames; frame += 1) {
    scrollBy(0, innerHeight / 4);
    const now = await new Promise(requestAnimationFrame);
    took.push(now - before);
    before = now;
    nodes = Math.max(nodes, document.querySelectorAll('*').length);
  }
  return {took, nodes};
}"""


@dataclass(frozen=True)
class Scrolled:
    """`took`: milliseconds of each frame. `nodes`: the most elements at any time."""

    took: list[float]
    nodes: int

    def percentile(self, part: float) -> float:
        return sorted(self.took)[int(len(self.took) * part)]


def scroll(page: Page, site: str, frames: int = 300) -> Scrolled:
    """Opens a made-up wallet of 10,000 tokens and scrolls down."""
    serve_many(page, TOKENS, each=TOKENS)
    page.goto(f"{site}/#/w/{OWNER}?chain=1")
    page.get_by_text("10,000 loaded").wait_for()
    return Scrolled(**page.evaluate(SCROLL, frames))


def bars(found: Scrolled) -> list[Bar]:
    return [
        Bar("elements in the document", found.nodes, 3000),
        Bar("95th percentile of a frame, ms", found.percentile(0.95), 50),
    ]


def main() -> int:
    with (
        tempfile.TemporaryDirectory() as folder,
        running_stack(Path(folder)) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        found = scroll(browser.new_page(viewport={"width": 1440, "height": 900}), site)
        browser.close()
    judged = bars(found)
    print(f"{TOKENS} tokens, {len(found.took)} frames, median {found.percentile(0.5):.1f} ms")
    for bar in judged:
        print(f"{bar.promise}: {bar.measured:.1f}, at most {bar.limit}: {bar.held}")
    return 0 if all(bar.held for bar in judged) else 1


if __name__ == "__main__":
    sys.exit(main())
