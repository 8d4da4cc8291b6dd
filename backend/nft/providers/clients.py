"""The clients of both providers as deployed: keys of one secret, one HTTP session."""

import time
from collections.abc import Mapping
from typing import NamedTuple, Self

from nft.providers.alchemy import AlchemyClient
from nft.providers.client import ProviderKeys
from nft.providers.http import HttpTransport, build_session
from nft.providers.moralis import MoralisClient
from nft.settings import ProviderSettings
from runtime.secrets_manager import SecretsManager

SECRET_READ_SECONDS = 2.0
"""Two tries of at most 3 s leave the provider its share of the function's time."""


class ProviderClients(NamedTuple):
    alchemy: AlchemyClient
    moralis: MoralisClient

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Raises SettingError rather than start half-configured."""
        settings = ProviderSettings.from_environment(environment)
        get_secret = SecretsManager(environment, read_seconds=SECRET_READ_SECONDS)
        keys = ProviderKeys(settings.provider_keys_secret_arn, get_secret, clock=time.monotonic)
        transport = HttpTransport(build_session())
        return cls(
            AlchemyClient(settings.alchemy_networks_url, keys.alchemy, transport),
            MoralisClient(settings.moralis_url, keys.moralis, transport),
        )
