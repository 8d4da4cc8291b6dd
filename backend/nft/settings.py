"""Settings of the routes over the providers."""

from collections.abc import Mapping
from typing import NamedTuple, Self

from runtime.settings import InvalidSettingError, base_url, number, optional, rate, required

NETWORK = "{network}"


class ProviderSettings(NamedTuple):
    """`alchemy_networks_url` holds `{network}`, such as https://{network}.g.alchemy.com/nft/v3.

    URLs carry no trailing slash.
    """

    alchemy_networks_url: str
    moralis_url: str
    provider_keys_secret_arn: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Raise `SettingError` rather than start with a setting missing or wrong."""
        return cls(
            alchemy_networks_url=_networks_url(environment, "ALCHEMY_NETWORKS_URL"),
            moralis_url=base_url(environment, "MORALIS_URL"),
            provider_keys_secret_arn=required(environment, "PROVIDER_KEYS_SECRET_ARN"),
        )


class GallerySettings(NamedTuple):
    """`…_rps` is how many requests a second all function instances together send a provider."""

    cursor_key_secret_arn: str
    metrics_namespace: str
    alchemy_rps: float
    moralis_rps: float
    hedge_after_seconds: float | None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Raise `SettingError` rather than start with a setting missing or wrong."""
        return cls(
            cursor_key_secret_arn=required(environment, "CURSOR_KEY_SECRET_ARN"),
            metrics_namespace=required(environment, "POWERTOOLS_METRICS_NAMESPACE"),
            alchemy_rps=rate(environment, "ALCHEMY_RPS"),
            moralis_rps=rate(environment, "MORALIS_RPS"),
            hedge_after_seconds=_hedge(environment, "HEDGE_AFTER_SECONDS"),
        )


def _networks_url(environment: Mapping[str, str], name: str) -> str:
    """Without the placeholder every chain would be answered as one."""
    template = required(environment, name)
    if template.count(NETWORK) != 1:
        raise InvalidSettingError(name, f"must hold {NETWORK} once")
    base_url({name: template.replace(NETWORK, "network")}, name)
    return template.rstrip("/")


def _hedge(environment: Mapping[str, str], name: str) -> float | None:
    text = optional(environment, name)
    return number(name, text, of="seconds", least=0.1, most=10) if text else None
