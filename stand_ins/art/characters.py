"""Apes, penguins and cats."""

from stand_ins.art.hats import beanie, cap, crown, headband, shades
from stand_ins.art.svg import backdrop, circle, ellipse, line, path
from stand_ins.dice import Dice


def ape(dice: Dice) -> str:
    sky = dice.pick(["#f5b971", "#9ad1d4", "#e4c1f9", "#b8d8a8", "#f28482", "#8ea8c3", "#f6e27f"])
    fur, face = dice.pick(
        [("#5b3a29", "#d9a577"), ("#3d405b", "#c9b1a0"), ("#8a5a44", "#f0cba8"),
         ("#4a5d4f", "#cfc9a5"), ("#2f2a30", "#b98f73"), ("#c98b4a", "#fbe3c0")]
    )  # fmt: skip
    coat = dice.pick(["#264653", "#d62828", "#2a9d8f", "#f4f1de", "#6d597a", "#1d3557"])
    lids = dice.number(2, 12)
    return "".join(
        [
            backdrop(sky),
            path("M34 240q6-74 86-74t86 74z", coat),
            path("M96 172h48l-24 34z", face),
            circle(56, 112, 21, fur) + circle(184, 112, 21, fur),
            circle(56, 112, 12, face) + circle(184, 112, 12, face),
            path("M60 122q-4-76 60-76t60 76q0 66-60 66t-60-66z", fur),
            ellipse(98, 104, 27, 25, face) + ellipse(142, 104, 27, 25, face),
            ellipse(120, 146, 47, 35, face),
            ellipse(100, 106, 13, 14, "#fff") + ellipse(140, 106, 13, 14, "#fff"),
            circle(103, 109, 6, "#1b1b1e") + circle(137, 109, 6, "#1b1b1e"),
            f'<path d="M86 90h28v{lids}h-28zM126 90h28v{lids}h-28z" fill="{fur}"/>',
            ellipse(111, 132, 4, 3, fur) + ellipse(129, 132, 4, 3, fur),
            path(f"M92 154q28 {dice.number(-8, 16)} 56 0", "none", line("#4a2c20", 5)),
            dice.pick([cap, headband, shades, crown, beanie])(dice),
        ]
    )  # fmt: skip


def penguin(dice: Dice) -> str:
    sky, snow = dice.pick(
        [("#bde0fe", "#e9f5ff"), ("#cdb4db", "#f3e8f7"), ("#ffc8dd", "#fff0f5"),
         ("#a8dadc", "#eefafa"), ("#ffd6a5", "#fff6e9"), ("#b5e2c4", "#effaf2")]
    )  # fmt: skip
    body = dice.pick(["#2b3a55", "#3a3042", "#31572c", "#5f4bb6", "#1b4965", "#7f4f24"])
    scarf = dice.pick(["#e63946", "#f4a261", "#2a9d8f", "#ffb703", "#8338ec"])
    look = dice.number(-4, 4)
    flakes = "".join(
        circle(dice.number(8, 232), dice.number(8, 150), dice.number(2, 5), "#fffb")
        for _ in range(7)
    )
    return "".join(
        [
            backdrop(sky),
            flakes,
            ellipse(120, 234, 150, 44, snow),
            ellipse(92, 220, 24, 9, "#f79d3c") + ellipse(148, 220, 24, 9, "#f79d3c"),
            path("M46 150q-26 26-14 50 22-8 32-40zM194 150q26 26 14 50-22-8-32-40z", body),
            path("M52 136q0-96 68-96t68 96q0 84-68 84t-68-84z", body),
            path("M72 146q-2-34 22-40 16-2 26 10 10-12 26-10 24 6 22 40 0 62-48 62t-48-62z",
                  "#fdfdfd"),
            circle(98, 104, 9, "#1b1b1e") + circle(142, 104, 9, "#1b1b1e"),
            circle(101 + look, 101, 3, "#fff") + circle(145 + look, 101, 3, "#fff"),
            ellipse(80, 124, 11, 7, "#ff9eae") + ellipse(160, 124, 11, 7, "#ff9eae"),
            path("M106 116q14-9 28 0-6 15-14 15t-14-15z", "#f79d3c"),
            path("M66 150q54 26 108 0", "none", line(scarf, 15)),
            path("M152 160l8 34", "none", line(scarf, 15)),
            dice.pick([beanie, crown, lambda _: "", headband])(dice),
        ]
    )  # fmt: skip


def kitty(dice: Dice) -> str:
    sky = dice.pick(["#fde4cf", "#d8f3dc", "#cfe8ff", "#f1e3ff", "#fff1b8", "#ffd9e0"])
    fur, mark = dice.pick(
        [("#f4978e", "#d8665c"), ("#84a59d", "#5f7f78"), ("#f6bd60", "#d9922e"),
         ("#9a8c98", "#6d6070"), ("#f7ede2", "#e3c9ae"), ("#7bdff2", "#4bb3c9")]
    )  # fmt: skip
    eye = dice.pick(["#2d6a4f", "#1d4ed8", "#b5651d", "#6a0dad"])
    slit = dice.number(3, 9)
    return "".join(
        [
            backdrop(sky),
            path("M186 214q50-10 34-66", "none", line(fur, 18)),
            path("M58 240q-4-60 62-60t62 60z", fur),
            path("M52 104l-4-72 54 32zM188 104l4-72-54 32z", fur),
            path("M62 82l-3-34 26 16zM178 82l3-34-26 16z", "#ffb3c1"),
            ellipse(120, 118, 78, 66, fur),
            path("M120 54v26M100 58l4 20M140 58l-4 20", "none", line(mark, 8)),
            path("M44 122h22M46 140l20-4M196 122h-22M194 140l-20-4", "none", line(mark, 6)),
            ellipse(88, 114, 22, 24, "#fff") + ellipse(152, 114, 22, 24, "#fff"),
            ellipse(90, 116, 15, 18, eye) + ellipse(150, 116, 15, 18, eye),
            ellipse(90, 116, slit, 15, "#111") + ellipse(150, 116, slit, 15, "#111"),
            circle(95, 108, 5, "#fff") + circle(155, 108, 5, "#fff"),
            path("M112 142h16l-8 9z", "#e5738a"),
            path("M120 150q-2 14-18 12M120 150q2 14 18 12", "none", line("#5c3d46", 4)),
            path("M90 190q30 18 60 0", "none", line(mark, 10)) + circle(120, 205, 9, "#ffd23f"),
        ]
    )
