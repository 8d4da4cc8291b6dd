"""What the routes over the providers need of their environment."""

import pytest

from nft.settings import GallerySettings, ProviderSettings
from runtime.settings import InvalidSettingError, MissingSettingError, SettingError

ENVIRONMENT = {
    "CURSOR_KEY_SECRET_ARN": "arn:secret",
    "POWERTOOLS_METRICS_NAMESPACE": "NFTGallery/gallery",
    "ALCHEMY_RPS": "5",
    "MORALIS_RPS": "10",
}


def test_reads_the_settings_and_hedges_only_when_asked() -> None:
    settings = GallerySettings.from_environment(ENVIRONMENT)
    assert settings.hedge_after_seconds is None
    hedged = GallerySettings.from_environment({**ENVIRONMENT, "HEDGE_AFTER_SECONDS": "0.8"})
    assert hedged.hedge_after_seconds == 0.8


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("CURSOR_KEY_SECRET_ARN", "", "CURSOR_KEY_SECRET_ARN is not set"),
        ("POWERTOOLS_METRICS_NAMESPACE", "", "POWERTOOLS_METRICS_NAMESPACE is not set"),
        ("ALCHEMY_RPS", "", "ALCHEMY_RPS is not set"),
        ("MORALIS_RPS", "many", "must be a number of requests a second"),
        ("MORALIS_RPS", "nan", "must be from 1 to 1000000"),
        ("HEDGE_AFTER_SECONDS", "soon", "must be a number of seconds"),
        ("HEDGE_AFTER_SECONDS", "nan", "must be from 0.1 to 10"),
    ],
)
def test_does_not_start_half_configured(name: str, value: str, error: str) -> None:
    with pytest.raises(SettingError, match=error):
        GallerySettings.from_environment({**ENVIRONMENT, name: value})


PROVIDERS = {
    "ALCHEMY_NETWORKS_URL": "https://{network}.g.alchemy.com/nft/v3/",
    "MORALIS_URL": "https://deep-index.moralis.io/api/v2.2",
    "PROVIDER_KEYS_SECRET_ARN": "arn:aws:secretsmanager:us-east-1:123456789012:secret:keys",
}


def test_reads_where_the_providers_are() -> None:
    assert ProviderSettings.from_environment(PROVIDERS) == ProviderSettings(
        alchemy_networks_url="https://{network}.g.alchemy.com/nft/v3",
        moralis_url="https://deep-index.moralis.io/api/v2.2",
        provider_keys_secret_arn=PROVIDERS["PROVIDER_KEYS_SECRET_ARN"],
    )


@pytest.mark.parametrize("name", PROVIDERS)
@pytest.mark.parametrize("absent", [None, "", "  "])
def test_names_the_variable_that_is_missing(name: str, absent: str | None) -> None:
    environment = {**PROVIDERS, name: absent or ""}
    if absent is None:
        del environment[name]
    with pytest.raises(MissingSettingError, match=f"^{name} ") as failed:
        ProviderSettings.from_environment(environment)
    assert failed.value.name == name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALCHEMY_NETWORKS_URL", "https://a.example/nft/v3"),
        ("ALCHEMY_NETWORKS_URL", "http://{network}.example/v3"),
        ("ALCHEMY_NETWORKS_URL", "https://user:password@{network}.example/nft/v3"),
        ("ALCHEMY_NETWORKS_URL", "https://{network}.example/nft/v3?key=1"),
        ("MORALIS_URL", "https://"),
        ("MORALIS_URL", "https://[::"),
        ("MORALIS_URL", "http://localhost.evil.example/api"),
        ("MORALIS_URL", "file:///etc/passwd"),
    ],
)
def test_refuses_a_url_that_is_no_place_for_a_key(name: str, value: str) -> None:
    with pytest.raises(InvalidSettingError, match=f"^{name} ") as failed:
        ProviderSettings.from_environment({**PROVIDERS, name: value})
    assert "password" not in str(failed.value)


@pytest.mark.parametrize("host", ["localhost:3001", "127.0.0.1:3001"])
def test_takes_plain_http_on_this_machine(host: str) -> None:
    url = f"http://{host}/stand-ins/moralis/api/v2.2"
    assert ProviderSettings.from_environment({**PROVIDERS, "MORALIS_URL": url}).moralis_url == url
