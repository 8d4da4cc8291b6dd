"""Where traces are on, and what is around a call while they are not."""

import subprocess
import sys
from pathlib import Path

import pytest

from runtime.traces import NO_TRACES, traced, traces_from_environment
from tests.fixtures.recorded_traces import RecordedTraces

BACKEND = Path(__file__).parents[3] / "backend"
ON = {"POWERTOOLS_TRACE_DISABLED": "false", "LAMBDA_TASK_ROOT": "/var/task"}


@pytest.mark.parametrize(
    "changed",
    [
        {"POWERTOOLS_TRACE_DISABLED": "true"},
        {"POWERTOOLS_TRACE_DISABLED": ""},
        {"POWERTOOLS_TRACE_DISABLED": "no"},
        {"POWERTOOLS_TRACE_DISABLED": None},
        {"LAMBDA_TASK_ROOT": None},
    ],
)
def test_traces_are_off_unless_the_template_says_on_and_lambda_runs_us(
    changed: dict[str, str | None],
) -> None:
    environment = {name: value for name, value in {**ON, **changed}.items() if value is not None}
    assert traces_from_environment(environment) is NO_TRACES


def test_the_sdk_is_loaded_once_traces_are_on_and_not_before() -> None:
    """In a process of its own: the SDK keeps one recorder a process."""
    code = (
        "import sys; from runtime.traces import *; from os import environ\n"
        "print('aws_xray_sdk' in sys.modules)\n"
        "print(type(traces_from_environment(environ)).__name__, 'aws_xray_sdk' in sys.modules)"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        cwd=BACKEND,
        env=ON,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.split() == ["False", "XRayTraces", "True"]
    assert done.stderr == ""


def test_a_traced_call_is_the_same_call() -> None:
    traces = RecordedTraces()
    call = traced(traces, "node", lambda number, *, by: number // by)
    assert call(7, by=2) == 3
    with pytest.raises(ZeroDivisionError):
        call(7, by=0)
    assert traces.calls == [("node", "ok"), ("node", "ZeroDivisionError")]


def test_without_traces_an_error_goes_on_as_it_is() -> None:
    error = KeyError("canary")
    with pytest.raises(KeyError) as raised, NO_TRACES("node"):
        raise error
    assert raised.value is error
