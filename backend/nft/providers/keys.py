"""The providers' API keys, from one Secrets Manager secret, kept for MAX_AGE_SECONDS.

The secret is JSON: {"AlchemyApiKey": "...", "MoralisApiKey": "..."}. A new value is in use
MAX_AGE_SECONDS after it was stored, without a deployment; at once where the provider refuses the
key that is held: the secret is read again then, at most every REFRESH_SECONDS, and the request is
sent once more if it holds another key by now.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from threading import Lock, Thread

from aws_lambda_powertools.utilities.parameters import SecretsProvider
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError

from nft.errors import CursorKeyError, ProviderKeyError, UpstreamAuthError
from nft.paging.cursor_keys import ReadVersion
from runtime.secrets import (
    GetSecret,
    UnreadableSecretError,
    failure_of,
    read_document,
    secrets_provider,
)
from runtime.settings import Secret

MAX_AGE_SECONDS = 300.0
REFRESH_SECONDS = 30.0
# Two tries of at most 3 s leave the provider its share of the function's time.
_READ_TIMEOUT_SECONDS = 2
_NAMES = ("AlchemyApiKey", "MoralisApiKey")


class ProviderKeys:
    """`clock` gives seconds from any fixed point; `get_secret` keeps nothing itself."""

    def __init__(
        self, secret_arn: str, get_secret: GetSecret, *, clock: Callable[[], float]
    ) -> None:
        kept = _KeptKeys(secret_arn, get_secret, clock)
        self.alchemy = ProviderKey("AlchemyApiKey", kept, clock)
        self.moralis = ProviderKey("MoralisApiKey", kept, clock)


class ProviderKey:
    """One provider's key; calling it reads it."""

    def __init__(self, name: str, kept: "_KeptKeys", clock: Callable[[], float]) -> None:
        self._name = name
        self._kept = kept
        self._clock = clock

    def __call__(self) -> Secret:
        """Raises ProviderKeyError."""
        return self._kept.read(self._name)

    def ask[T](self, send: Callable[[Secret, float], T], seconds: float) -> T:
        """What `send(key, seconds left)` returns, within `seconds`, reading keys included.

        Sent again with another key, once, where the first is refused and there is another.
        Raises ProviderKeyError and whatever `send` does.
        """
        deadline = self._clock() + seconds
        key = self()
        try:
            return send(key, deadline - self._clock())
        except UpstreamAuthError:
            another = self._kept.instead_of(key, self._name, deadline - self._clock())
            if another is None or self._clock() >= deadline:
                raise
        return send(another, deadline - self._clock())


class _KeptKeys:
    """Both keys by name; they outlive a secret that cannot be read or holds no usable key."""

    def __init__(self, secret_arn: str, get_secret: GetSecret, clock: Callable[[], float]) -> None:
        self._secret_arn = secret_arn
        self._get_secret = get_secret
        self._clock = clock
        self._lock = Lock()
        self._held: Mapping[str, Secret] = {}
        self._due = self._refresh_due = clock()

    def read(self, name: str) -> Secret:
        """The key held, from the secret where it is too old. Raises ProviderKeyError."""
        if not self._is_fresh(name):
            with self._lock:  # another thread may just have read it
                if not self._is_fresh(name):
                    self._read(name)
        return self._held[name]

    def instead_of(self, refused: Secret, name: str, seconds: float) -> Secret | None:
        """Another key than the refused one, None where there is none within `seconds`."""
        if self._is_held(refused, name):
            reading = Thread(target=self._refresh, name="key", daemon=True)
            reading.start()
            reading.join(max(0.0, seconds))
        return None if self._is_held(refused, name) else self._held[name]

    def _is_fresh(self, name: str) -> bool:
        return name in self._held and self._clock() < self._due

    def _is_held(self, key: Secret, name: str) -> bool:
        return self._held[name].reveal() == key.reveal()

    def _read(self, name: str) -> None:
        try:
            self._fetch()
        except UnreadableSecretError as error:
            if name not in self._held:
                raise ProviderKeyError(str(error)) from None
        if name not in self._held:
            raise ProviderKeyError(f"the secret holds no usable {name}")

    def _refresh(self) -> None:
        """On a thread of its own, so nothing may leave it: the refusal stands then."""
        with self._lock:
            if self._clock() < self._refresh_due:
                return
            self._refresh_due = self._clock() + REFRESH_SECONDS
            with suppress(Exception):
                self._fetch()

    def _fetch(self) -> None:
        self._due = self._clock() + REFRESH_SECONDS  # stands where reading fails
        document = read_document(self._get_secret, self._secret_arn)
        found = _usable(document) if isinstance(document, dict) else {}
        if found:
            self._held = {**self._held, **found}
            self._due = self._clock() + MAX_AGE_SECONDS


@cache
def deployed_secrets() -> SecretsProvider:
    """One client for all secrets of an instance: making one takes 60 ms of a cold start."""
    return secrets_provider(read_timeout=_READ_TIMEOUT_SECONDS)


def secrets_manager(provider: SecretsProvider) -> GetSecret:
    """Read through Powertools, past its cache; region and endpoint as botocore finds them."""
    return lambda secret_arn: provider.get(secret_arn, force_fetch=True)


def secret_version(secret_arn: str, provider: SecretsProvider) -> ReadVersion:
    """Read one version of a secret, uncached."""

    def read(stage: str) -> str | None:
        try:
            text = provider.get(secret_arn, force_fetch=True, VersionStage=stage)
        except GetParameterError as error:
            if stage == "AWSPREVIOUS" and failure_of(error) == "ResourceNotFoundException":
                return None
            raise CursorKeyError(f"the secret cannot be read: {failure_of(error)}") from None
        return text if isinstance(text, str) else None

    return read


def _usable(document: Mapping[object, object]) -> dict[str, Secret]:
    texts = {name: document.get(name) for name in _NAMES}
    keys = {name: text.strip() for name, text in texts.items() if isinstance(text, str)}
    return {name: Secret(key) for name, key in keys.items() if _fits_a_header(key)}


def _fits_a_header(key: str) -> bool:
    return bool(key) and key.isascii() and key.isprintable() and " " not in key
