"""RPC_URLS as the template writes it."""

import pytest

from nodes.urls import RpcUrl, rpc_urls_from_environment
from runtime.settings import SettingError

ALCHEMY = RpcUrl("https", "eth-mainnet.g.alchemy.com", None, "/v2")


@pytest.mark.parametrize("environment", [{}, {"RPC_URLS": ""}, {"RPC_URLS": " , "}])
def test_nothing_means_off(environment: dict[str, str]) -> None:
    assert rpc_urls_from_environment(environment) == {}


def test_reads_endpoints_by_chain_in_order_of_failover() -> None:
    text = (
        "1=https://eth-mainnet.g.alchemy.com/v2, 8453=https://node.example:8443,"
        "1=https://mainnet.infura.io/v3/abc-_~.9,31337=http://127.0.0.1:8545/"
    )
    assert rpc_urls_from_environment({"RPC_URLS": text}) == {
        1: (ALCHEMY, RpcUrl("https", "mainnet.infura.io", None, "/v3/abc-_~.9")),
        8453: (RpcUrl("https", "node.example", 8443, ""),),
        31337: (RpcUrl("http", "127.0.0.1", 8545, "/"),),
    }


MALFORMED = [
    "https://node.example",
    "1",
    "1=",
    "0=https://node.example",
    "01=https://node.example",
    "-1=https://node.example",
    "0x1=https://node.example",
    "1=ftp://node.example",
    "1=http://node.example",
    "1=http://127.0.0.1.evil.example",
    "1=http://localhost.evil.example",
    "1=https://user:canary@node.example",
    "1=https://node.example/?key=canary",
    "1=https://node.example/#canary",
    "1=https://node.example/a b",
    "1=https://NODE.example",
    "1=https://node.example:0",
    "1=https://node.example:65536",
    "1=https://",
    "1=https://node.example,canary",
    "1=https://node.example\r\nX: canary",
    "٣=https://node.example",
]


@pytest.mark.parametrize("text", MALFORMED)
def test_refuses_what_is_no_endpoint_without_quoting_it(text: str) -> None:
    with pytest.raises(SettingError, match="RPC_URLS") as refusal:
        rpc_urls_from_environment({"RPC_URLS": text})
    assert "canary" not in str(refusal.value)
    assert "example" not in str(refusal.value)
