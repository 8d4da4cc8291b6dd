"""One provider as it is asked: its key in a header, a 200 with JSON, its failures typed.

Both keys are in one Secrets Manager secret: {"AlchemyApiKey": "...", "MoralisApiKey": "..."}. Where
a provider refuses the cached key, the secret is read again, and the request is sent once more if
there is a newer key.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from nft.errors import (
    ProviderKeyError,
    UpstreamAuthError,
    UpstreamError,
    UpstreamUnavailableError,
)
from nft.providers.http import Transport, UpstreamReply, UpstreamRequest
from runtime.cached_secret import CachedSecret, Secret, UnreadableSecretError
from runtime.deadline import Deadline, within
from runtime.secrets import GetSecret, read_document

_NAMES = ("AlchemyApiKey", "MoralisApiKey")

type Keys = Mapping[str, Secret]
"""By name in the secret; one that is missing there, or of no use, is absent."""


class ProviderKeys:
    """`clock` gives seconds from any fixed point; `get_secret` caches nothing itself."""

    def __init__(
        self, secret_arn: str, get_secret: GetSecret, *, clock: Callable[[], float]
    ) -> None:
        cached = CachedSecret[Keys](
            lambda known: {**(known or {}), **_read_keys(get_secret, secret_arn)}, clock=clock
        )
        self.alchemy = ProviderKey("AlchemyApiKey", cached)
        self.moralis = ProviderKey("MoralisApiKey", cached)


class ProviderKey:
    """One provider's key; calling it reads it."""

    def __init__(self, name: str, cached: CachedSecret[Keys]) -> None:
        self._name = name
        self._cached = cached

    def __call__(self) -> Secret:
        """Raises ProviderKeyError."""
        try:
            keys = self._cached.value()
        except UnreadableSecretError as error:
            raise ProviderKeyError(str(error)) from None
        if self._name not in keys:
            keys = self._cached.refreshed_if(lambda known: self._name not in known)
        if self._name not in keys:
            raise ProviderKeyError(f"the secret holds no usable {self._name}")
        return keys[self._name]

    def ask[T](self, send: Callable[[Secret], T], deadline: Deadline) -> T:
        """What `send(key)` returns.

        Sent again with a newer key, once, where the first is refused and there is one.
        Raises ProviderKeyError and whatever `send` does.
        """
        key = self()
        try:
            return send(key)
        except UpstreamAuthError:
            newer = self._newer_than(key, deadline)
            if newer is None or deadline.left() <= 0:
                raise
        return send(newer)

    def _newer_than(self, refused: Secret, deadline: Deadline) -> Secret | None:
        """None where there is none in time; what is read late is used the next time."""

        def is_refused(keys: Keys) -> bool:
            return keys[self._name].reveal() == refused.reveal()

        with suppress(TimeoutError):
            keys = within(deadline, lambda _: self._cached.refreshed_if(is_refused), name="key")
            return None if is_refused(keys) else keys[self._name]
        return None


@dataclass(frozen=True)
class ProviderClient(ABC):
    """`base_url` is the provider's own. Replies have status 200 and are JSON by their type.

    Every method raises UpstreamError and ProviderKeyError.
    """

    base_url: str
    key: ProviderKey
    transport: Transport

    def get(self, url: str, params: Mapping[str, str], deadline: Deadline) -> UpstreamReply:
        return self.key.ask(partial(self._exchange, url, params, deadline), deadline)

    def _exchange(
        self, url: str, params: Mapping[str, str], deadline: Deadline, key: Secret
    ) -> UpstreamReply:
        reply = self.transport(UpstreamRequest(url, params, self.headers(key)), deadline)
        if reply.status != 200:
            raise self.failure(reply)
        if reply.content_type.partition(";")[0].strip().lower() != "application/json":
            raise UpstreamUnavailableError(
                "not JSON by its content type", upstream_status=reply.status
            )
        return reply

    @abstractmethod
    def headers(self, key: Secret) -> Mapping[str, Secret]:
        """What carries the key."""

    @abstractmethod
    def failure(self, reply: UpstreamReply) -> UpstreamError:
        """What a status other than 200 stands for."""


def _read_keys(get_secret: GetSecret, secret_arn: str) -> Keys:
    document = read_document(get_secret, secret_arn)
    texts = document if isinstance(document, dict) else {}
    keys = {name: text.strip() for name in _NAMES if isinstance(text := texts.get(name), str)}
    usable = {name: Secret(key) for name, key in keys.items() if _fits_a_header(key)}
    if not usable:
        raise UnreadableSecretError("the secret holds no usable key")
    return usable


def _fits_a_header(key: str) -> bool:
    return bool(key) and key.isascii() and key.isprintable() and " " not in key
