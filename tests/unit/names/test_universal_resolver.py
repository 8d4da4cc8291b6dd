"""What web3 asks the Universal Resolver, and whose fault it is where its answer is none."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from ens.constants import UNIVERSAL_RESOLVER_ADDR  # type: ignore[import-untyped]
from eth_abi.abi import decode, encode

from ethereum.address import Address
from names.errors import NameNotFoundError
from names.offchain_lookup import OFFCHAIN_LOOKUP
from names.universal_resolver import UNIVERSAL_RESOLVER, address_of, name_of
from nodes.errors import ContractRevertError, NodeUnavailableError

ALICE = Address("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266")
RESOLVER = Address("0x" + "77" * 20)
RECORD = encode(["address"], [ALICE])
BACKEND = Path(__file__).parents[3] / "backend"
DIRTY_ADDRESS = b"\x01".ljust(12, b"\0") + bytes.fromhex(ALICE[2:])
LOOK_ALIKE = "0x" + "1" * 40 + ".eth"


def answered(record: bytes) -> bytes:
    return encode(["bytes", "address"], [record, RESOLVER])


def resolver(*answers: bytes) -> Callable[[Address, bytes], bytes]:
    """Gives these answers in turn."""
    rest = list(answers)
    return lambda to, data: rest.pop(0)


def test_the_address_of_a_name_is_asked_by_its_dns_form_and_its_hash() -> None:
    asked = []

    def call(to: Address, data: bytes) -> bytes:
        asked.append((to, data))
        return answered(RECORD)

    assert address_of("foo.eth", call=call) == ALICE
    ((to, data),) = asked
    name, question = decode(["bytes", "bytes"], data[4:])
    assert (to, data[:4].hex()) == (UNIVERSAL_RESOLVER_ADDR.lower(), "9061b923")
    assert to == UNIVERSAL_RESOLVER
    assert name == b"\x03foo\x03eth\x00"
    # https://eips.ethereum.org/EIPS/eip-137#namehash-algorithm
    node = "de9b09fd7c5f901e23a3f19fecc54828e9c848539801e86591bd9801b019f84f"
    assert question.hex() == "3b3b57de" + node


def test_a_primary_name_is_asked_for_and_then_confirmed() -> None:
    asked = []

    def call(to: Address, data: bytes) -> bytes:
        asked.append(decode(["bytes", "bytes"], data[4:]))
        return answered(encode(["string"], ["foo.eth"]) if len(asked) == 1 else RECORD)

    assert name_of(ALICE, call=call) == "foo.eth"
    (reverse, question), (forward, _) = asked
    assert (reverse, question[:4].hex()) == (
        b"\x28" + ALICE[2:].encode() + b"\x04addr\x07reverse\x00",
        "691f3431",
    )
    assert forward == b"\x03foo\x03eth\x00"


def test_each_of_two_lookups_at_once_asks_its_own_nodes() -> None:
    both_ask = Barrier(2)

    def call(owner: str) -> Callable[[Address, bytes], bytes]:
        def answer(to: Address, data: bytes) -> bytes:
            both_ask.wait(30)
            return answered(encode(["address"], [owner]))

        return answer

    owners = [ALICE, "0x" + "22" * 20]
    with ThreadPoolExecutor(2) as threads:
        found = [threads.submit(address_of, "foo.eth", call=call(owner)) for owner in owners]
        assert [one.result(60) for one in found] == owners


@pytest.mark.parametrize(
    "record",
    [b"", b"\x01", bytes(32), b"\xff" * 32, b"\xff" * 20, b"\x20" * 64, RECORD[:-1], DIRTY_ADDRESS],
    ids=lambda record: f"{len(record)}-{record.hex()[:4]}",
)
def test_a_record_that_is_no_address_names_nobody(record: bytes) -> None:
    with pytest.raises(NameNotFoundError):
        address_of("foo.eth", call=resolver(answered(record)))


@pytest.mark.parametrize(
    "record",
    [
        b"",
        bytes(32),
        encode(["string"], [""]),
        encode(["bytes"], [b"\xff\xfe.eth"]),
        encode(["bytes"], [b"alice.eth\n"]),
        encode(["string"], ["Foo.eth"]),
        encode(["string"], ["\U0001f98a" * 100_000]),
        encode(["string"], ["a" * 100_000]),
        encode(["string"], ["foo.eth"])[:-40],
        encode(["string"], ["foo.eth"])[:-1] + b"\xff",
        (32).to_bytes(32) + b"\xff" * 32,
        b"\xff" * 64,
    ],
    ids=lambda record: f"{len(record)}-{record.hex()[-8:]}",
)
def test_a_reverse_record_that_is_no_name_in_its_one_form_counts_for_none(record: bytes) -> None:
    with pytest.raises(NameNotFoundError):
        name_of(ALICE, call=resolver(answered(record), answered(RECORD)))


@pytest.mark.parametrize("name", [LOOK_ALIKE, "\u200b" + LOOK_ALIKE, "0X" + LOOK_ALIKE[2:]])
def test_a_primary_name_that_begins_as_an_address_counts_for_none(name: str) -> None:
    reverse = answered(encode(["string"], [name]))
    with pytest.raises(NameNotFoundError):
        name_of(ALICE, call=resolver(reverse, answered(RECORD)))


MEASURED = {
    "an address with more than 20 bytes": answered(RECORD).replace(
        bytes.fromhex(RESOLVER[2:]).rjust(32, b"\0"), b"\xff" * 32
    ),
    "padding that is none": answered(b"\x01")[:-1] + b"\xff",
    "no padding": answered(b"\x01" * 33)[:-31],
}
"""What has its size and passes the reader's limits; web3's decoder refuses it."""


@pytest.mark.parametrize("returned", MEASURED.values(), ids=MEASURED)
def test_what_web3_cannot_decode_is_the_nodes_fault(returned: bytes) -> None:
    with pytest.raises(NodeUnavailableError):
        address_of("foo.eth", call=resolver(returned))
    with pytest.raises(NodeUnavailableError):
        name_of(ALICE, call=resolver(returned))


@pytest.mark.parametrize(
    "returned", [b"", b"\x01", bytes(31), b"\xff" * 96, answered(RECORD)[:-64]]
)
def test_what_is_no_answer_of_the_universal_resolver_is_the_nodes_fault(returned: bytes) -> None:
    with pytest.raises(NodeUnavailableError):
        address_of("foo.eth", call=resolver(returned))
    with pytest.raises(NodeUnavailableError):
        name_of(ALICE, call=resolver(returned))


def test_a_name_whose_resolver_reverts_is_not_found() -> None:
    def call(to: Address, data: bytes) -> bytes:
        raise ContractRevertError(b"\x77\x20\x9f\xe8")  # ResolverNotFound(bytes), cut off

    with pytest.raises(NameNotFoundError):
        address_of("foo.eth", call=call)


def test_a_lookup_that_web3_sees_is_a_revert_like_any_other() -> None:
    """web3 reaches for no gateway by itself, even where a lookup gets as far as web3."""

    def call(to: Address, data: bytes) -> bytes:
        types = ["address", "string[]", "bytes", "bytes4", "bytes"]
        values = [to, ["https://127.0.0.1:9/{data}"], b"", b"\x01\x02\x03\x04", b""]
        raise ContractRevertError(OFFCHAIN_LOOKUP + encode(types, values))

    with pytest.raises(NameNotFoundError):
        address_of("alice.eth", call=call)


def test_web3_makes_the_calls_and_never_loads_its_own_older_tables_of_names() -> None:
    treasure_chest = "\U0001fa8e.eth"  # of Unicode 17
    named = answered(encode(["string"], [treasure_chest]))
    returned = [named, answered(RECORD), answered(RECORD)]
    code = (
        "import sys; from names.universal_resolver import address_of, name_of\n"
        f"returned = iter({returned!r})\n"
        "call = lambda to, data: next(returned)\n"
        f"assert name_of({ALICE!r}, call=call) == {treasure_chest!r}\n"
        f"assert address_of({treasure_chest!r}, call=call) == {ALICE!r}\n"
        "print(*sys.modules)"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], cwd=BACKEND, capture_output=True, check=True, text=True
    )
    loaded = set(done.stdout.split())
    assert loaded >= {"web3.contract", "eth_abi", "ens_normalize"}
    assert "ens._normalization" not in loaded
