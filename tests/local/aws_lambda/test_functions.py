"""Handlers run in processes of their own: warm, with their environment, within their time."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from local.aws_lambda.errors import FunctionError, FunctionTimeoutError, InvokeDeniedError
from local.aws_lambda.function import Function, Permission
from local.aws_lambda.functions import Functions
from local.aws_lambda.pool import Limits
from local.errors import TemplateError
from local.request_notes import begin_notes

ARN = "arn:aws:lambda:us-east-1:123456789012:function:demo"
HANDLERS = """
import json, logging, os, pathlib, time
count = 0
def counts(event, context):
    global count
    count += 1
    return {"count": count, "event": event, "environment": dict(os.environ), "pid": os.getpid()}
def context(event, context):
    remaining = context.get_remaining_time_in_millis()
    return [context.function_name, context.memory_limit_in_mb, 0 < remaining <= 60_000]
def prints(event, context):
    print("to stdout"); logging.getLogger().warning("said", extra={"code": "x"}); return "clean"
def raises(event, context):
    raise ValueError("not today")
def raises_with_secrets(event, context):
    token, short = event["token"], os.environ["SOME_API_KEY"]
    try:
        {}[token]
    except KeyError as error:
        raise ValueError(f"no {token} for {short} at 0x{'70' * 20}") from error
def refuses(event, context):
    extra = {"event": "sign_in_refused", "code": "wrong_signer", "event_body": "private"}
    logging.getLogger().warning("said", extra=extra)
    print(json.dumps({"route": "/x", "error": "KeyError", "cause": [f"{__file__}:4 counts"]}))
    return "refused"
def sleeps(event, context):
    time.sleep(event["seconds"]); return "awake"
def meets(event, context):
    pathlib.Path(event["me"]).touch()
    while len(list(pathlib.Path().glob("*.here"))) < event["together"]:
        time.sleep(0.01)
    return os.getpid()
def exits(event, context):
    os._exit(3)
def is_killed(event, context):
    os.kill(os.getpid(), 9)
def crashes(event, context):
    os.kill(os.getpid(), 11)
def unserialisable(event, context):
    return object()
"""
Invoke = Callable[..., Awaitable[object]]


def run_functions(
    tmp_path: Path,
    name: str,
    talk: Callable[[Functions, Invoke], Awaitable[None]],
    *,
    timeout_seconds: float = 60,
) -> None:
    """Have a conversation with one function of a folder, then end its workers."""
    (tmp_path / "handlers.py").write_text(HANDLERS)
    environment = {"PATH": os.environ["PATH"], "STATEMENT": "hello", "SOME_API_KEY": "k3y"}
    function = Function(
        *(ARN, "demo", f"handlers.{name}", tmp_path, timeout_seconds, 128), lambda: environment
    )
    permission = Permission(ARN, "apigateway.amazonaws.com", "arn:aws:execute-api:*:a1/prod/GET/x")
    limits = Limits(workers=3, idle_seconds=3600)
    functions = Functions([function], [permission], limits=limits)

    async def invoke(event: dict[str, object], *, source_arn: str = "") -> object:
        source = source_arn or "arn:aws:execute-api:us-east-1:1:a1/prod/GET/x"
        return await functions.invoke(
            ARN, event, principal="apigateway.amazonaws.com", source_arn=source
        )

    async def conversation() -> None:
        try:
            await talk(functions, invoke)
        finally:
            await functions.close()

    asyncio.run(conversation())


def run(
    tmp_path: Path,
    name: str,
    talk: Callable[[Invoke], Awaitable[None]],
    *,
    timeout_seconds: float = 60,
) -> None:
    async def conversation(functions: Functions, invoke: Invoke) -> None:
        await talk(invoke)

    run_functions(tmp_path, name, conversation, timeout_seconds=timeout_seconds)


def test_a_worker_stays_warm_and_has_only_its_own_environment(tmp_path: Path) -> None:
    async def talk(invoke: Invoke) -> None:
        first, second = await invoke({"n": 1}), await invoke({"n": 2})
        assert isinstance(first, dict)
        assert isinstance(second, dict)
        assert (first["count"], second["count"], second["event"]) == (1, 2, {"n": 2})
        given = set(first["environment"]) - {"LC_CTYPE", "PWD", "SHLVL", "_"}
        assert given == {"PATH", "PYTHONPATH", "SOME_API_KEY", "STATEMENT"}

    run(tmp_path, "counts", talk)


def test_the_context_tells_name_memory_and_time(tmp_path: Path) -> None:
    async def talk(invoke: Invoke) -> None:
        assert await invoke({}) == ["demo", "128", True]

    run(tmp_path, "context", talk)


def test_prints_and_logs_go_to_stderr_not_into_the_answer(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async def talk(invoke: Invoke) -> None:
        assert await invoke({}) == "clean"

    run(tmp_path, "prints", talk)
    out, err = capfd.readouterr()
    assert out == ""
    assert "to stdout" in err
    assert '"message": "said"' in err
    assert '"code": "x"' in err


def test_an_exception_is_reported_and_the_worker_lives_on(tmp_path: Path) -> None:
    async def talk(invoke: Invoke) -> None:
        for _ in range(2):
            with pytest.raises(FunctionError) as error:
                await invoke({})
            found = error.value
            assert (found.error_type, found.error_message) == ("ValueError", "not today")

    run(tmp_path, "raises", talk)


def test_a_failures_traceback_is_in_the_terminal_and_nowhere_else(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async def talk(invoke: Invoke) -> None:
        with pytest.raises(FunctionError) as error:
            await invoke({})
        assert "handlers.py" not in str(vars(error.value))

    run(tmp_path, "raises", talk)
    err = capfd.readouterr().err
    assert f'File "{tmp_path}/handlers.py", line' in err
    assert 'raise ValueError("not today")\nValueError: not today' in err


TOKEN = "eyJraWQiOiJ4In0.eyJzdWIiOiJ5In0.c2lnbmF0dXJlMTIz"
SIGNATURE = "0x" + "4b" * 65


@pytest.mark.parametrize("token", [TOKEN, SIGNATURE, "Abc9" * 8, "kQ_x/" * 8])
def test_a_traceback_shows_what_led_to_it_and_no_secret(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], token: str
) -> None:
    async def talk(invoke: Invoke) -> None:
        with pytest.raises(FunctionError):
            await invoke({"token": token})

    run(tmp_path, "raises_with_secrets", talk)
    err = capfd.readouterr().err
    assert err.index("KeyError: ") < err.index("which led to:") < err.index("ValueError: no [")
    assert f"for [left out] at 0x{'70' * 20}" in err
    assert max(token.split("."), key=len) not in err
    assert "k3y" not in err


def test_a_handler_that_cannot_be_imported_says_why_in_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "handlers.py").write_text(
        "def handler(event, context): ...\nimport nowhere_at_all\n"
    )
    functions = Functions([Function(ARN, "demo", "handlers.handler", tmp_path, 60, 128, dict)], [])
    with pytest.raises(TemplateError):
        asyncio.run(functions.warm_up())
    err = capfd.readouterr().err
    assert f'File "{tmp_path}/handlers.py", line 2' in err
    assert "ModuleNotFoundError: No module named 'nowhere_at_all'" in err
    assert "importlib" not in err


def test_what_a_route_caught_is_written_out_and_its_reasons_are_noted(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    seen = []

    async def talk(invoke: Invoke) -> None:
        notes = begin_notes()
        assert await invoke({}) == "refused"
        seen.append(notes)

    run(tmp_path, "refuses", talk)
    assert seen[0].causes == [
        "demo: event sign_in_refused, code wrong_signer",
        "demo: error KeyError",
    ]
    err = capfd.readouterr().err
    assert f'  File "{tmp_path}/handlers.py", line 4, in counts\n    def counts' in err


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("exits", "exit status 3"),
        ("is_killed", "signal: killed"),
        ("crashes", "signal: segmentation fault"),
    ],
)
def test_a_worker_that_ends_is_told_in_lambdas_words_and_the_next_call_gets_another(
    tmp_path: Path, name: str, reason: str
) -> None:
    async def talk(invoke: Invoke) -> None:
        for _ in range(2):
            with pytest.raises(FunctionError) as told:
                await invoke({})
            assert told.value.error_type == "Runtime.ExitError"
            end = f"Error: Runtime exited with error: {reason}"
            assert re.fullmatch(rf"RequestId: [0-9a-f-]{{36}} {end}", told.value.error_message)

    run(tmp_path, name, talk)


def test_a_worker_that_is_killed_between_two_calls_fails_none(tmp_path: Path) -> None:
    async def talk(invoke: Invoke) -> None:
        pids = []
        for _ in range(3):
            answer = await invoke({})
            assert isinstance(answer, dict)
            pids.append(answer["pid"])
            os.kill(answer["pid"], signal.SIGKILL)
            os.waitid(os.P_PID, answer["pid"], os.WEXITED | os.WNOWAIT)
        assert len(set(pids)) == 3

    run(tmp_path, "counts", talk)


@pytest.mark.parametrize("name", ["exits", "unserialisable"])
def test_a_worker_that_ends_or_answers_nonsense_is_a_function_error(
    tmp_path: Path, name: str
) -> None:
    async def talk(invoke: Invoke) -> None:
        for _ in range(2):
            with pytest.raises(FunctionError):
                await invoke({})

    run(tmp_path, name, talk)


def test_a_late_handler_is_stopped(tmp_path: Path) -> None:
    async def talk(invoke: Invoke) -> None:
        with pytest.raises(FunctionTimeoutError, match=r"Task timed out after 1\.00 seconds"):
            await invoke({"seconds": 3600})

    run(tmp_path, "sleeps", talk, timeout_seconds=1)


def test_concurrent_invocations_get_workers_of_their_own(tmp_path: Path) -> None:
    async def talk(invoke: Invoke) -> None:
        events = [{"me": f"{number}.here", "together": 3} for number in range(3)]
        assert len(set(await asyncio.gather(*map(invoke, events)))) == 3

    run(tmp_path, "meets", talk)


def write(tmp_path: Path, code: str) -> None:
    (tmp_path / "handlers.py").write_text(code)
    later = time.time() + 5
    os.utime(tmp_path / "handlers.py", (later, later))


def test_changed_code_is_picked_up_at_the_next_look(tmp_path: Path) -> None:
    async def talk(functions: Functions, invoke: Invoke) -> None:
        assert isinstance(await invoke({}), dict)
        write(tmp_path, "def counts(event, context): return 'new'")
        assert isinstance(await invoke({}), dict)
        assert functions.look()
        assert await invoke({}) == "new"
        assert not functions.look()

    run_functions(tmp_path, "counts", talk)


def test_code_that_cannot_be_imported_leaves_the_code_of_before_serving(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async def talk(functions: Functions, invoke: Invoke) -> None:
        before = await invoke({})
        assert isinstance(before, dict)
        write(tmp_path, "def counts(event, context): return 'new'\nraise ValueError('half done')")
        functions.look()
        assert await functions.renew() == {"demo": False}
        after = await invoke({})
        assert isinstance(after, dict)
        assert after["pid"] == before["pid"]
        write(tmp_path, "def counts(event, context): return 'all done'")
        functions.look()
        assert await functions.renew() == {"demo": True}
        assert await functions.renew() == {}
        assert await invoke({}) == "all done"

    run_functions(tmp_path, "counts", talk)
    assert "ValueError: half done" in capfd.readouterr().err


@pytest.mark.parametrize("handler", ["nowhere.handler", "handlers.nothing"])
def test_a_handler_that_is_not_there_is_named_at_start(tmp_path: Path, handler: str) -> None:
    (tmp_path / "handlers.py").write_text(HANDLERS)
    functions = Functions([Function(ARN, "demo", handler, tmp_path, 60, 128, dict)], [])
    with pytest.raises(TemplateError, match=rf"Handler {handler} cannot be imported"):
        asyncio.run(functions.start())


def test_a_handler_that_cannot_be_imported_is_named_when_it_is_warmed_up(tmp_path: Path) -> None:
    (tmp_path / "handlers.py").write_text("import nowhere\ndef handler(event, context): ...\n")
    functions = Functions([Function(ARN, "demo", "handlers.handler", tmp_path, 60, 128, dict)], [])
    with pytest.raises(TemplateError, match=r"Handler handlers\.handler cannot be imported"):
        asyncio.run(functions.warm_up())


def test_triggers_are_ready_at_start_and_routes_soon_after(tmp_path: Path) -> None:
    """A marker file says that a worker imported its handler."""
    code = "import pathlib; pathlib.Path('{0}.started').touch()\ndef handler(event, context): ...\n"
    for name in ("trigger", "route"):
        (tmp_path / f"{name}.py").write_text(code.format(name))
    made = [Function(n, n, f"{n}.handler", tmp_path, 60, 128, dict) for n in ("trigger", "route")]
    allowed = [
        Permission("trigger", "cognito-idp.amazonaws.com", "*"),
        Permission("route", "apigateway.amazonaws.com", "*"),
    ]

    def started() -> set[str]:
        return {file.stem for file in tmp_path.glob("*.started")}

    async def conversation() -> None:
        functions = Functions(made, allowed)
        await functions.start()
        assert started() == {"trigger"}
        await functions.warm_up()
        assert started() == {"trigger", "route"}
        await functions.close()

    asyncio.run(conversation())


def test_nobody_invokes_without_a_permission(tmp_path: Path) -> None:
    async def talk(invoke: Invoke) -> None:
        with pytest.raises(InvokeDeniedError):
            await invoke({}, source_arn="arn:aws:execute-api:us-east-1:1:other/prod/GET/x")

    run(tmp_path, "counts", talk)
