"""Alchemy's key out of the providers' secret."""

import json
from collections.abc import Callable

import pytest

from nodes.errors import RpcEndpointError
from nodes.key import AlchemyKey
from runtime.cached_secret import MAX_AGE_SECONDS, REFRESH_SECONDS, UnreadableSecretError

ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:keys"
KEY = "canary-alchemy-key"


def key_from(get_secret: Callable[[str], str]) -> AlchemyKey:
    return AlchemyKey(ARN, get_secret=get_secret, monotonic=lambda: 0.0)


def test_reads_the_secret_once_in_five_minutes() -> None:
    asked: list[str] = []
    clock = [1000.0]

    def get_secret(arn: str) -> str:
        asked.append(arn)
        return json.dumps({"AlchemyApiKey": f"key-{len(asked)}", "MoralisApiKey": "other"})

    key = AlchemyKey(ARN, get_secret=get_secret, monotonic=lambda: clock[0])
    assert [key.read(), key.read()] == ["key-1", "key-1"]
    clock[0] += MAX_AGE_SECONDS - 1
    assert key.read() == "key-1"
    clock[0] += 1
    assert key.read() == "key-2"
    assert asked == [ARN, ARN]


@pytest.mark.parametrize(
    "secret",
    [
        "",
        KEY,
        "[]",
        "{}",
        '{"AlchemyApiKey": null}',
        '{"AlchemyApiKey": ""}',
        '{"AlchemyApiKey": " "}',
        f'{{"AlchemyApiKey": "{KEY}\\r\\nX: y"}}',
        f'{{"AlchemyApiKey": "{KEY}é"}}',
        f'{{"AlchemyApiKey": "{KEY}"',
    ],
)
def test_a_secret_without_a_usable_key_fails_and_is_not_quoted(secret: str) -> None:
    with pytest.raises(RpcEndpointError) as failure:
        key_from(lambda arn: secret).read()
    assert KEY not in str(failure.value)
    assert failure.value.__cause__ is None
    assert failure.value.__context__ is None or failure.value.__suppress_context__


def test_a_secret_that_cannot_be_read_fails_and_is_asked_for_again() -> None:
    tries: list[str] = []

    def get_secret(arn: str) -> str:
        tries.append(arn)
        if len(tries) == 1:
            raise UnreadableSecretError("TimeoutError")
        return json.dumps({"AlchemyApiKey": KEY})

    key = key_from(get_secret)
    with pytest.raises(RpcEndpointError, match="TimeoutError"):
        key.read()
    assert key.read() == KEY


def test_shows_the_key_nowhere_but_where_it_is_read() -> None:
    key = key_from(lambda arn: json.dumps({"AlchemyApiKey": KEY}))
    assert key.read() == KEY
    assert KEY not in repr(key)


def rotating(clock: list[float], *secrets: str | Exception) -> tuple[AlchemyKey, list[str]]:
    """A key whose secret holds one thing after the other, and how often it was read."""
    asked: list[str] = []

    def get_secret(arn: str) -> str:
        asked.append(arn)
        found = secrets[min(len(asked), len(secrets)) - 1]
        if isinstance(found, Exception):
            raise found
        return json.dumps({"AlchemyApiKey": found})

    return AlchemyKey(ARN, get_secret=get_secret, monotonic=lambda: clock[0]), asked


def test_a_refused_key_is_looked_for_again_once_in_half_a_minute() -> None:
    clock = [1000.0]
    key, asked = rotating(clock, "old", "old", "new")
    assert key.read() == "old"
    assert [key.read("old"), key.read("old")] == ["old", "old"]
    clock[0] += REFRESH_SECONDS - 1
    assert key.read("old") == "old"
    assert len(asked) == 2
    clock[0] += 1
    assert [key.read("old"), key.read()] == ["new", "new"]
    assert len(asked) == 3


def test_a_key_refused_after_it_was_replaced_is_not_looked_for() -> None:
    clock = [0.0]
    key, asked = rotating(clock, "old", "new", "newer")
    assert [key.read(), key.read("old")] == ["old", "new"]
    clock[0] += REFRESH_SECONDS
    assert key.read("old") == "new"
    assert len(asked) == 2


def test_a_refused_key_stays_where_the_secret_cannot_be_read() -> None:
    key, asked = rotating([0.0], "old", UnreadableSecretError("TimeoutError"))
    assert [key.read(), key.read("old"), key.read()] == ["old", "old", "old"]
    assert len(asked) == 2


def test_a_key_outlives_a_secret_that_cannot_be_read_when_it_is_due() -> None:
    clock = [1000.0]
    key, asked = rotating(clock, "old", UnreadableSecretError("TimeoutError"), "new")
    assert key.read() == "old"
    clock[0] += MAX_AGE_SECONDS
    assert [key.read(), key.read()] == ["old", "old"]
    clock[0] += REFRESH_SECONDS
    assert (key.read(), len(asked)) == ("new", 3)
