"""Token URIs read from real contracts, on two EVMs."""

from __future__ import annotations

import time

import pytest
from eth_abi.abi import encode

from ethereum.address import Address
from fetch.content import ContentLoader
from fetch.content_type import Kind
from fetch.request import Fetched, FetchRequest
from metadata.errors import TokenNotFoundError
from metadata.token_contract import ReadContract, read_token_uri
from metadata.token_metadata import load_image, load_metadata
from nodes.failover import Nodes
from runtime.deadline import Deadline
from tests.evm.chain import deploy
from tests.evm.world import World
from tests.fixtures.deadlines import within_seconds


def reading(world: World) -> ReadContract:
    sends = [lambda batch, deadline: world.chain.send(batch)]
    nodes = Nodes(sends, chain_id=world.chain.chain_id)
    return lambda to, data: nodes.read(to, data, Deadline.after(10.0, time.monotonic))


def token(world: World, uri: str, *, is_erc1155: bool) -> Address:
    code = bytes.fromhex(world.contracts["TestToken"])
    return deploy(world.chain, code + encode(["string", "bool"], [uri, is_erc1155]))


def test_both_standards_are_read(world: World) -> None:
    erc721 = token(world, "ipfs://a/{id}", is_erc1155=False)
    assert read_token_uri(erc721, 7, read=reading(world)) == "ipfs://a/{id}"
    erc1155 = token(world, "ipfs://a/{id}", is_erc1155=True)
    assert read_token_uri(erc1155, 2**256 - 1, read=reading(world)) == f"ipfs://a/{'f' * 64}"


def test_a_token_or_contract_that_is_not_there_has_no_uri(world: World) -> None:
    erc721 = token(world, "ipfs://a/", is_erc1155=False)
    for contract, token_id in [(erc721, 8), (Address("0x" + "de" * 20), 7)]:
        with pytest.raises(TokenNotFoundError):
            read_token_uri(contract, token_id, read=reading(world))


def test_metadata_and_image_in_a_contract_are_read_without_a_fetch(world: World) -> None:
    def fetch(request: FetchRequest, deadline: Deadline) -> Fetched:
        raise AssertionError("nothing is fetched")

    document = '{"name":"on chain","image":"<svg>' + "x" * 2000 + '</svg>"}'
    contract = token(world, f"data:application/json;utf8,{document}", is_erc1155=False)
    loader, deadline = ContentLoader(fetch), within_seconds(10)
    metadata = load_metadata(contract, 7, read=reading(world), loader=loader, deadline=deadline)
    assert metadata.document.name == "on chain"
    image = load_image(metadata, loader=loader, deadline=deadline, max_bytes=4000)
    assert image.kind is Kind.SVG
