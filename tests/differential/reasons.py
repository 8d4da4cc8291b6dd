"""Why our verifier and another one disagree: the rows of the table in docs/threat-model.md."""

from __future__ import annotations

import re

from ethereum.errors import SiweFormatError
from ethereum.siwe import parse_siwe_message
from tests.differential.ours import ADDRESS, Signed

VIEM, SIWE_JS, SIWE_PY = OTHERS = ("viem", "siwe_js", "siwe_py")
PATTERNS = "not the grammar of EIP-4361"
NO_SUCH_TIME = "a time that does not exist"
LOWER_CASE_TIME = "`t` or `z` in a time"
CHAIN_ID = "a chain id with a leading zero or over 19 digits"
ONE_CASE = "an address in one case"
NO_PREFIX = "65 bytes of signature without `0x`"
COMPACT = "a signature of 64 bytes (EIP-2098)"
NO_REQUEST_ID = "a request id that is empty"
NO_RESOURCES = "a list of no resources"
NOW = "a message that is valid from this second on"

REFUSED = {
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
"""What we refuse and each of the others may accept, by our code."""

STRICTER = {
    LOWER_CASE_TIME: (r"(?m)^((?:Issued At|Expiration Time|Not Before): .*)$", str.upper),
    NO_SUCH_TIME: (
        r"(?<=: )[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(?=[.Z+-])",
        lambda _: "2026-01-01T00:00:10",
    ),
    CHAIN_ID: (r"(?<=\nChain ID: )[0-9]+(?=\n)", lambda _: "1"),
}
"""What a message must have changed for us to read it, where the ABNF is content as it is."""

ACCEPTED = {
    ONE_CASE: (SIWE_JS, SIWE_PY),
    NO_PREFIX: (VIEM, SIWE_JS),
    COMPACT: (VIEM, SIWE_PY),
    NO_REQUEST_ID: (SIWE_JS, SIWE_PY),
    NO_RESOURCES: (SIWE_PY,),
    NOW: (SIWE_PY,),
}
"""What we accept, and who refuses it."""


def is_message(text: str) -> bool:
    try:
        parse_siwe_message(text)
    except SiweFormatError:
        return False
    return True


def stricter_than_the_abnf(text: str) -> str | None:
    """The row for a message that the ABNF allows and we refuse."""
    changed = []
    for name, (pattern, change) in STRICTER.items():
        before = text
        text = re.sub(pattern, lambda match, change=change: change(match[0]), text)
        if name == LOWER_CASE_TIME:
            text = re.sub("(?i)(issued at|expiration time|not before)(?=: )", _label, text)
        if text != before:
            changed.append(name)
            if is_message(text):
                return changed[0]
    return None


def _label(match: re.Match[str]) -> str:
    return match[0].title()


def spellings(signed: Signed) -> list[str]:
    """The rows of ACCEPTED that this message is of."""
    text, signature = signed
    found = {
        ONE_CASE: f"\n{ADDRESS}\n" not in text,
        NO_PREFIX: not signature.startswith("0x"),
        COMPACT: signature.startswith("0x") and len(signature) == 130,
        NO_REQUEST_ID: re.search(r"\nRequest ID: (?:\n|$)", text) is not None,
        NO_RESOURCES: text.endswith("\nResources:"),
        NOW: re.search(r"\nNot Before: 2026-01-01T00:00:30(?:\.0)?(?:Z|[+-]00:00)", text)
        is not None,
    }
    return [name for name, holds in found.items() if holds]


def reason(signed: Signed, our_code: str, other: str) -> str | None:
    """The row for a disagreement with `other`; None where no row has it."""
    if not our_code:
        rows = [name for name in spellings(signed) if other in ACCEPTED[name]]
        return rows[0] if rows else None
    if our_code != "malformed_message":
        return REFUSED.get(our_code)
    return stricter_than_the_abnf(signed.message) or (PATTERNS if other == VIEM else None)
