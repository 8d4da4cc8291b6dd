"""Ports, folders and parameters of this machine; stand-ins where no real key is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.configuration import read_configuration, stack_parameters
from local.errors import ConfigurationError


def parameters_for(tmp_path: Path, text: str) -> dict[str, str]:
    file = tmp_path / "mine.parameters"
    file.write_text(text)
    return stack_parameters(read_configuration({"PARAMETERS": str(file), "API_PORT": "4001"}))


def test_without_keys_both_providers_are_stood_in_for(tmp_path: Path) -> None:
    given = parameters_for(tmp_path, "")
    assert given["AlchemyNetworksUrl"] == (
        "http://127.0.0.1:4001/stand-ins/alchemy/{network}/nft/v3"
    )
    assert given["MoralisUrl"] == "http://127.0.0.1:4001/stand-ins/moralis/api/v2.2"


def test_the_examples_keys_count_as_none(tmp_path: Path) -> None:
    given = parameters_for(tmp_path, "AlchemyApiKey=your-alchemy-api-key\n")
    assert given["AlchemyApiKey"] == "stand-in-alchemy-key"


def test_a_real_key_reaches_its_provider_and_only_that_one(tmp_path: Path) -> None:
    given = parameters_for(tmp_path, "MoralisApiKey=a-real-one\n")
    assert given["MoralisApiKey"] == "a-real-one"
    assert "MoralisUrl" not in given
    assert "AlchemyNetworksUrl" in given


def test_sign_in_is_for_the_local_site_only(tmp_path: Path) -> None:
    given = parameters_for(tmp_path, "AllowedOrigins=https://gallery.example\n")
    assert given["AllowedOrigins"] == "http://localhost:3000,http://127.0.0.1:3000"


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"PORT": "0"}, "PORT"),
        ({"API_PORT": "x"}, "API_PORT"),
        ({"PORT": "3001"}, "differ"),
        ({"PARAMETERS": "nowhere.parameters"}, "nowhere"),
    ],
)
def test_an_unusable_setting_is_named(environment: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigurationError, match=named):
        read_configuration(environment)
