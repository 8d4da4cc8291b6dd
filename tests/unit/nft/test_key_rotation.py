"""A provider key is rotated while requests arrive: with both keys alive, or the old one revoked."""

import io
import json
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
import requests

from nft.errors import UpstreamAuthError, UpstreamQuotaError
from nft.providers.client import ProviderKey, ProviderKeys
from nft.raw_lookups import RawLookups
from nft.routes import get_nfts_alchemy, get_nfts_moralis
from runtime.cached_secret import MAX_AGE_SECONDS, REFRESH_SECONDS, Secret, UnreadableSecretError
from runtime.deadline import Deadline
from runtime.traces import NO_TRACES
from tests.fixtures.nft_providers import CONTRACT, FAULTS, FakeUpstream
from tests.fixtures.upstream import FakeProvider
from tests.unit.nft.gallery_fixtures import Clock, World, build_world, first_page

OLD, NEW = "canary-old-key-Qv7", "canary-new-key-Xw9"


class Vault:
    """A secret and its reader; `failure` happens instead of an answer."""

    def __init__(self) -> None:
        self.text = self.holding(OLD)
        self.failure: Exception | None = None
        self.reads = 0
        self.before_answering: Callable[[], object] = lambda: None

    @staticmethod
    def holding(alchemy: str, moralis: str = OLD) -> str:
        return json.dumps({"AlchemyApiKey": alchemy, "MoralisApiKey": moralis})

    def __call__(self, _: str) -> object:
        self.reads += 1
        self.before_answering()
        if self.failure is not None:
            raise self.failure
        return self.text


class Door:
    """A provider that accepts some keys; `seen` has those it was shown and the seconds it had."""

    def __init__(self, *accepted: str) -> None:
        self.accepted = set(accepted)
        self.seen: list[tuple[str, float]] = []

    def __call__(self, key: Secret, seconds: float) -> str:
        self.seen.append((key.reveal(), seconds))
        if key.reveal() not in self.accepted:
            raise UpstreamAuthError("failed by its status", upstream_status=401)
        return "page"

    @property
    def keys(self) -> list[str]:
        return [key for key, _ in self.seen]


def ask(
    key: ProviderKey,
    send: Callable[[Secret, float], str],
    seconds: float,
    clock: Callable[[], float] = lambda: 0.0,
) -> str:
    """`send` is shown the key and the seconds left on `clock`, which stands still by default."""
    deadline = Deadline.after(seconds, clock)
    return key.ask(lambda secret: send(secret, deadline.left()), deadline)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def vault() -> Vault:
    return Vault()


@pytest.fixture
def keys(vault: Vault, clock: Clock) -> ProviderKeys:
    return ProviderKeys("arn", vault, clock=clock)


def test_a_key_revoked_at_once_costs_no_request(keys: ProviderKeys, vault: Vault) -> None:
    door = Door(OLD)
    assert ask(keys.alchemy, door, 8.0) == "page"
    vault.text, door.accepted = Vault.holding(NEW), {NEW}
    assert [ask(keys.alchemy, door, 8.0) for _ in range(20)] == ["page"] * 20
    assert door.keys == [OLD, OLD, *[NEW] * 20]
    assert vault.reads == 2


def test_with_both_keys_alive_the_new_one_waits_for_the_old_ones_age(
    keys: ProviderKeys, vault: Vault, clock: Clock
) -> None:
    door = Door(OLD, NEW)
    ask(keys.alchemy, door, 8.0)
    vault.text = Vault.holding(NEW)
    clock.advance(MAX_AGE_SECONDS - 1)
    ask(keys.alchemy, door, 8.0)
    assert vault.reads == 1
    clock.advance(1)
    ask(keys.alchemy, door, 8.0)
    assert door.keys == [OLD, OLD, NEW]
    assert vault.reads == 2


def test_a_refusal_stands_where_the_secret_holds_the_same_key(
    keys: ProviderKeys, vault: Vault
) -> None:
    door = Door()
    with pytest.raises(UpstreamAuthError, match="status"):
        ask(keys.alchemy, door, 8.0)
    assert door.keys == [OLD]
    assert vault.reads == 2


def test_refusals_read_the_secret_once_in_half_a_minute(
    keys: ProviderKeys, vault: Vault, clock: Clock
) -> None:
    door = Door()
    for _ in range(5):
        with pytest.raises(UpstreamAuthError):
            ask(keys.alchemy, door, 8.0)
    assert vault.reads == 2
    vault.text, door.accepted = Vault.holding(NEW), {NEW}
    clock.advance(REFRESH_SECONDS - 1)
    with pytest.raises(UpstreamAuthError):
        ask(keys.alchemy, door, 8.0)
    clock.advance(1)
    assert ask(keys.alchemy, door, 8.0) == "page"
    assert vault.reads == 3


def test_a_new_key_that_is_refused_too_is_not_followed_by_a_third_try(
    keys: ProviderKeys, vault: Vault
) -> None:
    door = Door()
    keys.alchemy()
    vault.text = Vault.holding(NEW)
    with pytest.raises(UpstreamAuthError):
        ask(keys.alchemy, door, 8.0)
    assert door.keys == [OLD, NEW]


def test_keys_rotated_together_are_read_together(keys: ProviderKeys, vault: Vault) -> None:
    alchemy, moralis = Door(NEW), Door(NEW)
    keys.alchemy()
    vault.text = Vault.holding(NEW, NEW)
    assert ask(keys.alchemy, alchemy, 8.0) == ask(keys.moralis, moralis, 8.0) == "page"
    assert (alchemy.keys, moralis.keys) == ([OLD, NEW], [NEW])
    assert vault.reads == 2


def test_a_key_that_was_replaced_meanwhile_is_not_read_again(
    keys: ProviderKeys, vault: Vault, clock: Clock
) -> None:
    door = Door(NEW)

    def overtaken(key: Secret, seconds: float) -> str:
        if key.reveal() == OLD:
            vault.text = Vault.holding(NEW)
            clock.advance(MAX_AGE_SECONDS)
            keys.moralis()
        return door(key, seconds)

    assert ask(keys.alchemy, overtaken, 2 * MAX_AGE_SECONDS) == "page"
    assert (door.keys, vault.reads) == ([OLD, NEW], 2)


def test_refusals_at_the_same_time_share_one_reading(keys: ProviderKeys, vault: Vault) -> None:
    keys.alchemy()
    vault.text = Vault.holding(NEW, NEW)
    both_refused = threading.Barrier(2)
    doors = (Door(NEW), Door(NEW))

    def refusing(door: Door) -> Callable[[Secret, float], str]:
        def send(key: Secret, seconds: float) -> str:
            if key.reveal() == OLD:
                both_refused.wait(60)
            return door(key, seconds)

        return send

    asking = [
        threading.Thread(target=ask, args=(key, refusing(door), 8.0))
        for key, door in zip((keys.alchemy, keys.moralis), doors, strict=True)
    ]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join(5)
    assert [door.keys for door in doors] == [[OLD, NEW], [OLD, NEW]]
    assert vault.reads == 2


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("", None),
        (f'{{"AlchemyApiKey": "{NEW}"', None),
        ("[]", None),
        ("{}", None),
        (json.dumps({"AlchemyApiKey": ""}), None),
        (json.dumps({"AlchemyApiKey": f"{NEW}\r\nX: 1"}), None),
        ("", UnreadableSecretError("denied")),
        ("", OSError(NEW)),
    ],
)
def test_a_broken_secret_leaves_the_refusal_and_the_key_as_they_were(
    keys: ProviderKeys, vault: Vault, clock: Clock, text: str, failure: Exception | None
) -> None:
    door = Door()
    keys.alchemy()
    vault.text, vault.failure = text, failure
    with pytest.raises(UpstreamAuthError) as refused:
        ask(keys.alchemy, door, 8.0)
    assert NEW not in str(refused.value)
    door.accepted = {OLD}
    assert ask(keys.alchemy, door, 8.0) == "page"
    vault.text, vault.failure, door.accepted = Vault.holding(NEW), None, {NEW}
    clock.advance(REFRESH_SECONDS)
    assert ask(keys.alchemy, door, 8.0) == "page"


@pytest.mark.parametrize(
    ("text", "failure"), [("", UnreadableSecretError("throttled")), ("{}", None)]
)
def test_a_key_held_outlives_a_secret_that_is_broken_when_it_is_due(
    keys: ProviderKeys, vault: Vault, clock: Clock, text: str, failure: Exception | None
) -> None:
    door = Door(OLD, NEW)
    keys.alchemy()
    vault.text, vault.failure = text, failure
    clock.advance(MAX_AGE_SECONDS)
    assert [ask(keys.alchemy, door, 8.0) for _ in range(3)] == ["page"] * 3
    assert vault.reads == 2, "and nobody waits for it again at once"
    vault.text, vault.failure = Vault.holding(NEW), None
    clock.advance(REFRESH_SECONDS)
    ask(keys.alchemy, door, 8.0)
    assert door.keys == [OLD, OLD, OLD, NEW]


def test_the_second_sending_has_what_is_left_of_the_time(
    keys: ProviderKeys, vault: Vault, clock: Clock
) -> None:
    door = Door(NEW)
    keys.alchemy()
    vault.text = Vault.holding(NEW)
    vault.before_answering = lambda: clock.advance(3.0)

    def slow(key: Secret, seconds: float) -> str:
        clock.advance(1.0)
        return door(key, seconds)

    assert ask(keys.alchemy, slow, 8.0, clock) == "page"
    assert door.seen == [(OLD, 8.0), (NEW, 4.0)]


def test_a_refusal_stands_where_reading_takes_all_the_time_on_the_clock(
    keys: ProviderKeys, vault: Vault, clock: Clock
) -> None:
    door = Door(NEW)
    keys.alchemy()
    vault.text = Vault.holding(NEW)
    vault.before_answering = lambda: clock.advance(8.0)
    with pytest.raises(UpstreamAuthError):
        ask(keys.alchemy, door, 8.0, clock)
    assert door.keys == [OLD]


def test_nobody_waits_longer_than_the_budget_for_a_secret_that_hangs(vault: Vault) -> None:
    keys = ProviderKeys("arn", vault, clock=time.monotonic)
    keys.alchemy()
    answering = threading.Event()
    vault.text, vault.before_answering = Vault.holding(NEW), lambda: answering.wait()
    door = Door(NEW)
    with pytest.raises(UpstreamAuthError):
        ask(keys.alchemy, door, 0.2, time.monotonic)
    answering.set()
    while keys.alchemy().reveal() != NEW:  # what was read late is used next time
        time.sleep(0.01)


def test_other_failures_read_nothing(keys: ProviderKeys, vault: Vault) -> None:
    def used_up(_: Secret, __: float) -> str:
        raise UpstreamQuotaError("the plan is used up")

    with pytest.raises(UpstreamQuotaError):
        ask(keys.alchemy, used_up, 8.0)
    assert vault.reads == 1


class KeyedProvider(FakeProvider):
    """Either provider as `requests` meets it; refuses every key but one, and echoes it."""

    accepted = OLD

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]
        given = request.headers.get("X-API-Key") or request.headers.get("Authorization", "")
        is_known = given.removeprefix("Bearer ") == self.accepted
        self.status = 200 if is_known else 401
        self.body = b'{"ownedNfts":[],"result":[]}' if is_known else f'"{given}"'.encode()
        return super().send(request, **options)


@pytest.mark.parametrize(
    ("route", "provider_name"), [(get_nfts_alchemy, "alchemy"), (get_nfts_moralis, "moralis")]
)
def test_the_raw_routes_answer_through_a_rotation_and_tell_no_key(
    stage: Any,
    event: Any,
    lambda_context: Any,
    vault: Vault,
    keys: ProviderKeys,
    route: Any,
    provider_name: str,
) -> None:
    provider = KeyedProvider()
    built = stage(provider, keys=keys)
    lookups = RawLookups(getattr(built.clients, provider_name), NO_TRACES)
    told = io.StringIO()
    for accepted in (OLD, NEW, NEW):
        vault.text, provider.accepted = Vault.holding(accepted, accepted), accepted
        response = built.answer(route.get_nfts, lookups, event(), lambda_context)
        assert response["statusCode"] == 200
        told.write(json.dumps(response))
    assert len(provider.requests) == 4
    provider.accepted = "another"
    failed = built.answer(route.get_nfts, lookups, event(), lambda_context)
    assert json.loads(failed["body"])["error"]["code"] == "upstream_auth"
    assert "canary" not in told.getvalue() + json.dumps(failed) + built.log_text


def accepting_the_key_of(world: World, upstream: FakeUpstream, name: str) -> None:
    """From now on `upstream` refuses everything but the key the secret holds."""

    def fault() -> Any:
        (given,) = upstream.requests[-1].secret_headers.values()
        is_known = given.reveal().removeprefix("Bearer ") == world.provider_keys[name]
        return None if is_known else FAULTS["401"]

    upstream.fault = fault


def test_the_unified_routes_keep_their_provider_through_a_rotation() -> None:
    tokens = [(CONTRACT, "7")]
    world = build_world(FakeUpstream("alchemy", tokens), FakeUpstream("moralis", tokens))
    accepting_the_key_of(world, world.alchemy, "AlchemyApiKey")
    assert first_page(world.gallery)["provider"] == "alchemy"
    world.provider_keys["AlchemyApiKey"] = NEW
    for _ in range(5):
        page = first_page(world.gallery)
        assert (page["provider"], page["stale"], len(page["items"])) == ("alchemy", False, 1)
    assert world.calls() == (7, 0)
    assert world.metrics.counted == [], "no alarm, and no breaker opened"


def test_a_key_that_stays_refused_raises_the_alarm_and_rests_the_provider() -> None:
    tokens = [(CONTRACT, "7")]
    world = build_world(FakeUpstream("alchemy", tokens), FakeUpstream("moralis", tokens))
    world.alchemy.fault = lambda: FAULTS["401"]
    assert [first_page(world.gallery)["provider"] for _ in range(3)] == ["moralis"] * 3
    assert world.calls() == (1, 3)
    assert world.metrics.counted.count(("ProviderAuthFailed", "alchemy")) == 1
