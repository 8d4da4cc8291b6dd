"""One suite for the local stack, an emulator and AWS: it speaks the public protocols only.

`make test` starts a local stack for it; `make verify` gives it a target (verify/suite.py).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from botocore.credentials import Credentials

from tests.black_box.own_stack import own_stack
from tests.black_box.visitor import Visitor
from tests.e2e.conftest import HOLDS_3
from verify.suite import GIVEN, Given
from verify.target import NEEDS, Target

HERE = Path(__file__).parent
_NOTES = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    text = "write the local stack's answers into its snapshot"
    parser.addoption("--renew-snapshot", action="store_true", help=text)


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_NOTES] = []


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    ours = [item for item in items if HERE in item.path.parents]
    for item in ours:
        item.add_marker("black_box")
    given = config.stash.get(GIVEN, None)
    if given is not None:
        _leave_out(given.target, ours)
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> tuple[bool, ...]:
    """What lets a provider fail comes late, what changes the target's parameters last."""
    return tuple(
        bool(item.get_closest_marker(name)) for name in ("needs_updates", "upsets_providers")
    )


def _leave_out(target: Target, items: list[pytest.Item]) -> None:
    """Skip what the target says. Raises UsageError for a skip that is of nothing."""
    used = {reason for reason in target.left_out if reason in NEEDS}
    for item in items:
        for name in _names(item) & set(target.left_out):
            item.add_marker(pytest.mark.skip(reason=f"{name}: {target.left_out[name]}"))
            used.add(name)
    if unused := sorted(set(target.left_out) - used):
        raise pytest.UsageError(f"no test is called {', '.join(unused)}: take it from the skips")


def _names(item: pytest.Item) -> set[str]:
    """What a skip of the test may be called."""
    test = item.name.partition("[")[0]
    needs = {need for need in NEEDS if item.get_closest_marker(f"needs_{need}")}
    return {item.path.name, f"{item.path.name}::{test}", f"{item.path.name}::{item.name}", *needs}


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for note in config.stash[_NOTES]:
        terminalreporter.write_line(f"NOTE {note}")


@pytest.fixture(scope="session")
def note(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Says at the end what AWS promises neither way; it fails nothing."""
    return request.config.stash[_NOTES].append


@pytest.fixture(scope="session")
def is_own(request: pytest.FixtureRequest) -> bool:
    """Whether the target is a local stack of the suite's own, with parameters that we know."""
    return request.config.stash.get(GIVEN, None) is None


@pytest.fixture(scope="session")
def given(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Given]:
    if (found := request.config.stash.get(GIVEN, None)) is not None:
        yield found
        return
    with own_stack(tmp_path_factory.mktemp("own")) as made:
        yield made


@pytest.fixture(scope="module")
def unshared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Given]:
    """The target, or a local stack that no other file sees, for what other tests would notice."""
    if (found := request.config.stash.get(GIVEN, None)) is not None:
        yield found
        return
    with own_stack(tmp_path_factory.mktemp("unshared")) as made:
        yield made


@pytest.fixture(scope="session")
def target(given: Given) -> Target:
    return given.target


@pytest.fixture(scope="session")
def client(given: Given, note: Callable[[str], None]) -> Iterator[Visitor]:
    yield from _visit(given, note)


@pytest.fixture(scope="module")
def unshared_client(unshared: Given, note: Callable[[str], None]) -> Iterator[Visitor]:
    yield from _visit(unshared, note)


def _visit(given: Given, note: Callable[[str], None]) -> Iterator[Visitor]:
    """Deletes the users it made, also after a failure or Ctrl-C."""
    visitor = Visitor.of(given.target, *(given.updates.keys.values() if given.updates else ()))
    yield visitor
    for user in visitor.delete_users():
        note(f"the user {user} could not be deleted")
    visitor.http.close()


@pytest.fixture(scope="session")
def guest(client: Visitor) -> Credentials:
    return client.credentials()


@dataclass(frozen=True)
class Rotated:
    """Refresh tokens of one session: the second took the place of the first at `at`, monotonic."""

    first: str
    second: str
    at: float


@pytest.fixture(scope="session")
def rotated(client: Visitor) -> Rotated:
    first = client.sign_in(HOLDS_3)["RefreshToken"]
    answer = client.ask_user_pool(
        "GetTokensFromRefreshToken", ClientId=client.config["userPoolClientId"], RefreshToken=first
    )
    second = answer.json().get("AuthenticationResult", {}).get("RefreshToken", "")
    return Rotated(first, second, time.monotonic())


@pytest.fixture(scope="session")
def tokens(client: Visitor, rotated: Rotated) -> dict[str, str]:
    """Of the wallet whose three tokens the stand-ins know. No test may end this session.

    The first test asks for them, so that the grace of `rotated` is over when it is looked at.
    """
    return client.sign_in(HOLDS_3)


@pytest.fixture(scope="session")
def token(tokens: dict[str, str]) -> str:
    return tokens["IdToken"]


@pytest.fixture(scope="session")
def wallet(client: Visitor, tokens: dict[str, str]) -> Credentials:
    """AWS credentials of the same wallet."""
    return client.credentials(tokens["IdToken"])


@pytest.fixture
def wait(target: Target) -> Callable[[float], None]:
    """Lets time pass: it is this machine's on every target that answers over the network."""

    def waiting(seconds: float) -> None:
        if seconds > target.patience_seconds:
            pytest.skip(f"clock: it takes {seconds:.0f} s; more than PATIENCE")
        time.sleep(max(seconds, 0))

    return waiting
