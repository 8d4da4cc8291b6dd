"""One warm Lambda environment: an event a line on stdin, the handler's result a line on stdout.

    python worker.py HANDLER FUNCTION_ARN TIMEOUT_SECONDS MEMORY_MB

Started by worker_process.py; writes the line `ready` once the handler is imported. What the
handler prints or logs goes to stderr, logs as lines of JSON like those of Lambda's own JSON log
format; a failure's traceback goes there too, and nowhere else. Each result has the log lines of its
invocation beside it.
Source: https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html
"""

from __future__ import annotations

import importlib
import json
import linecache
import logging
import os
import re
import sys
import time
import traceback
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TextIO

_STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
_KEPT_LINES, _KEPT_CHARACTERS = 20, 8_192
_TEXT_CHARACTERS = 500
_OPAQUE = re.compile(r"eyJ[\w-]+(?:\.[\w-]*)*|[A-Za-z0-9_+/=-]{20,}")  # a JWT, or a long word
_PLAIN = re.compile(r"[a-z_/-]+|0x[0-9a-fA-F]{40}")  # names of ours, and addresses
_OF_IMPORT = re.compile(rf"<frozen importlib|.*/importlib/__init__\.py|{re.escape(__file__)}")
_FRAME = re.compile(r"(?P<file>.+):(?P<line>\d+) (?P<name>\S+)")


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


type Handler = Callable[[Any, LambdaContext], Any]


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
            raised = record.exc_info[1]
            entry["stackTrace"] = (
                [line.rstrip() for line in traceback_lines(raised)] if raised else []
            )
        return json.dumps(entry, default=str)


class Log:
    """Where all goes that a function says: to the terminal; its lines of JSON are kept as well."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal
        self._rest = ""
        self._kept: list[dict[str, Any]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._terminal, name)

    def write(self, text: str) -> int:
        self._terminal.write(text)
        *lines, self._rest = (self._rest + text)[-_KEPT_CHARACTERS:].split("\n")
        for line in lines:
            self._keep(line)
        return len(text)

    def take(self) -> list[dict[str, Any]]:
        """The lines since the last call, at most _KEPT_LINES."""
        kept, self._kept = self._kept, []
        return kept

    def _keep(self, line: str) -> None:
        try:
            entry = json.loads(line) if line.startswith("{") else None
        except ValueError:
            return
        if isinstance(entry, dict) and len(self._kept) < _KEPT_LINES:
            self._kept.append(entry)
            self._terminal.writelines(_frames_of_cause(entry))


def _frames_of_cause(entry: dict[str, Any]) -> Iterator[str]:
    """A route catches what it did not foresee and logs its frames: the same, to be read."""
    cause = entry.get("cause")
    if not isinstance(cause, list):
        return
    yield f"Traceback of {entry.get('route')}, {entry.get('error')} (most recent call last):\n"
    for frame in filter(None, (_FRAME.fullmatch(str(item)) for item in cause)):
        yield f'  File "{frame["file"]}", line {frame["line"]}, in {frame["name"]}\n'
        yield f"    {linecache.getline(frame['file'], int(frame['line'])).strip()}\n"


def traceback_lines(error: BaseException, seen: frozenset[int] = frozenset()) -> Iterator[str]:
    """Frames and texts of an error and of what led to it, without values of variables.

    A text could hold a key or a token, so what looks like one is left out.
    """
    first = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    parts = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    for other in (first, *parts):
        if other is not None and id(other) not in seen:
            yield from traceback_lines(other, seen | {id(error)})
            yield "which led to:\n"
    frames = traceback.extract_tb(error.__traceback__)
    yield "Traceback (most recent call last):\n"
    yield from traceback.format_list([f for f in frames if not _OF_IMPORT.match(f.filename)])
    yield f"{type(error).__qualname__}: {without_secrets(error)}\n"


def without_secrets(error: BaseException) -> str:
    try:
        text = str(error)
    except Exception:
        return "(no text)"
    for name, secret in os.environ.items():
        if secret and re.search("SECRET|TOKEN|KEY", name):
            text = text.replace(secret, "[left out]")
    return without_long_words(text)


def without_long_words(text: str) -> str:
    """The text without what could be a key, a token or a signature."""
    return _OPAQUE.sub(_left_out_unless_plain, text)[:_TEXT_CHARACTERS]


def _left_out_unless_plain(match: re.Match[str]) -> str:
    return match[0] if _PLAIN.fullmatch(match[0]) else f"[{len(match[0])} characters]"


def configure_logging(log: Log) -> None:
    handler = logging.StreamHandler(log)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(handlers=[handler], level=os.environ.get("AWS_LAMBDA_LOG_LEVEL", "INFO"))


def load_handler(name: str) -> Handler:
    module, _, attribute = name.rpartition(".")
    loaded = importlib.import_module(module)
    handler: Handler = getattr(loaded, attribute)
    return handler


def answer(handler: Handler, line: str, context: LambdaContext, log: Log) -> str:
    """The line for one event: `{"result": …}`, or Lambda's `errorType` and `errorMessage`."""
    try:
        result = handler(json.loads(line), context)
        return json.dumps({"result": result, "log": log.take()})
    except Exception as error:
        name = type(error).__name__
        logging.getLogger(context.function_name).error("%s", name, extra={"error": name})
        log.writelines(traceback_lines(error))
        told = {"errorType": name, "errorMessage": str(error)}
        return json.dumps({**told, "log": log.take()})


def serve(handler_name: str, arn: str, timeout: float, memory: str, out: TextIO, log: Log) -> None:
    try:
        handler = load_handler(handler_name)
    except Exception as error:
        log.writelines([f"{handler_name} cannot be imported\n", *traceback_lines(error)])
        sys.exit(1)
    log.take()
    out.write("ready\n")
    out.flush()
    for line in sys.stdin:
        deadline, request_id = time.monotonic() + timeout, str(uuid.uuid4())
        context = LambdaContext(arn.rpartition(":")[2], arn, memory, request_id, deadline)
        out.write(answer(handler, line, context, log) + "\n")
        out.flush()


if __name__ == "__main__":
    results, said = sys.stdout, Log(sys.stderr)
    sys.stdout = said
    configure_logging(said)
    _, name, function_arn, timeout_seconds, memory_mb = sys.argv
    serve(name, function_arn, float(timeout_seconds), memory_mb, results, said)
