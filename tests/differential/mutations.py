"""Messages that are almost ours: one of a few sound drafts, changed once to three times.

A change knows the grammar (it respells, replaces, repeats, drops or moves a field) or does not (it
changes a character, a line end, a byte order). The seed decides all of it.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

DOMAIN, URI, STATEMENT, NONCE, NOW = "a.io", "https://a.io", "Hi.", "12345678", 1767225630
"""NOW is 2026-01-01T00:00:30Z; short fields keep the slowest verifier quick."""

PREAMBLE = "I further authorize the stated URI to perform the following actions on my behalf:"


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


def recap(text: str) -> str:
    return "urn:recap:" + urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


RIGHTS = json.dumps({"att": {"a:b": {"c/d": [], "c/e": []}}}, separators=(",", ":"))
SAID = f"{PREAMBLE} (1) 'c': 'd', 'e' for 'a:b'."


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


DOMAINS = (
    *("A.io", "a.io:443", "a.io:", "a.io.", "user@a.io", "a.io@b.io", "b.io", "a.io.b.io", ""),
    *("a%2Eio", "\u0430.io", "[::1]", "a.io/", "https://a.io", "a.io\\", "xn--a.io", "127.0.0.1"),
)
URIS = (
    *("https://a.io/", "https://a.io/x?y=z", "https://a.io?x=1", "https://a.io#x", "HTTPS://A.io"),
    *("https://a.io:443", "https://a.io:", "https://a.io:8443", "https://a.io.", "http://a.io"),
    *("https://u@a.io", "https://u:p@a.io", "https://@a.io", "https://a.io@b.io", "https://b.io"),
    *("https://a.io.b.io", "https://a%2Eio", "https://a.io:443@b.io", "https://b.io/https://a.io"),
    *("https:a.io", "https:///a.io", "https://a.io/../..", "https://a.io//b.io", "https://a.io\\b"),
    *("//a.io", "a.io", "did:key:z6Mk", "urn:a", "", "https://", "https://[::1]", "https://[::g]"),
    *(
        "https://a.io/%",
        "https://a.io/%41",
        "https://a.io/\u00e9",
        "https://\u0430.io",
        "wss://a.io",
    ),
    *(
        "https://a.io/a b",
        "https://a.io/[x]",
        "javascript:alert(1)",
        "data:,x",
        "https://a.io:0443",
    ),
)
STATEMENTS = (
    *(
        None,
        "",
        " ",
        "Hi",
        "hi.",
        "Hi..",
        " Hi.",
        "Hi. ",
        "Hi.\n",
        "\nHi.",
        "Vote.",
        "H\u0456.",
        '"Hi."',
    ),
    *("Hi.\n\nURI: https://b.io", "100%", "Hi.\t", "Hi.\r", f"Hi. {SAID}", SAID, "Hi.\u200b"),
)
CHAIN_IDS = (
    *("1", "137", "5", "0", "01", "001", "+1", "-1", "1.0", "0x1", "", " 1", "1 ", "\uff11", "1e0"),
    *("9" * 19, "9" * 20, "1" + "0" * 30, "18446744073709551617", "one", "1,137", "NaN"),
)
NONCES = (
    *("1234567", "123456789", "12345679", "", "1234567-", "1234567 8", " 12345678", "12345678 "),
    *("\uff11" * 8, "12345678\nNonce: 12345678", "ABCDEFGH", "1234567\u0430", "00012345678"),
)
VERSIONS = ("2", "0", "01", "1.0", " 1", "1 ", "", "\uff11", "one", "-1", "11")
REQUEST_IDS = ("", "7", "a/b", "a b", "%41", "%4", "\u00e9", "a:@!$&'()*+,;=", "x" * 60, "#", "?")
RESOURCES = (
    *("https://a.io", "ipfs://x/y", "did:key:z6Mk", "a:b", "urn:a:b", "not a uri", "", "/x", "%"),
    *("https://a.io/\u00e9", "https://[::1]/", "https://u@b.io:1/x?y#z", "- https://a.io"),
)
RECAPS = (
    RIGHTS,
    RIGHTS.replace('"c/e"', '"c/c"'),
    RIGHTS.replace('"c/e"', '"c/d"'),
    RIGHTS.replace('"c/e"', '"c/f"'),
    RIGHTS.replace(",", ", "),
    RIGHTS.replace("a:b", "\\u0061:b"),
    RIGHTS[:-1] + ',"prf":[]}',
    RIGHTS[:-1] + ',"x":1}',
    '{"att":{}}',
    "{}",
    "[]",
)


def date_forms(random: Random) -> str:
    """A time near or far from NOW, in a right or a wrong form."""
    seconds = random.choice([-400, -100, -21, -1, 0, 1, 59, 60, 61, 270, 1000])
    minute, second = divmod(30 + seconds, 60)
    hour, minute = divmod(minute, 60)
    day = "2026-01-01" if hour >= 0 else "2025-12-31"
    clock = f"{hour % 24:02}:{minute:02}:{second:02}"
    fraction = random.choice(["", "", ".0", ".5", ".123", ".999999", ".1234567890123"])
    return random.choice(
        [
            *(f"{day}T{clock}{fraction}Z",) * 6,
            *(f"{day}T{clock}{fraction}+00:00", f"{day}T{clock}-00:00", f"{day}T{clock}+14:00"),
            *(f"{day}t{clock}Z", f"{day}T{clock}z", f"{day} {clock}Z", f"{day}T{clock}", day),
            *(
                f"{day}T{clock[:5]}Z",
                f"{day}T{clock},5Z",
                f"{day}T{clock}.Z",
                f"{day}T{clock}+0000",
            ),
            *(f"{day}T{clock}+24:00", "2026-02-30T00:00:00Z", "2025-02-29T00:00:00Z", str(NOW)),
            *(
                "2026-01-01T24:00:00Z",
                "2016-12-31T23:59:60Z",
                "0000-01-01T00:00:00Z",
                "20260101T000010Z",
            ),
            *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-W01-4T00:00:10Z", ""),
            *("2026-1-1T0:0:0Z", "Thu, 01 Jan 2026 00:00:10 GMT", "+002026-01-01T00:00:10Z", "now"),
        ]
    )


def respell_address(draft: Draft, random: Random) -> None:
    digits = draft.address[2:]
    at = random.randrange(len(digits))
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

SPACES = ("\n", "\r", "\r\n", " ", "\t", "\v", "\f", "\u00a0", "\u2028", "\u200b", "\u0085", "\0")
LETTERS = (*"0aZ:/-.@%[]'\"#?\\", "\u0430", "\uff11", "\u0301", "\U0001f600", "\ufeff", "\u202e")


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
    other = random.choice([str.upper, str.lower, str.swapcase])(text[part])
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
