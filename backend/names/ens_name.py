"""ENS names: their one form, and the two ways in which contracts are asked about them.

The first name that is not plain loads ens_normalize with its tables: 0.2 s of a processor, and
90 MB. web3 has such functions too, but normalises again in each of them, by the older Unicode 16.

https://docs.ens.domains/ensip/15 (normalisation)  https://docs.ens.domains/ensip/1 (namehash)
https://docs.ens.domains/ensip/10 (DNS form)

Why: ARCHITECTURE.md, names.
"""

import re
from functools import lru_cache

from sha3 import keccak_256  # type: ignore[import-untyped]

from ethereum.address import begins_as_address
from names.errors import InvalidNameError
from runtime.errors import InvalidAddressError
from runtime.loading import load

MAX_NAME_LENGTH = 255
"""In characters, before it is normalised."""

MAX_LABEL_BYTES = 255
"""The DNS form has one byte for it."""


_LABEL = r"(?!..--)[a-z0-9-]+"
_PLAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
"""Names that ENSIP-15 leaves as they are. It allows no "--" as a label's third and fourth letters.
https://docs.ens.domains/ensip/15#validate"""


@lru_cache(maxsize=1024)
def normalized(name: str) -> str:
    """The one form of a name (ENSIP-15), remembered for names that have one.

    Raises:
        InvalidNameError: there is none.
        InvalidAddressError: in that form it begins as an address, and passes for it at a glance.
    """
    if not 0 < len(name) <= MAX_NAME_LENGTH:
        raise InvalidNameError("empty or too long")
    one_form = name if _PLAIN.fullmatch(name) else _by_tables(name)
    if any(len(label.encode()) > MAX_LABEL_BYTES for label in one_form.split(".")):
        raise InvalidNameError("a label that is too long")
    if begins_as_address(one_form):
        raise InvalidAddressError("a name that begins as an address")
    return one_form


def _by_tables(name: str) -> str:
    if "\n" in name:  # ens_normalize takes one at the end for no part of the name
        raise InvalidNameError("a line break")
    load("ens_normalize")
    from ens_normalize import DisallowedSequence, ens_normalize  # type: ignore[import-untyped]

    try:
        return str(ens_normalize(name))
    except DisallowedSequence as error:
        raise InvalidNameError(error.code) from None


def namehash(name: str) -> bytes:
    """The 32 bytes that stand for the normalised `name` in ENS."""
    node = bytes(32)
    for label in reversed(name.split(".")):
        node = keccak_256(node + keccak_256(label.encode()).digest()).digest()
    return node


def dns_encoded(name: str) -> bytes:
    """Each label of the normalised `name` behind its length in a byte, and an empty one last."""
    labels = [label.encode() for label in name.split(".")]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"
