"""Messages that are almost ours: one of a few sound drafts, changed once to three times.

A change knows the grammar (it respells, replaces, repeats, drops or moves a field) or does not (it
changes a character, a line end, a byte order). The seed decides all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.differential.values import (
    CHAIN_IDS,
    DOMAIN,
    DOMAINS,
    LETTERS,
    NONCE,
    NONCES,
    RECAPS,
    REQUEST_IDS,
    RESOURCES,
    RIGHTS,
    SAID,
    SPACES,
    STATEMENT,
    STATEMENTS,
    URI,
    URIS,
    VERSIONS,
    date_forms,
    recap,
)


@dataclass
class Draft:
    """A message's parts before they are written; `lines` are label and value, in order."""

    address: str
    scheme: str = ""
    domain: str = DOMAIN
    statement: str | None = STATEMENT
    lines: dict[str, str] = field(default_factory=dict)
    resources: list[str] | None = None

    def text(self) -> str:
        head = f"{self.scheme}{self.domain} wants you to sign in with your Ethereum account:"
        said = "" if self.statement is None else f"{self.statement}\n"
        lines = [head, f"{self.address}\n\n{said}"]
        lines += [f"{label}: {value}" for label, value in self.lines.items()]
        if self.resources is not None:
            lines += ["Resources:", *(f"- {resource}" for resource in self.resources)]
        return "\n".join(lines)


def sound_draft(random: Random, address: str) -> Draft:
    draft = Draft(address, scheme=random.choice(["", "", "", "https://"]))
    draft.lines = {"URI": URI, "Version": "1", "Chain ID": random.choice(["1", "137"])}
    draft.lines |= {"Nonce": NONCE, "Issued At": "2026-01-01T00:00:10Z"}
    if random.random() < 0.5:
        draft.lines["Expiration Time"] = "2026-01-01T00:05:00Z"
    if random.random() < 0.2:
        draft.lines["Not Before"] = "2026-01-01T00:00:00Z"
    if random.random() < 0.2:
        draft.lines["Request ID"] = random.choice(["7", "a-b"])
    if random.random() < 0.1:
        draft.statement, draft.resources = f"{STATEMENT} {SAID}", [recap(RIGHTS)]
    return draft


def respell_address(draft: Draft, random: Random) -> None:
    digits = draft.address[2:]
    at = random.randrange(len(digits) + 1)
    draft.address = random.choice(
        [
            *(f"0x{digits.lower()}", f"0x{digits.upper()}", f"0x{digits.swapcase()}", digits),
            f"0x{digits[:at]}{digits[at:].swapcase()}",
            *(f"0X{digits}", f"0x{digits[:-1]}", f"0x{digits}0", f"0x{'1' * 40}", f" 0x{digits}"),
            *(f"0x{digits[:-1]}g", f"0x{digits} ", f"0x{digits[:-1]}\uff11", "a.eth", ""),
        ]
    )


def change_field(label: str, values: tuple[str, ...]) -> Callable[[Draft, Random], None]:
    def change(draft: Draft, random: Random) -> None:
        draft.lines[label] = random.choice(values)

    return change


def change_date(draft: Draft, random: Random) -> None:
    label = random.choice(["Issued At", "Expiration Time", "Expiration Time", "Not Before"])
    draft.lines[label] = date_forms(random)


def change_head(draft: Draft, random: Random) -> None:
    if random.random() < 0.5:
        draft.domain = random.choice(DOMAINS)
    else:
        draft.scheme = random.choice(["http://", "HTTPS://", "https:", "https//", "a+b://", "://"])


def change_statement(draft: Draft, random: Random) -> None:
    draft.statement = random.choice(STATEMENTS)


def change_resources(draft: Draft, random: Random) -> None:
    draft.resources = random.choices(RESOURCES, k=random.randrange(4))


def add_recap(draft: Draft, random: Random) -> None:
    written = recap(random.choice(RECAPS)) + random.choice(["", "", "", "=", "A", "?x"])
    others = random.choices(RESOURCES, k=random.choice([0, 0, 0, 1]))
    draft.resources = random.choice([[*others, written], [written, *others], [written, written]])
    draft.statement = random.choice(
        [f"{STATEMENT} {SAID}"] * 4 + [SAID, f"{STATEMENT}{SAID}", STATEMENT]
    )


def rearrange(draft: Draft, random: Random) -> None:
    labels = list(draft.lines)
    one, other = random.choice(labels), random.choice(labels)
    match random.randrange(4):
        case 0:
            del draft.lines[one]
        case 1:
            random.shuffle(labels)
            draft.lines = {label: draft.lines[label] for label in labels}
        case 2:
            respelt = random.choice([one.lower(), one.upper(), f" {one}", f"{one} ", f"X-{one}"])
            draft.lines = {
                respelt if label == one else label: value for label, value in draft.lines.items()
            }
        case _:
            draft.lines[one] = draft.lines[other]


FIELDS: tuple[Callable[[Draft, Random], None], ...] = (
    respell_address,
    change_date,
    change_date,
    change_field("URI", URIS),
    change_field("URI", URIS),
    change_field("Chain ID", CHAIN_IDS),
    change_field("Nonce", NONCES),
    change_field("Version", VERSIONS),
    change_field("Request ID", REQUEST_IDS),
    change_head,
    change_statement,
    change_resources,
    add_recap,
    rearrange,
)


def change_character(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    cut = random.choice([0, 0, 1, 1, 2])
    put = random.choice(
        ["", random.choice(SPACES), random.choice(LETTERS), text[at : at + 1].swapcase()]
    )
    return text[:at] + put + text[at + cut :]


def change_line_ends(text: str, random: Random) -> str:
    end = random.choice(["\r\n", "\r", "\n\n", "\u2028", " \n", "\n "])
    lines = text.split("\n")
    at = random.randrange(len(lines) + 1)
    once = "\n".join(lines[:at]) + end + "\n".join(lines[at:])
    return random.choice(
        [once, end.join(lines), text + end, end + text, text + "\n", text.rstrip("Z")]
    )


def change_lines(text: str, random: Random) -> str:
    lines = text.split("\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(4):
        case 0:
            lines.insert(other, lines[one])
        case 1:
            lines[one], lines[other] = lines[other], lines[one]
        case 2:
            lines.pop(one)
        case _:
            lines.insert(one, random.choice(["Colour: red", "Nonce: 12345678", "- a:b", "x", ""]))
    return "\n".join(lines)


def respell_letters(text: str, random: Random) -> str:
    start = random.randrange(len(text) + 1)
    part = slice(start, start + random.choice([1, 5, 30]))
    letters = text[part]
    other = random.choice([letters.upper(), letters.lower(), letters.swapcase()])
    return text[:start] + other + text[part.stop :]


TEXTS = (change_character, change_line_ends, change_lines, respell_letters)


def mutated_message(random: Random, address: str) -> str:
    """Changed once in half of all cases; no lone surrogate, since no wallet can sign one."""
    draft = sound_draft(random, address)
    changes = random.choice([1, 1, 1, 2, 2, 3])
    of_text = [random.random() < 0.3 for _ in range(changes)]
    for _ in range(of_text.count(False)):
        random.choice(FIELDS)(draft, random)
    text = draft.text()
    for _ in range(of_text.count(True)):
        text = random.choice(TEXTS)(text, random)
    return text
