import json
from typing import Any

import pytest
from eth_utils.address import is_checksum_address
from httpx import Client

from stand_ins.app import StandIns
from stand_ins.catalogue import COLLECTIONS
from stand_ins.holdings import WALLET_WITH_3, WALLET_WITH_250, WALLET_WITH_NONE

APES = "0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D"
NFT_FIELDS = {
    "contract", "tokenId", "tokenType", "name", "description", "tokenUri", "image", "animation",
    "raw", "collection", "mint", "owners", "timeLastUpdated",
}  # fmt: skip
CONTRACT_FIELDS = {
    "address", "name", "symbol", "totalSupply", "tokenType", "contractDeployer",
    "deployedBlockNumber", "openSeaMetadata", "isSpam", "spamClassifications",
}  # fmt: skip


def owned(alchemy: Client, owner: str, **query: str) -> dict[str, Any]:
    answer = alchemy.get("getNFTsForOwner", params={"owner": owner, **query})
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


def of_contract(alchemy: Client, address: str, **query: str) -> dict[str, Any]:
    answer = alchemy.get("getNFTsForContract", params={"contractAddress": address, **query})
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


def walk(alchemy: Client, owner: str) -> list[dict[str, Any]]:
    pages = [owned(alchemy, owner)]
    while (page_key := pages[-1]["pageKey"]) is not None:
        pages.append(owned(alchemy, owner, pageKey=page_key))
    return pages


@pytest.mark.parametrize(
    ("owner", "sizes"),
    [
        (WALLET_WITH_NONE, [0]),
        (WALLET_WITH_3, [3]),
        (WALLET_WITH_3.upper().replace("0X", "0x"), [3]),
        (WALLET_WITH_250, [100, 100, 50]),
        ("0x" + "ab" * 20, [3]),
    ],
)
def test_walks_all_pages_of_a_wallet(alchemy: Client, owner: str, sizes: list[int]) -> None:
    pages = walk(alchemy, owner)
    assert [len(page["ownedNfts"]) for page in pages] == sizes
    assert {page["totalCount"] for page in pages} == {sum(sizes)}
    ids = [(nft["contract"]["address"], nft["tokenId"]) for p in pages for nft in p["ownedNfts"]]
    assert len(set(ids)) == sum(sizes)


def test_tells_every_field_of_a_token(alchemy: Client) -> None:
    for nft in owned(alchemy, WALLET_WITH_250)["ownedNfts"]:
        assert set(nft) == NFT_FIELDS | {"balance", "acquiredAt"}
        assert set(nft["contract"]) == CONTRACT_FIELDS
        assert is_checksum_address(nft["contract"]["address"])
        assert nft["tokenId"].isdecimal()
        assert nft["balance"].isdecimal()
        assert set(nft["raw"]) == {"tokenUri", "metadata", "error"}


def test_loads_no_picture_from_another_origin(alchemy: Client) -> None:
    for page in walk(alchemy, WALLET_WITH_250):
        for nft in page["ownedNfts"]:
            shown = [nft["image"][name] for name in ("cachedUrl", "thumbnailUrl", "originalUrl")]
            assert all(url is None or url.startswith("data:image/svg+xml;") for url in shown)


def test_keeps_a_page_of_a_hundred_small_enough_for_lambda(alchemy: Client) -> None:
    assert len(json.dumps(owned(alchemy, WALLET_WITH_250))) < 2_000_000


def test_has_every_awkward_token_on_the_first_page(alchemy: Client) -> None:
    nfts = owned(alchemy, WALLET_WITH_250)["ownedNfts"]
    assert any(n["name"] is None and n["image"]["cachedUrl"] is None for n in nfts)
    assert any((n["raw"]["tokenUri"] or "").startswith("data:application/json;") for n in nfts)
    assert any(n["tokenId"] == str(2**256 - 1) for n in nfts)
    assert any(n["tokenType"] == "ERC1155" and n["balance"] == "15" for n in nfts)
    assert any(n["animation"]["contentType"] == "video/mp4" for n in nfts)
    assert any(n["contract"]["isSpam"] and "claim" in n["name"] for n in nfts)
    assert any(n["raw"]["error"] == "Malformed token uri, do not retry" for n in nfts)
    assert any("\u202e" in (n["name"] or "") for n in nfts)
    assert any("<img" in (n["name"] or "") for n in nfts)


def test_leaves_metadata_out_when_asked_to(alchemy: Client) -> None:
    nft = owned(alchemy, WALLET_WITH_3, withMetadata="false")["ownedNfts"][0]
    assert nft == {"contractAddress": APES, "tokenId": "8520", "balance": "1"}


def test_takes_a_smaller_page(alchemy: Client) -> None:
    page = owned(alchemy, WALLET_WITH_3, pageSize="2")
    assert len(page["ownedNfts"]) == 2
    rest = owned(alchemy, WALLET_WITH_3, pageSize="2", pageKey=page["pageKey"])
    assert (len(rest["ownedNfts"]), rest["pageKey"]) == (1, None)


@pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda one: one.symbol)
def test_pages_through_a_contract_by_start_token(alchemy: Client, collection: Any) -> None:
    assert is_checksum_address(collection.address)
    first = of_contract(alchemy, collection.address.lower())
    assert len(first["nfts"]) == 100
    assert set(first["nfts"][0]) == NFT_FIELDS
    assert first["nfts"][0]["tokenId"] == str(collection.first_token_id)
    assert first["pageKey"] == f"0x{collection.first_token_id + 100:064x}"
    second = of_contract(alchemy, collection.address, startToken=first["pageKey"])
    assert second["nfts"][0]["tokenId"] == str(collection.first_token_id + 100)


def test_ends_a_contract_without_a_page_key(alchemy: Client) -> None:
    last = of_contract(alchemy, APES, startToken="9990")
    assert len(last["nfts"]) == 10
    assert "pageKey" not in last
    assert of_contract(alchemy, APES, startToken="10000") == {"nfts": []}


def test_knows_nothing_of_an_unknown_contract(alchemy: Client) -> None:
    assert of_contract(alchemy, "0x" + "12" * 20) == {"nfts": []}


@pytest.mark.parametrize("authorization", [None, "", "Bearer ", "Bearer wrong", "alchemy-key"])
@pytest.mark.parametrize("method", ["getNFTsForOwner", "getNFTsForContract"])
def test_refuses_a_missing_or_wrong_key(
    alchemy: Client, method: str, authorization: str | None
) -> None:
    del alchemy.headers["Authorization"]
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = alchemy.get(method, params={"owner": WALLET_WITH_3}, headers=headers)
    assert answer.status_code == 401
    assert answer.json() == {"error": {"message": "Must be authenticated!"}}


@pytest.mark.parametrize(
    ("method", "query"),
    [
        ("getNFTsForOwner", {}),
        ("getNFTsForOwner", {"owner": "vitalik.eth"}),
        ("getNFTsForOwner", {"owner": WALLET_WITH_3 + "0"}),
        ("getNFTsForOwner", {"owner": WALLET_WITH_3, "pageSize": "101"}),
        ("getNFTsForOwner", {"owner": WALLET_WITH_3, "pageSize": "0"}),
        ("getNFTsForOwner", {"owner": WALLET_WITH_3, "pageKey": "made-up"}),
        ("getNFTsForContract", {"contractAddress": "0x"}),
        ("getNFTsForContract", {"contractAddress": APES, "limit": "101"}),
        ("getNFTsForContract", {"contractAddress": APES, "startToken": "0xzz"}),
        ("getNFTsForContract", {"contractAddress": APES, "startToken": "-1"}),
    ],
)
def test_refuses_a_parameter_that_means_nothing(
    alchemy: Client, method: str, query: dict[str, str]
) -> None:
    answer = alchemy.get(method, params=query)
    assert answer.status_code == 400
    assert list(answer.json()) == ["error"]


def test_refuses_a_page_key_of_another_wallet(alchemy: Client) -> None:
    page_key = owned(alchemy, WALLET_WITH_250)["pageKey"]
    query = {"owner": WALLET_WITH_3, "pageKey": page_key}
    assert alchemy.get("getNFTsForOwner", params=query).status_code == 400


def test_a_key_that_was_changed_is_the_only_one_from_then_on(
    alchemy: Client, stand_ins: StandIns
) -> None:
    query = {"owner": WALLET_WITH_3}
    assert alchemy.get("/getNFTsForOwner", params=query).status_code == 200
    stand_ins.accepted["alchemy"] = "another-key"
    assert alchemy.get("/getNFTsForOwner", params=query).status_code == 401
    headers = {"Authorization": "Bearer another-key"}
    assert alchemy.get("/getNFTsForOwner", params=query, headers=headers).status_code == 200


def test_remembers_what_it_was_asked(alchemy: Client, stand_ins: StandIns) -> None:
    alchemy.get("getNFTsForOwner", params={"owner": "x"}, headers={"X-Mine": "1"})
    (seen,) = stand_ins.requests.all()
    assert (seen.method, seen.path) == ("GET", "/alchemy/nft/v3/getNFTsForOwner")
    assert seen.query == (("owner", "x"),)
    assert ("x-mine", "1") in seen.headers
    stand_ins.requests.clear()
    assert stand_ins.requests.all() == []


def test_remembers_only_the_newest_thousand(alchemy: Client, stand_ins: StandIns) -> None:
    for number in range(1005):
        alchemy.get("none", params={"n": str(number)})
    seen = stand_ins.requests.all()
    assert (len(seen), seen[-1].query) == (1000, (("n", "1004"),))
