import json
from typing import Any

import pytest
from httpx import Client

from stand_ins.holdings import WALLET_WITH_3, WALLET_WITH_250, WALLET_WITH_NONE

FULL = {"normalizeMetadata": "true", "media_items": "true", "format": "decimal", "chain": "0x1"}


def owned(moralis: Client, owner: str, **query: str) -> dict[str, Any]:
    answer = moralis.get(f"{owner}/nft", params={**FULL, **query})
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


def walk(moralis: Client, owner: str) -> list[dict[str, Any]]:
    pages = [owned(moralis, owner, limit="100")]
    while (cursor := pages[-1]["cursor"]) is not None:
        pages.append(owned(moralis, owner, cursor=cursor))
    return pages


@pytest.mark.parametrize(
    ("owner", "sizes"),
    [
        (WALLET_WITH_NONE, [0]),
        (WALLET_WITH_3, [3]),
        (WALLET_WITH_250, [100, 100, 50]),
        ("0x" + "AB" * 20, [3]),
    ],
)
def test_walks_all_pages_of_a_wallet(moralis: Client, owner: str, sizes: list[int]) -> None:
    pages = walk(moralis, owner)
    assert [len(page["result"]) for page in pages] == sizes
    assert [page["page"] for page in pages] == list(range(1, len(sizes) + 1))
    assert {page["page_size"] for page in pages} == {100}
    assert {page["status"] for page in pages} == {"SYNCED"}
    assert {item["owner_of"] for page in pages for item in page["result"]} <= {owner.lower()}


@pytest.mark.parametrize("owner", [WALLET_WITH_3, WALLET_WITH_250, "0x" + "cd" * 20])
def test_tells_the_same_tokens_as_alchemy(moralis: Client, alchemy: Client, owner: str) -> None:
    told = owned(moralis, owner)["result"]
    page = alchemy.get("getNFTsForOwner", params={"owner": owner}).json()
    assert [(item["token_address"], item["token_id"], item["amount"]) for item in told] == [
        (nft["contract"]["address"].lower(), nft["tokenId"], nft["balance"])
        for nft in page["ownedNfts"]
    ]
    assert [item["normalized_metadata"]["name"] for item in told] == [
        nft["name"] for nft in page["ownedNfts"]
    ]


def test_writes_metadata_as_a_string_or_null(moralis: Client) -> None:
    items = owned(moralis, WALLET_WITH_250)["result"]
    assert any(item["metadata"] is None for item in items)
    for item in items:
        if item["metadata"] is not None:
            assert json.loads(item["metadata"])["name"] == item["normalized_metadata"]["name"]


def test_shows_pictures_of_this_origin_and_says_why_there_is_none(moralis: Client) -> None:
    media = [item["media"] for item in owned(moralis, WALLET_WITH_250)["result"]]
    previews = [one["media_collection"]["high"]["url"] for one in media]
    assert all(url is None or url.startswith("data:image/svg+xml;") for url in previews)
    assert {one["status"] for one in media} == {"success", "invalid_url", "host_unavailable"}
    assert any(one["category"] == "video" for one in media)


def test_leaves_out_what_was_not_asked_for(moralis: Client) -> None:
    item = moralis.get(f"{WALLET_WITH_3}/nft").json()["result"][0]
    assert "media" not in item
    assert "normalized_metadata" not in item
    with_hex = owned(moralis, WALLET_WITH_3, format="hex")["result"][0]
    assert with_hex["token_id"] == hex(8520)


def test_leaves_out_spam_when_asked_to(moralis: Client) -> None:
    assert any(item["possible_spam"] for item in owned(moralis, WALLET_WITH_250)["result"])
    clean = owned(moralis, WALLET_WITH_250, exclude_spam="true")["result"]
    assert not any(item["possible_spam"] for item in clean)


@pytest.mark.parametrize("chain", ["polygon", "0x89", "base sepolia"])
def test_knows_other_chains_and_holds_nothing_there(moralis: Client, chain: str) -> None:
    assert owned(moralis, WALLET_WITH_250, chain=chain)["result"] == []


@pytest.mark.parametrize("key", [None, "", "wrong"])
def test_refuses_a_missing_or_wrong_key(moralis: Client, key: str | None) -> None:
    del moralis.headers["X-API-Key"]
    headers = {} if key is None else {"X-API-Key": key}
    answer = moralis.get(f"{WALLET_WITH_3}/nft", headers=headers)
    assert answer.status_code == 401
    assert answer.json() == {"message": "Token is invalid format"}


@pytest.mark.parametrize(
    ("owner", "query", "message"),
    [
        ("0x12", {}, "address is not a valid hex address"),
        ("vitalik.eth", {}, "address is not a valid hex address"),
        (WALLET_WITH_3, {"chain": "gnosis"}, ["chain must be a valid enum value"]),
        (WALLET_WITH_3, {"limit": "0"}, "limit must not be less than 1"),
        (WALLET_WITH_3, {"limit": "101"}, "limit must not be greater than 100"),
        (WALLET_WITH_3, {"limit": "x"}, ["limit must be an integer number"]),
        (WALLET_WITH_3, {"cursor": "made-up"}, "cursor is not valid"),
    ],
)
def test_refuses_a_parameter_that_means_nothing(
    moralis: Client, owner: str, query: dict[str, str], message: object
) -> None:
    answer = moralis.get(f"{owner}/nft", params={**FULL, **query})
    assert (answer.status_code, answer.json()) == (400, {"message": message})


def test_ties_a_cursor_to_its_wallet_and_chain(moralis: Client) -> None:
    cursor = owned(moralis, WALLET_WITH_250)["cursor"]
    assert cursor.count(".") == 2
    for owner, chain in [(WALLET_WITH_3, "0x1"), (WALLET_WITH_250, "0x89")]:
        query = {**FULL, "chain": chain, "cursor": cursor}
        assert moralis.get(f"{owner}/nft", params=query).status_code == 400
    changed = cursor[:-3] + ("AAA" if not cursor.endswith("AAA") else "BBB")
    query = {**FULL, "cursor": changed}
    assert moralis.get(f"{WALLET_WITH_250}/nft", params=query).status_code == 400
