"""A stack in service is updated as CloudFormation would, and keeps what only it knows."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import httpx
import pytest

from local.aws_lambda.function import Function
from local.configuration import ROOT, Configuration
from local.running import Running
from local.stack import Stack, build_stack
from local.template.stack_template import StackTemplate
from local.watching import Watching
from tests.contract.test_updates import OTHERS, deployed, served

PORT, API_PORT = 13_000, 13_001
USERS = "users/us-east-1_TheUsers"


class Idle:
    """A worker without a process."""

    is_alive = True

    async def ask(self, event: Mapping[str, object]) -> object:
        return {}

    async def end(self) -> None: ...


async def start_worker(function: Function) -> Idle:
    return Idle()


class Scene:
    """A stack of files that a test may write; what it said, and a call of its API."""

    def __init__(self, folder: Path) -> None:
        self.template = folder / "template.yaml"
        self.template.write_text((ROOT / "template.yaml").read_text())
        self.parameters = folder / "mine.parameters"
        configuration = Configuration(PORT, API_PORT, self.parameters, folder / "state")
        self.running = Running(
            configuration, template_file=self.template, start_worker=start_worker
        )
        self.said: list[str] = []
        self.watching = Watching(self.running, self.said.append)

    def edit(self, old: str, new: str) -> None:
        text = self.template.read_text()
        assert old in text
        self.template.write_text(text.replace(old, new, 1))

    async def get(self, path: str, port: int = API_PORT) -> httpx.Response:
        transport = httpx.ASGITransport(self.running.apps[port])
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get(path)


def play(folder: Path, act: Callable[[Scene], Awaitable[None]]) -> None:
    async def run() -> None:
        scene = Scene(folder)
        try:
            await act(scene)
        finally:
            await scene.running.close()

    asyncio.run(run())


def test_nothing_changed_is_nothing_done(tmp_path: Path) -> None:
    async def act(scene: Scene) -> None:
        before = scene.running.stack
        await scene.watching.look()
        assert (scene.running.stack, scene.said) == (before, [])

    play(tmp_path, act)


def test_a_changed_template_is_live_at_the_next_look(tmp_path: Path) -> None:
    async def act(scene: Scene) -> None:
        before = scene.running.stack
        answered = await scene.get("/prod/health")
        scene.edit("/health:", "/still-here:")
        await scene.watching.look()
        assert (await scene.get("/prod/health")).status_code == 403
        assert (await scene.get("/prod/still-here")).status_code == answered.status_code == 200
        assert scene.running.stack.state is before.state
        assert scene.said == [
            "template.yaml changed: the stack is updated, with its users and sessions"
        ]

    play(tmp_path, act)


BROKEN: dict[str, tuple[str, str]] = {
    "not YAML": ("Resources:", "Resources: ["),
    "an unknown type": ("AWS::Cognito::IdentityPool\n", "AWS::Cognito::SwimmingPool\n"),
    "a handler that is not there": ("get_nfts_alchemy.handler", "get_nfts_alchemy.handle"),
    "a reference to nothing": ("!GetAtt UserPool.Arn", "!GetAtt Pool.Arn"),
    "half a definition": ("Resources:\n", "Resources:\n  Half:\n"),
    "an integration that is not modelled": ("type: aws_proxy", "type: http_proxy"),
    "another pool": ("CaseSensitive: false", "CaseSensitive: true"),
}


@pytest.mark.parametrize("edit", BROKEN.values(), ids=list(BROKEN))
def test_a_template_that_cannot_be_run_leaves_the_one_before_serving(
    tmp_path: Path, edit: tuple[str, str]
) -> None:
    async def act(scene: Scene) -> None:
        before = scene.running.stack
        scene.edit(*edit)
        await scene.watching.look()
        await scene.watching.look()
        [said] = scene.said
        assert said.startswith("template.yaml changed and cannot be run; as before: ")
        assert scene.running.stack is before
        assert (await scene.get("/prod/health")).status_code == 200
        scene.edit(edit[1], edit[0])
        await scene.watching.look()
        assert scene.running.stack is not before

    play(tmp_path, act)


def test_a_broken_parameters_file_is_named_with_its_line_and_mended(tmp_path: Path) -> None:
    async def act(scene: Scene) -> None:
        scene.parameters.write_text("SignInStatement=Hello. It is me.\n")
        await scene.watching.look()
        assert "mine.parameters:1: write Key=Value" in scene.said[-1]
        scene.parameters.write_text("AllowedOrigins=https://a.example\n")
        await scene.watching.look()
        assert "the stack is updated" in scene.said[-1]
        scene.parameters.unlink()
        await scene.watching.look()
        assert "the stack is updated" in scene.said[-1]
        origins = scene.running.configuration.page_origins
        assert scene.running.stack.template.parameters["AllowedOrigins"] == list(origins)

    play(tmp_path, act)


def test_a_key_of_an_http_route_waits_for_another_version_as_on_aws(tmp_path: Path) -> None:
    async def act(scene: Scene) -> None:
        for key in ("a-real-key", "another-key"):
            scene.parameters.write_text(f"AlchemyApiKey={key}\n")
            await scene.watching.look()
        assert "raise ProviderKeysVersion" in scene.said[-1]
        scene.parameters.write_text("AlchemyApiKey=another-key\nProviderKeysVersion=2\n")
        await scene.watching.look()
        assert "the stack is updated" in scene.said[-1]

    play(tmp_path, act)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Stack:
    """A stack of the defaults with a user, items and a secret that was put."""
    folder = tmp_path_factory.mktemp("first")
    configuration = Configuration(PORT, API_PORT, folder / "none", folder / "state")
    stack = build_stack(deployed({}, at=1), configuration)
    stack.state.table(USERS)["0xa"] = {"username": "0xa"}
    next(iter(stack.secrets.values())).put("put by a rotation")
    return stack


def after(template: StackTemplate, before: Stack, folder: Path) -> Stack:
    configuration = Configuration(PORT, API_PORT, folder / "none", folder / "state")
    return build_stack(template, configuration, before=before)


@pytest.mark.parametrize("given", {str(sorted(given)): given for given in OTHERS}.values(), ids=str)
def test_every_parameter_is_switched_on_and_off_and_costs_no_user(
    first: Stack, tmp_path: Path, given: Mapping[str, str]
) -> None:
    """Its snapshot is walked in tests/contract/test_updates.py."""
    version = {"ProviderKeysVersion": "2", **given}
    switched_on = after(deployed(version, at=2), first, tmp_path)
    switched_off = after(deployed({}, at=3), switched_on, tmp_path)
    for stack in (switched_on, switched_off):
        assert stack.state.table(USERS) == {"0xa": {"username": "0xa"}}
        assert stack.user_pools.auth_sessions is first.user_pools.auth_sessions
    assert served(switched_off.live_api)[1] == served(first.live_api)[1]


def test_an_update_writes_a_secret_only_where_its_text_changed(
    first: Stack, tmp_path: Path
) -> None:
    arn, secret = next(iter(first.secrets.items()))
    same = after(deployed({"IdTokenMinutes": "5"}, at=2), first, tmp_path)
    assert same.secrets[arn].current == "put by a rotation"
    other = after(deployed({"AlchemyApiKey": "another-key"}, at=2), first, tmp_path)
    assert "another-key" in other.secrets[arn].current
    assert other.secrets[arn].previous == "put by a rotation"
    assert secret.current == "put by a rotation"


def test_a_request_under_way_invokes_the_functions_of_after(first: Stack, tmp_path: Path) -> None:
    """As on AWS: Cognito asks for a trigger by name, whenever its turn is."""
    asked: list[str] = []

    class Told(Idle):
        async def ask(self, event: Mapping[str, object]) -> object:
            asked.append("after")
            return {}

    async def start(function: Function) -> Told:
        return Told()

    configuration = Configuration(PORT, API_PORT, tmp_path / "none", tmp_path / "state")
    changed = deployed({"SignInStatement": "Hello."}, at=2)
    stack = build_stack(changed, configuration, before=first, start_worker=start)
    before = build_stack(deployed({}, at=1), configuration, before=first).functions
    [permission] = [
        p for p in stack.functions._permissions if "create-auth-challenge" in p.function_arn
    ]

    async def run() -> None:
        await before.retire(stack.functions)
        await before.invoke(
            permission.function_arn,
            {},
            principal=permission.principal,
            source_arn=permission.source_arn,
        )

    asyncio.run(run())
    assert asked == ["after"]


def test_functions_that_an_update_leaves_alone_keep_their_workers(
    first: Stack, tmp_path: Path
) -> None:
    same = after(deployed({}, at=2), first, tmp_path).functions
    other = after(deployed({"SignInStatement": "Hello."}, at=2), first, tmp_path).functions
    kept = [arn for arn, pool in first.functions._pools.items() if same._pools[arn] is pool]
    assert kept == list(first.functions._pools)
    changed = [a for a, pool in first.functions._pools.items() if other._pools[a] is not pool]
    assert 0 < len(changed) < len(kept)


def test_a_look_takes_no_time_of_a_request(first: Stack) -> None:
    started = time.process_time()  # of this process alone: others cannot lengthen it
    for _ in range(20):
        first.functions.look()
    assert time.process_time() - started < 2
