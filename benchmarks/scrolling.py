"""How long frames take while 10,000 tokens scroll by, in Chromium; how many elements there are."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Browser, ViewportSize

from benchmarks.results import Bar
from tests.e2e.nft_pages import serve_many

TOKENS = 10_000
OWNER = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"
WINDOW = ViewportSize(width=1440, height=900)
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


def scroll(browser: Browser, site: str, frames: int) -> Scrolled:
    """Opens a made-up wallet of 10,000 tokens and scrolls down."""
    page = browser.new_page(viewport=WINDOW)
    serve_many(page, TOKENS, each=TOKENS)
    page.goto(f"{site}/#/w/{OWNER}?chain=1")
    page.get_by_text("10,000 loaded").wait_for()
    scrolled = Scrolled(**page.evaluate(SCROLL, frames))
    page.close()
    return scrolled


def bars(found: Scrolled) -> list[Bar]:
    return [
        Bar("elements while 10,000 tokens scroll by", found.nodes, 3000),
        Bar("95th percentile of a frame meanwhile, ms", found.percentile(0.95), 50),
    ]
