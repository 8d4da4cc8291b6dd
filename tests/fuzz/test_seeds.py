"""Every seed of the fuzzer, on every run: `accepted_*` is a message, `refused_*` is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.fuzz.parser_target import check_answer, check_parser

SEEDS = sorted((Path(__file__).parent / "seeds").iterdir())
NAMES = [seed.stem for seed in SEEDS]
INSERTED = st.binary(max_size=4) | st.sampled_from(
    [b"\n", b"\r", b"0", b" ", b"\xff", b"\nNonce: "]
)


@pytest.mark.parametrize("seed", SEEDS, ids=NAMES)
def test_a_seed_is_parsed_as_its_name_says(seed: Path) -> None:
    assert check_parser(seed.read_bytes()) is seed.name.startswith("accepted_")


@pytest.mark.parametrize("seed", SEEDS, ids=NAMES)
def test_no_seed_is_an_answer_to_our_challenge(seed: Path) -> None:
    check_answer(seed.read_bytes())


@settings(deadline=None, derandomize=True, max_examples=500)
@given(seed=st.sampled_from(SEEDS), start=st.floats(0, 1), cut=st.integers(0, 5), new=INSERTED)
@example(seed=SEEDS[0], start=1.0, cut=0, new=b"\n")
def test_no_seed_with_a_piece_replaced_breaks_a_promise(
    seed: Path, start: float, cut: int, new: bytes
) -> None:
    data = seed.read_bytes()
    at = int(start * len(data))
    mutated = data[:at] + new + data[at + cut :]
    check_parser(mutated)
    check_answer(mutated)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(
    first=st.sampled_from(SEEDS),
    second=st.sampled_from(SEEDS),
    a=st.floats(0, 1),
    b=st.floats(0, 1),
)
def test_no_two_seeds_spliced_break_a_promise(
    first: Path, second: Path, a: float, b: float
) -> None:
    head, tail = first.read_bytes(), second.read_bytes()
    spliced = head[: int(a * len(head))] + tail[int(b * len(tail)) :]
    check_parser(spliced)
    check_answer(spliced)
