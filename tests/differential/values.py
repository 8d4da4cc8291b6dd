"""What a message's fields may have: right, nearly right, and hostile."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from random import Random

DOMAIN, URI, STATEMENT, NONCE, NOW = "a.io", "https://a.io", "Hi.", "12345678", 1767225630
"""NOW is 2026-01-01T00:00:30Z; short fields keep the slowest verifier quick."""

PREAMBLE = "I further authorize the stated URI to perform the following actions on my behalf:"


def recap(text: str) -> str:
    return "urn:recap:" + urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


RIGHTS = json.dumps({"att": {"a:b": {"c/d": [], "c/e": []}}}, separators=(",", ":"))
SAID = f"{PREAMBLE} (1) 'c': 'd', 'e' for 'a:b'."


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


SPACES = ("\n", "\r", "\r\n", " ", "\t", "\v", "\f", "\u00a0", "\u2028", "\u200b", "\u0085", "\0")
LETTERS: tuple[str, ...] = (
    *"0aZ:/-.@%[]'\"#?\\",
    "\u0430",
    "\uff11",
    "\u0301",
    "\U0001f600",
    "\ufeff",
    "\u202e",
)
