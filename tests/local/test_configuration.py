"""Ports, folders and parameters of this machine; stand-ins where no real key is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.configuration import read_configuration, stack_parameters
from local.errors import ConfigurationError
from tests.contract.conftest import deployed_with


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


def test_without_a_key_and_rpc_urls_a_node_is_stood_in_for(tmp_path: Path) -> None:
    stand_in = "1=http://127.0.0.1:4001/stand-ins/node/1"
    assert parameters_for(tmp_path, "")["RpcUrls"] == stand_in


@pytest.mark.parametrize("key", ["AlchemyApiKey", "MoralisApiKey"])
def test_no_node_is_stood_in_for_beside_a_real_providers_tokens(tmp_path: Path, key: str) -> None:
    assert "RpcUrls" not in parameters_for(tmp_path, f"{key}=a-real-one\n")


@pytest.mark.parametrize("given", ["1=https://node.example/key", "137=https://node.example", ""])
def test_rpc_urls_of_the_parameters_are_the_only_ones_and_none_is_a_choice(
    tmp_path: Path, given: str
) -> None:
    parameters = parameters_for(tmp_path, f"RpcUrls={given}\n")
    assert parameters["RpcUrls"] == given
    deployed_with(**parameters)


OWN = "http://localhost:3000,http://127.0.0.1:3000"


@pytest.mark.parametrize(
    ("listed", "open_to"),
    [
        ("", OWN),
        ("http://localhost:5173", f"http://localhost:5173,{OWN}"),
        (f"{OWN},http://localhost:5173", f"{OWN},http://localhost:5173"),
        (
            "http://localhost:3000,http://localhost:5173",
            "http://localhost:3000,http://localhost:5173,http://127.0.0.1:3000",
        ),
        ("https://gallery.example", f"https://gallery.example,{OWN}"),
    ],
)
def test_the_pages_of_the_parameters_are_served_beside_the_local_one(
    tmp_path: Path, listed: str, open_to: str
) -> None:
    assert parameters_for(tmp_path, f"AllowedOrigins={listed}\n")["AllowedOrigins"] == open_to


def test_a_page_on_the_default_port_is_named_as_a_browser_names_it() -> None:
    origins = read_configuration({"PORT": "80"}).site_origins
    assert origins == ("http://localhost", "http://127.0.0.1")


def test_the_dapp_under_npm_run_dev_is_a_page_of_a_stack_on_any_port() -> None:
    configuration = read_configuration({"PORT": "3100", "API_PORT": "3101"})
    assert configuration.page_origins == (
        "http://localhost:3100",
        "http://127.0.0.1:3100",
        "http://localhost:3000",
    )


@pytest.mark.parametrize(
    "listed",
    [
        *("http://localhost:5173/", "localhost:5173", "*", "http://gallery.example"),
        *("HTTP://LOCALHOST:5173", "http://localhost:5173;http://localhost:5174"),
        *("http://localhost:80", "https://gallery.example:443", "http://localhost:65536"),
        *(",", "http://localhost:5173,", "http://localhost:5173,,http://localhost:5174"),
    ],
)
def test_a_list_of_pages_that_cannot_be_served_is_refused_by_name(
    tmp_path: Path, listed: str
) -> None:
    with pytest.raises(ConfigurationError, match="AllowedOrigins"):
        deployed_with(**parameters_for(tmp_path, f"AllowedOrigins={listed}\n"))


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
