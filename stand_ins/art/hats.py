"""What a character may wear; drawn for a head whose top is at about 120, 50."""

from stand_ins.art.svg import circle, line, path
from stand_ins.dice import Dice


def cap(dice: Dice) -> str:
    color = dice.pick(["#e63946", "#1d3557", "#2a9d8f", "#222"])
    return path("M62 84q4-48 58-48t58 48z", color) + path(
        "M60 84q60-16 150 4", "none", line("#0003", 9)
    ) + path("M60 80q60-14 152 4", "none", line(color, 9))  # fmt: skip


def headband(dice: Dice) -> str:
    color = dice.pick(["#ffd166", "#ef476f", "#06d6a0"])
    return path("M64 76q56-22 112 0", "none", line(color, 15))


def shades(_dice: Dice) -> str:
    return (
        '<path d="M74 92h40v22q-20 14-40 0zM126 92h40v22q-20 14-40 0zM112 94h16v5h-16z" '
        'fill="#16161d"/><path d="M82 97l12 0-8 14zM134 97l12 0-8 14z" fill="#fff5"/>'
    )


def crown(_dice: Dice) -> str:
    return path("M78 62l-6-40 26 20 22-28 22 28 26-20-6 40z", "#ffd23f") + circle(
        120, 48, 6, "#e63946"
    )


def beanie(dice: Dice) -> str:
    color = dice.pick(["#457b9d", "#bc4749", "#6a994e"])
    return (
        path("M64 78q0-48 56-48t56 48z", color)
        + path("M62 78h116", "none", line("#f1faee", 14))
        + circle(120, 26, 11, "#f1faee")
    )
