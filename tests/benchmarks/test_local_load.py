"""What the local stack's load is made of, and that no throttle stands in its way."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from benchmarks.local_load import Answered, SignIns
from benchmarks.throttles import lifted_throttles
from local.template.document import load_document
from tests.contract.conftest import ROOT

TEMPLATE = ROOT / "template.yaml"


def rates_of(node: object) -> Iterator[object]:
    """What stands at a ThrottlingRateLimit, anywhere in the template."""
    if isinstance(node, list):
        for each in node:
            yield from rates_of(each)
    elif isinstance(node, dict):
        if "ThrottlingRateLimit" in node:
            yield node["ThrottlingRateLimit"]
        for each in node.values():
            yield from rates_of(each)


def test_every_throttle_that_a_parameter_sets_is_lifted() -> None:
    limits = list(rates_of(load_document(TEMPLATE)["Resources"]))
    named = {limit["Ref"] for limit in limits if isinstance(limit, dict)}
    assert {"LookupRps", "StageRps"} < named
    assert named <= set(lifted_throttles(TEMPLATE))


def test_a_size_is_noted_at_each_tenth_of_what_all_clients_got() -> None:
    sizes = count(100)
    answered = Answered(1_000, lambda: next(sizes))

    def client(times: int) -> None:
        for _ in range(times):
            answered.another()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(client, [250] * 4))
    assert answered.is_all()
    assert answered.sizes == {tenth * 100: 99 + tenth for tenth in range(1, 11)}


def test_sign_ins_that_slow_down_as_the_machine_does_are_no_slower() -> None:
    assert SignIns(10, [10.0, 30.0], [5.0, 15.0]).last_over_first == 1
    assert SignIns(10, [10.0, 30.0], [5.0, 5.0]).last_over_first == 3
