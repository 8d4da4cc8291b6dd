"""Why our verifier and another one disagree: the rows of the tables in docs/threat-model.md."""

from __future__ import annotations

import re
from functools import reduce

from ethereum.errors import SiweFormatError
from ethereum.siwe import parse_siwe_message
from tests.differential.ours import ADDRESS, Signed

OTHERS = VIEM, SIWE, SIWE_PY = ("viem", "siwe", "siwe-py")
ALL = frozenset(OTHERS)

PATTERNS = "not the grammar of EIP-4361"
NO_SUCH_TIME = "a time that does not exist"
LOWER_CASE_TIME = "`t` or `z` in a time"
CHAIN_ID = "a chain id with a leading zero or over 19 digits"
ONE_CASE = "an address in one case"
NO_PREFIX = "65 bytes of signature without `0x`"
COMPACT = "a signature of 64 bytes (EIP-2098)"
NO_REQUEST_ID = "a request id that is empty"
NO_RESOURCES = "a list of no resources"
FROM_NOW_ON = "a message that is valid from this second on"
BY_CODE = {
    "unlisted_origin": "a URI of another origin",
    "statement_mismatch": "another statement",
    "chain_id_mismatch": "another chain",
    "resources_mismatch": "resources that nobody asked for",
    "recap_mismatch": "a recap that the statement does not say in full",
    "issued_at_out_of_range": "a message from before the challenge or from the future",
    "scheme_mismatch": "another scheme before the domain",
    "high_s_signature": "a high s",
    "malformed_signature": "another spelling of the signature",
}

REFUSED = {
    PATTERNS: {VIEM},
    NO_SUCH_TIME: {VIEM, SIWE},
    LOWER_CASE_TIME: ALL,
    CHAIN_ID: {VIEM, SIWE_PY},
    **dict.fromkeys(BY_CODE.values(), ALL),
    BY_CODE["high_s_signature"]: {VIEM, SIWE_PY},
    BY_CODE["malformed_signature"]: {SIWE, SIWE_PY},
}
"""What we refuse, and who accepts it."""

ACCEPTED = {
    ONE_CASE: {SIWE, SIWE_PY},
    NO_PREFIX: {VIEM, SIWE},
    COMPACT: {VIEM, SIWE_PY},
    NO_REQUEST_ID: {SIWE, SIWE_PY},
    NO_RESOURCES: {SIWE_PY},
    FROM_NOW_ON: {SIWE_PY},
}
"""What we accept, and who refuses it."""

_REPAIRS = {
    LOWER_CASE_TIME: (r"(?m)(?<=: )[0-9-]{10}[Tt][0-9:.]+(?:[Zz]|[+-][0-9:]{5})$", str.upper),
    CHAIN_ID: (r"(?<=\nChain ID: )[0-9]+(?=\n)", lambda _: "1"),
    NO_SUCH_TIME: (
        r"(?<=: )[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(?=[.Z+-])",
        lambda _: "2026-01-01T00:00:10",
    ),
}
"""What we can read once it is put right, where the ABNF allows it as it is."""


def is_message(text: str) -> bool:
    try:
        parse_siwe_message(text)
    except SiweFormatError:
        return False
    return True


def repaired(text: str, name: str) -> str:
    pattern, change = _REPAIRS[name]
    return re.sub(pattern, lambda match: change(match[0]), text)


def stricter_than_the_abnf(text: str) -> str | None:
    """The row for a message that only needs a repair, or all three."""
    for name in _REPAIRS:
        if is_message(repaired(text, name)):
            return name
    if not is_message(reduce(repaired, _REPAIRS, text)):
        return None
    return next(name for name in _REPAIRS if repaired(text, name) != text)


def spellings(signed: Signed) -> list[str]:
    """The rows of ACCEPTED that this message is of."""
    text, signature = signed
    now = r"\nNot Before: 2026-01-01T00:00:30(?:\.0)?(?:Z|[+-]00:00)"
    found = {
        ONE_CASE: f"\n{ADDRESS}\n" not in text,
        NO_PREFIX: not signature.startswith("0x"),
        COMPACT: signature.startswith("0x") and len(signature) == 2 + 128,
        NO_REQUEST_ID: re.search(r"\nRequest ID: (?:\n|$)", text) is not None,
        NO_RESOURCES: text.endswith("\nResources:"),
        FROM_NOW_ON: re.search(now, text) is not None,
    }
    return [name for name, holds in found.items() if holds]


def reason(signed: Signed, our_code: str, other: str) -> str | None:
    """The row for a disagreement with `other`; None where no row has it."""
    if not our_code:
        rows = (name for name in spellings(signed) if other in ACCEPTED[name])
        return next(rows, None)
    if our_code == "malformed_message":
        row = stricter_than_the_abnf(signed.message)
        return row if row and other in REFUSED[row] else (PATTERNS if other == VIEM else None)
    row = BY_CODE.get(our_code)
    return row if row and other in REFUSED[row] else None
