"""Traces of upstream calls: one X-Ray subsegment a call, with its outcome and nothing else.

What leaves is a name of ours, the times, and `outcome`: "ok" or an error's class name. There is no
place for a URL, a header, a parameter or an exception's text, which the X-Ray SDK would record.

https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html
https://docs.aws.amazon.com/powertools/python/latest/core/tracer/

Why: ARCHITECTURE.md, runtime.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from runtime.errors import RouteError

type Traces = Callable[[str], AbstractContextManager[object]]
"""Around one call to the upstream of that name. What is raised within goes on as it is."""

NO_TRACES: Traces = nullcontext


class XRayTraces:
    """Loads the X-Ray SDK, so it is for functions that trace."""

    def __init__(self) -> None:
        # No daemon, no segment: nothing a request should fail for, or a log be filled with.
        logging.getLogger("aws_xray_sdk").setLevel(logging.CRITICAL)
        from aws_lambda_powertools import Tracer

        self._recorder: Any = Tracer(auto_patch=False).provider

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """May be on a thread of its own, never within another.

        A call that outlives its invocation is frozen with it and in no trace.
        """
        call = self._begin(name)
        outcome, status = "ok", 200
        try:
            yield
        except BaseException as error:
            outcome = type(error).__name__
            status = error.status if isinstance(error, RouteError) else 500
            raise
        finally:
            call.put_annotation("outcome", outcome)
            call.apply_status_code(status)
            self._recorder.end_subsegment()

    def _begin(self, name: str) -> Any:
        """Below the invocation as it is now.

        The SDK keeps a thread's last one for as long as the trace is the same, and a caller with a
        trace of its own makes several requests in it.
        """
        self._recorder.clear_trace_entities()
        return self._recorder.begin_subsegment(name, namespace="remote")


def traces_from_environment(environment: Mapping[str, str]) -> Traces:
    """On where the template says so (Tracing) and Lambda runs us: nobody else has the daemon."""
    is_on = environment.get("POWERTOOLS_TRACE_DISABLED") == "false"
    return XRayTraces() if is_on and "LAMBDA_TASK_ROOT" in environment else NO_TRACES


def traced[**P, T](traces: Traces, name: str, call: Callable[P, T]) -> Callable[P, T]:
    """`call`, with `traces` around each of its calls."""

    def within(*args: P.args, **kwargs: P.kwargs) -> T:
        with traces(name):
            return call(*args, **kwargs)

    return within
