import pickle

import pytest

from nft.settings import ApiSettings
from runtime.settings import InvalidSettingError, MissingSettingError, Secret

ENVIRONMENT = {
    "ALLOWED_ORIGINS": "https://gallery.example, http://localhost:3000",
    "PROVIDER_KEYS_SECRET_ARN": "arn:aws:secretsmanager:us-east-1:123456789012:secret:keys",
    "ALCHEMY_NFT_URL": "https://eth-mainnet.g.alchemy.com/nft/v3/",
    "MORALIS_URL": "https://deep-index.moralis.io/api/v2.2",
    "UPSTREAM_TIMEOUT_SECONDS": "6.5",
}


def test_reads_every_setting() -> None:
    assert ApiSettings.from_environment(ENVIRONMENT) == ApiSettings(
        allowed_origins=("https://gallery.example", "http://localhost:3000"),
        provider_keys_secret_arn=ENVIRONMENT["PROVIDER_KEYS_SECRET_ARN"],
        alchemy_nft_url="https://eth-mainnet.g.alchemy.com/nft/v3",
        moralis_url="https://deep-index.moralis.io/api/v2.2",
        upstream_timeout_seconds=6.5,
    )


@pytest.mark.parametrize(
    "name", ["ALLOWED_ORIGINS", "PROVIDER_KEYS_SECRET_ARN", "ALCHEMY_NFT_URL", "MORALIS_URL"]
)
@pytest.mark.parametrize("absent", [None, "", "  "])
def test_names_the_variable_that_is_missing(name: str, absent: str | None) -> None:
    environment = {**ENVIRONMENT, name: absent or ""}
    if absent is None:
        del environment[name]
    with pytest.raises(MissingSettingError, match=f"^{name} ") as failed:
        ApiSettings.from_environment(environment)
    assert failed.value.name == name


@pytest.mark.parametrize("unset", ["", None])
def test_gives_a_provider_eight_seconds_unless_told_otherwise(unset: str | None) -> None:
    environment = {**ENVIRONMENT, "UPSTREAM_TIMEOUT_SECONDS": unset or ""}
    if unset is None:
        del environment["UPSTREAM_TIMEOUT_SECONDS"]
    assert ApiSettings.from_environment(environment).upstream_timeout_seconds == 8.0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALLOWED_ORIGINS", "*"),
        ("ALLOWED_ORIGINS", ","),
        ("ALLOWED_ORIGINS", "https://a.example/,https://b.example"),
        ("ALLOWED_ORIGINS", "null"),
        ("ALCHEMY_NFT_URL", "http://eth-mainnet.g.alchemy.com/nft/v3"),
        ("ALCHEMY_NFT_URL", "https://user:password@a.example/nft/v3"),
        ("ALCHEMY_NFT_URL", "https://a.example/nft/v3?key=1"),
        ("ALCHEMY_NFT_URL", "https://"),
        ("ALCHEMY_NFT_URL", "https://[::"),
        ("MORALIS_URL", "http://localhost.evil.example/api"),
        ("MORALIS_URL", "file:///etc/passwd"),
        ("UPSTREAM_TIMEOUT_SECONDS", "soon"),
        ("UPSTREAM_TIMEOUT_SECONDS", "0"),
        ("UPSTREAM_TIMEOUT_SECONDS", "-1"),
        ("UPSTREAM_TIMEOUT_SECONDS", "nan"),
        ("UPSTREAM_TIMEOUT_SECONDS", "inf"),
        ("UPSTREAM_TIMEOUT_SECONDS", "26"),
    ],
)
def test_refuses_a_setting_that_means_nothing(name: str, value: str) -> None:
    with pytest.raises(InvalidSettingError, match=f"^{name} ") as failed:
        ApiSettings.from_environment({**ENVIRONMENT, name: value})
    assert "password" not in str(failed.value)


@pytest.mark.parametrize("host", ["localhost:3001", "127.0.0.1:3001"])
def test_takes_plain_http_on_this_machine(host: str) -> None:
    url = f"http://{host}/stand-ins/moralis/api/v2.2"
    assert ApiSettings.from_environment({**ENVIRONMENT, "MORALIS_URL": url}).moralis_url == url


def test_a_secret_prints_as_stars_wherever_it_is_printed() -> None:
    secret = Secret("canary-key")
    shown = f"{secret} {secret!r} {[secret]} {secret!s:>20} {{'k': {secret}}}"
    assert "canary" not in shown
    assert secret.reveal() == "canary-key"
    with pytest.raises(TypeError):
        pickle.dumps(secret)
