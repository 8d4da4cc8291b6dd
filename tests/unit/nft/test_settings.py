"""What a gallery route needs of its environment."""

import pytest

from nft.settings import GallerySettings
from runtime.settings import SettingError

ENVIRONMENT = {
    "ALCHEMY_NETWORKS_URL": "https://{network}.g.alchemy.com/nft/v3/",
    "CURSOR_KEY_SECRET_ARN": "arn:secret",
    "POWERTOOLS_METRICS_NAMESPACE": "NFTGallery/gallery",
    "ALCHEMY_RPS": "5",
    "MORALIS_RPS": "10",
}


def test_reads_the_settings_and_hedges_only_when_asked() -> None:
    settings = GallerySettings.from_environment(ENVIRONMENT)
    assert settings.alchemy_networks_url == "https://{network}.g.alchemy.com/nft/v3"
    assert settings.hedge_after_seconds is None
    hedged = GallerySettings.from_environment({**ENVIRONMENT, "HEDGE_AFTER_SECONDS": "0.8"})
    assert hedged.hedge_after_seconds == 0.8


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("ALCHEMY_NETWORKS_URL", "", "ALCHEMY_NETWORKS_URL is not set"),
        ("ALCHEMY_NETWORKS_URL", "https://a.example/nft/v3", "must hold {network} once"),
        ("ALCHEMY_NETWORKS_URL", "http://{network}.example/v3", "must be an https URL"),
        ("CURSOR_KEY_SECRET_ARN", "", "CURSOR_KEY_SECRET_ARN is not set"),
        ("POWERTOOLS_METRICS_NAMESPACE", "", "POWERTOOLS_METRICS_NAMESPACE is not set"),
        ("ALCHEMY_RPS", "", "ALCHEMY_RPS is not set"),
        ("MORALIS_RPS", "many", "must be a number of requests a second"),
        ("MORALIS_RPS", "nan", "must be 1 or more"),
        ("HEDGE_AFTER_SECONDS", "soon", "must be a number of seconds"),
        ("HEDGE_AFTER_SECONDS", "nan", "must be from 0.1 to 10"),
    ],
)
def test_does_not_start_half_configured(name: str, value: str, error: str) -> None:
    with pytest.raises(SettingError, match=error):
        GallerySettings.from_environment({**ENVIRONMENT, name: value})
