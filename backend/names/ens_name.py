"""ENS names: their one form, and the two ways in which contracts are asked about them.

Importing this loads ens_normalize with its tables: 0.2 s of a cold start, and 90 MB. web3 has such
functions too, but normalises again in each of them, by the older Unicode 16.

https://docs.ens.domains/ensip/15 (normalisation)  https://docs.ens.domains/ensip/1 (namehash)
https://docs.ens.domains/ensip/10 (DNS form)

Why: ARCHITECTURE.md, names.
"""

from ens_normalize import DisallowedSequence, ens_normalize  # type: ignore[import-untyped]
from sha3 import keccak_256  # type: ignore[import-untyped]

from ethereum.address import begins_as_address
from names.errors import InvalidNameError
from runtime.errors import InvalidAddressError

MAX_NAME_LENGTH = 255
"""In characters, before it is normalised."""

MAX_LABEL_BYTES = 255
"""The DNS form has one byte for it."""


def normalized(name: str) -> str:
    """The one form of a name (ENSIP-15).

    Raises:
        InvalidNameError: there is none.
        InvalidAddressError: in that form it begins as an address, and passes for it at a glance.
    """
    if not 0 < len(name) <= MAX_NAME_LENGTH:
        raise InvalidNameError("empty or too long")
    if "\n" in name:  # ens_normalize takes one at the end for no part of the name
        raise InvalidNameError("a line break")
    try:
        one_form = str(ens_normalize(name))
    except DisallowedSequence as error:
        raise InvalidNameError(error.code) from None
    if any(len(label.encode()) > MAX_LABEL_BYTES for label in one_form.split(".")):
        raise InvalidNameError("a label that is too long")
    if begins_as_address(one_form):
        raise InvalidAddressError("a name that begins as an address")
    return one_form


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
