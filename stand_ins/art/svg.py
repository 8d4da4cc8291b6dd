"""Invented art, one small SVG a token, as a data: URI: nothing loads from another origin.

Each style draws on a square of 240 units and takes its choices from the token's Dice.
"""

import base64
from collections.abc import Callable

from stand_ins.dice import Dice

type Style = Callable[[Dice], str]


def draw(style: Style, seed: str) -> str:
    """data:image/svg+xml;base64,..."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240" width="480" height="480">'
        f"{style(Dice(seed))}</svg>"
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def circle(x: float, y: float, r: float, fill: str, more: str = "") -> str:
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}" {more}/>'


def ellipse(x: float, y: float, rx: float, ry: float, fill: str) -> str:
    return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}" fill="{fill}"/>'


def path(d: str, fill: str = "none", more: str = "") -> str:
    return f'<path d="{d}" fill="{fill}" {more}/>'


def backdrop(fill: str) -> str:
    return f'<rect width="240" height="240" fill="{fill}"/>'


def line(color: str, width: int) -> str:
    return f'stroke="{color}" stroke-width="{width}" stroke-linecap="round"'
