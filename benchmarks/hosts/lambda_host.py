"""Lambda's own runtime interface client around one handler and one event.

    python lambda_host.py HANDLER EVENT_FILE

Only the Runtime API is replaced: the event comes from a file, the result goes to stdout as a line,
and what the function itself writes there to stderr.
Then it waits for the end of stdin, so that its peak memory can be read, and is gone.
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from awslambdaric import bootstrap  # type: ignore[import-not-found]
from awslambdaric.lambda_runtime_client import (  # type: ignore[import-not-found]
    InvocationRequest,
    LambdaMarshaller,
)

RESULT = os.dup(1)
os.dup2(2, 1)


class OneInvocation:
    """What `bootstrap.run` asks of the Runtime API's client."""

    marshaller = LambdaMarshaller()

    def __init__(self, event_file: str) -> None:
        self.event_file = event_file

    def wait_next_invocation(self) -> object:
        with open(self.event_file, encoding="utf-8") as file:
            event_body = file.read()
        return InvocationRequest(
            invoke_id="00000000-0000-4000-8000-000000000000",
            x_amzn_trace_id=None,
            invoked_function_arn="arn:aws:lambda:us-east-1:123456789012:function:measured",
            deadline_time_in_ms=2**41,
            client_context=None,
            cognito_identity=None,
            tenant_id=None,
            content_type="application/json",
            event_body=event_body,
            invocation_id=None,
        )

    def post_invocation_result(self, invoke_id: str, result: str, *_: object) -> NoReturn:
        os.write(RESULT, result.encode() + b"\n")
        os.read(0, 1)
        os._exit(0)

    def post_invocation_error(self, invoke_id: str, error: str, *_: object) -> NoReturn:
        os.write(2, error.encode() + b"\n")
        os._exit(1)

    def post_init_error(self, error: dict[str, object]) -> NoReturn:
        os.write(2, f"{error['errorMessage']}\n".encode())
        os._exit(1)


bootstrap.run(sys.argv[1], OneInvocation(sys.argv[2]))
