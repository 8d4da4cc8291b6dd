"""Generative pieces, game cards, and a coin nobody should trust."""

from math import cos, pi, sin

from stand_ins.art.svg import backdrop, circle, line, path
from stand_ins.dice import Dice

_PALETTES = [
    ["#fefae0", "#bc6c25", "#283618", "#dda15e", "#606c38"],
    ["#14213d", "#fca311", "#e5e5e5", "#ff5d5d", "#4cc9f0"],
    ["#f8edeb", "#e63946", "#457b9d", "#1d3557", "#f4a261"],
    ["#10002b", "#c77dff", "#ff9e00", "#5a189a", "#e0aaff"],
    ["#edf6f9", "#006d77", "#e29578", "#83c5be", "#ffb4a2"],
    ["#1b1b1e", "#06d6a0", "#ffd166", "#ef476f", "#118ab2"],
]


def flow(dice: Dice) -> str:
    """Bands that follow one slow wave."""
    paper, *inks = dice.pick(_PALETTES)
    bend, lean = dice.number(30, 95), dice.number(-60, 60)
    bands, y = [backdrop(paper)], -30
    while y < 270:
        width = dice.pick([5, 9, 14, 22, 30])
        start, length = dice.number(-20, 110), dice.number(70, 260)
        y += width // 2 + 3
        d = f"M{start} {y}q{length // 4} {-bend} {length // 2} {lean // 3}t{length // 2} {lean}"
        bands.append(path(d, "none", line(dice.pick(inks), width)))
        y += width // 2 + 3
    return "".join(bands)


def card(dice: Dice) -> str:
    """A game card: a planet over hills, in a frame."""
    dark, glow, planet = dice.pick(
        [("#0b132b", "#5bc0be", "#f6c453"), ("#240046", "#ff6d00", "#ff9ebb"),
         ("#081c15", "#95d5b2", "#d8f3dc"), ("#2b0a1a", "#ff4d6d", "#ffd6a5"),
         ("#001d3d", "#ffc300", "#7cc6fe")]
    )  # fmt: skip
    stars = "".join(
        circle(dice.number(24, 216), dice.number(24, 150), dice.number(1, 2), "#fff9")
        for _ in range(12)
    )
    x, y, r = dice.number(84, 156), dice.number(70, 100), dice.number(28, 44)
    peak = dice.number(120, 150)
    ring = f'<g transform="rotate({dice.number(-30, 30)} {x} {y})">'
    return "".join(
        [
            backdrop(glow),
            f'<rect x="9" y="9" width="222" height="222" rx="16" fill="{dark}"/>',
            stars,
            circle(x, y, r, planet),
            f'{ring}<ellipse cx="{x}" cy="{y}" rx="{r + 18}" ry="9" fill="none" '
            f'stroke="{glow}" stroke-width="4"/></g>',
            path(f"M9 190l50-40 34 26 40-{190 - peak} 48 50 50-30v50H9z", glow, 'opacity=".55"'),
            path("M9 206q60-30 112-6t110-8v22q0 17-16 17H25q-16 0-16-17z", glow),
            path(_star(38, 38, 13), planet),
        ]
    )  # fmt: skip


def coin(_dice: Dice) -> str:
    return "".join(
        [
            backdrop("#ffdd00"),
            circle(120, 112, 78, "#1652f0"),
            circle(120, 112, 64, "none", 'stroke="#fff" stroke-width="7"'),
            path("M120 70v84M98 88q0-12 22-12t22 12-22 22-22 22 22 14 22-12", "none",
                 line("#fff", 9)),
            '<text x="120" y="225" font-family="sans-serif" font-weight="900" font-size="30" '
            'text-anchor="middle" fill="#d00">CLAIM NOW!!!</text>',
        ]
    )  # fmt: skip


def poster(dice: Dice) -> str:
    """The still picture of a clip: rings and a play sign."""
    paper, *inks = dice.pick(_PALETTES)
    rings = "".join(circle(120, 120, 150 - 28 * n, inks[n % 4]) for n in range(5))
    return backdrop(paper) + rings + path("M104 92l46 28-46 28z", "#fff", 'stroke="#0004"')


def _star(x: float, y: float, r: float) -> str:
    corners = [(r if n % 2 == 0 else r * 0.45, pi * n / 5 - pi / 2) for n in range(10)]
    points = " ".join(f"{x + d * cos(a):.0f} {y + d * sin(a):.0f}" for d, a in corners)
    return f"M{points}z"
