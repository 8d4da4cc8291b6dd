"""A reader's way through one request stays short; no clock is read, so a test can hold it."""

import io
from contextlib import redirect_stdout

import pytest

from benchmarks.flows import FLOWS, follow


@pytest.mark.parametrize("name", FLOWS)
def test_a_request_passes_few_files_and_stays_shallow(name: str) -> None:
    prepare, files, depth = FLOWS[name]
    with redirect_stdout(io.StringIO()):  # the metrics of the request
        flow = follow(prepare())
    assert len(flow.files) <= files, sorted(flow.files)
    assert len(flow.deepest) <= depth, flow.deepest
