"""One warm Lambda environment: an event a line on stdin, the handler's result a line on stdout.

    python worker.py HANDLER FUNCTION_ARN TIMEOUT_SECONDS MEMORY_MB

Started by worker_process.py; writes the line `ready` once the handler is imported. What the
handler prints or logs goes to stderr, logs as lines of
JSON like those of Lambda's own JSON log format.
Source: https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html
"""

from __future__ import annotations

import importlib
import json
import logging
import os
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TextIO

_STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


@dataclass(frozen=True)
class LambdaContext:
    """The part of Lambda's context object a handler may read."""

    function_name: str
    invoked_function_arn: str
    memory_limit_in_mb: str
    aws_request_id: str
    deadline: float
    function_version: str = "$LATEST"
    log_group_name: str = ""
    log_stream_name: str = ""

    def get_remaining_time_in_millis(self) -> int:
        return max(0, int((self.deadline - time.monotonic()) * 1000))


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
        }
        entry |= {key: item for key, item in vars(record).items() if key not in _STANDARD}
        if record.exc_info:
            entry["stackTrace"] = self.formatException(record.exc_info).splitlines()
        return json.dumps(entry, default=str)


def configure_logging() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(handlers=[handler], level=os.environ.get("AWS_LAMBDA_LOG_LEVEL", "INFO"))


def load_handler(name: str) -> Callable[[Any, LambdaContext], Any]:
    module, _, attribute = name.rpartition(".")
    loaded = importlib.import_module(module)
    handler: Callable[[Any, LambdaContext], Any] = getattr(loaded, attribute)
    return handler


def answer(handler: Callable[[Any, LambdaContext], Any], line: str, context: LambdaContext) -> str:
    """The line for one event: `{"result": …}`, or Lambda's `errorType` and `errorMessage`."""
    try:
        return json.dumps({"result": handler(json.loads(line), context)})
    except Exception as error:
        logging.getLogger(context.function_name).error("%s", type(error).__name__)
        return json.dumps({"errorType": type(error).__name__, "errorMessage": str(error)})


def serve(handler_name: str, arn: str, timeout: float, memory: str, out: TextIO) -> None:
    handler = load_handler(handler_name)
    out.write("ready\n")
    out.flush()
    for line in sys.stdin:
        deadline, request_id = time.monotonic() + timeout, str(uuid.uuid4())
        context = LambdaContext(arn.rpartition(":")[2], arn, memory, request_id, deadline)
        out.write(answer(handler, line, context) + "\n")
        out.flush()


if __name__ == "__main__":
    results, sys.stdout = sys.stdout, sys.stderr
    configure_logging()
    _, name, function_arn, timeout_seconds, memory_mb = sys.argv
    serve(name, function_arn, float(timeout_seconds), memory_mb, results)
