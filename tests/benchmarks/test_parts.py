"""Bars and ratios of the parts, from samples whose values are known."""

import pytest

from benchmarks import dapp, lighthouse, local_part, routes
from benchmarks.dapp_click import FirstLoad
from benchmarks.local_load import Burst, SignIns
from benchmarks.measurements import EMPTY_PYTHON, ColdSample
from benchmarks.results import RATIO, Bar
from benchmarks.route_events import CALLS
from benchmarks.routes import BEFORE, PAGE_BYTES, TODAY, key
from benchmarks.run import NotMeasuredError
from benchmarks.scrolling import Scrolled
from tests.contract.conftest import ROOT


def missed(bars: list[Bar]) -> list[str]:
    return [bar.promise for bar in bars if not bar.held]


def samples(today: float, before: float) -> dict[str, list[ColdSample]]:
    found = {EMPTY_PYTHON: [ColdSample(40, 0, 10), ColdSample(45, 0, 10)]}
    for call in CALLS:
        found[key(call, TODAY)] = [ColdSample(40 + today, 0, 60)] * 2
        found[key(call, BEFORE)] = [ColdSample(40 + before, 0, 60)] * 2
    return found


def test_a_route_is_judged_by_what_it_adds_over_what_it_added() -> None:
    found = routes.result_of({"a page": [9.0, 4.0]}, samples(60, 100), {PAGE_BYTES: 90_000}, {})
    assert missed(list(found.bars)) == []
    assert found.figures[f"{RATIO}the chains, added, over {BEFORE}"] == pytest.approx(0.6)
    assert found.figures["cold ms: GalleryFunction"] == 100


def test_a_route_that_adds_more_a_slow_page_and_a_large_one_miss_their_bars() -> None:
    found = routes.result_of({"a page": [5.1]}, samples(86, 100), {PAGE_BYTES: 90_001}, {})
    assert len(missed(list(found.bars))) == len(CALLS) + 2


def test_without_the_earlier_version_no_ratio_is_made_up() -> None:
    only = {name: taken for name, taken in samples(60, 100).items() if BEFORE not in name}
    found = routes.result_of({}, only, {PAGE_BYTES: 1}, {BEFORE: "no commit"})
    assert [bar.measured for bar in found.bars if "added" in bar.promise] == [None] * len(CALLS)
    assert not [name for name in found.figures if name.startswith(RATIO)]


def test_every_function_that_is_measured_is_one_of_the_template() -> None:
    template = (ROOT / "template.yaml").read_text()
    for call in CALLS:
        assert f"  {call.function}:\n" in template
        assert f"Handler: {call.handler}\n" in template
        assert call.resource in template


SCORES = dict.fromkeys(lighthouse.CATEGORIES, 100.0)
LOADED = FirstLoad(requests=6, to_others=0, wire_bytes=50_000)
SMOOTH = Scrolled([50.0] * 100, 3_000)
TIMES = {dapp.NOW: [60.0, 90.0, 50.0], dapp.THEN: [100.0, 100.0, 100.0]}
NONE = {"calls to the identity pool": 0, "sign-ups": 0}


def test_a_click_is_judged_by_the_median_of_its_ratios() -> None:
    found = dapp.result_of([("initial", 30.0, 30.0)], SCORES, LOADED, SMOOTH, TIMES, NONE, {})
    assert missed(list(found.bars)) == []
    assert found.figures[f"{RATIO}{dapp.CLICK}"] == pytest.approx(0.6)


def test_a_heavier_dapp_a_lower_score_and_a_needless_call_miss_their_bars() -> None:
    judged = {**SCORES, "performance": 97.0, "seo": 99.0}
    loaded = FirstLoad(requests=7, to_others=1, wire_bytes=1)
    sizes = [("initial", 30.1, 30.0)]
    found = dapp.result_of(sizes, judged, loaded, SMOOTH, {dapp.NOW: [1.0]}, {"sign-ups": 1}, {})
    assert len(missed(list(found.bars))) == 7


def test_a_list_that_scrolls_slowly_or_holds_every_token_misses_the_dapps_bars() -> None:
    slow = Scrolled([51.0] * 100, 3_001)
    found = dapp.result_of([], SCORES, LOADED, slow, TIMES, NONE, {})
    assert len(missed(list(found.bars))) == 2


def test_the_lines_of_the_budget_are_read_as_it_prints_them() -> None:
    line = "`${name}: ${size.toFixed(1)} KiB brotli, at most ${limit} KiB: ${verdict}\\n`"
    assert line in (ROOT / "dapp" / "budget.mjs").read_text()
    assert dapp.BUDGET.findall("initial: 23.6 KiB brotli, at most 30 KiB: ok\n") == [
        ("initial", "23.6", "30")
    ]


def test_lighthouse_without_a_score_is_not_measured() -> None:
    metrics = {name: {"numericValue": 7.0} for name in lighthouse.METRICS}
    categories = {name: {"score": 0.98} for name in lighthouse.CATEGORIES}
    found = lighthouse.figures_of({"categories": categories, "audits": metrics})
    assert (found["performance"], found["total blocking time ms"]) == (98, 7)
    categories["seo"] = {"score": None}  # type: ignore[dict-item]
    with pytest.raises(NotMeasuredError):
        lighthouse.figures_of({"categories": categories, "audits": metrics})


def local(**more: object) -> local_part.Found:
    values: dict[str, object] = {
        "starts": [1.0],
        "rates": {
            local_part.OURS: {1: [70.0, 140.0], 8: [80.0, 80.0], 64: [60.0, 60.0]},
            local_part.THEIRS: {1: [100.0, 200.0], 8: [100.0, 100.0]},
        },
        "burst": Burst(64, [1.0] * 99 + [4.0], [], 1),
        "half_open": 30.0,
        "sizes": {5_000: 100, 50_000: 110},
        "sign_ins": SignIns(10_000, [10.0] * 9 + [12.0], [5.0] * 10),
    }
    return local_part.Found(**{**values, **more})  # type: ignore[arg-type]


def test_the_local_stack_is_judged_beside_ministack_round_by_round() -> None:
    found = local_part.result_of(local())
    assert missed(list(found.bars)) == []
    assert found.figures[f"{RATIO}time of a look-up over ministack's, 8 clients"] == 1.25


@pytest.mark.parametrize(
    ("worse", "promise"),
    [
        ({"burst": Burst(64, [1.0], ["a client"], 1)}, "errors"),
        ({"burst": Burst(64, [4.1], [], 1)}, "p99"),
        ({"burst": Burst(64, [1.0], [], 10_000)}, "workers"),
        ({"half_open": None}, "half-open"),
        ({"sizes": {5_000: 100, 50_000: 111}}, "memory"),
        ({"sign_ins": SignIns(10_000, [10.0, 12.1], [5.0, 5.0])}, "sign-ins"),
        ({"sign_ins": SignIns(10_000, [10.0, 12.0], [5.0, 4.9])}, "sign-ins"),
        ({"sizes": {}}, "memory"),
    ],
)
def test_the_local_stack_misses_the_bar_of_what_is_worse(
    worse: dict[str, object], promise: str
) -> None:
    (found,) = missed(list(local_part.result_of(local(**worse)).bars))
    assert promise in found


def test_without_ministack_its_bars_do_not_hold() -> None:
    alone = {local_part.OURS: {1: [70.0], 8: [80.0]}}
    assert len(missed(list(local_part.result_of(local(rates=alone)).bars))) == 2
