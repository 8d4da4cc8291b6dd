"""Recorded and documented answers of both providers, in the one schema, nothing lost."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nft.model import Nft, to_json
from nft.providers import alchemy_nfts, moralis_nfts

SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "providers"
NO_NFTS = (
    "errors",
    "webhook",
    "stream",
    "small_endpoints",
    "FloorPrice",
    "getOwnersForContract",
    "getContractsForOwner",
    "getContractMetadata",
    "NFTContractMetadata",
    "WalletNFTCollections",
    "index",
)

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not here")


def nft_files() -> list[str]:
    names = sorted(file.name for file in SAMPLES.glob("*.json")) if SAMPLES.is_dir() else []
    return [name for name in names if not any(word in name for word in NO_NFTS)]


def items_of(name: str) -> Iterator[dict[str, Any]]:
    sample = json.loads((SAMPLES / name).read_text())
    if isinstance(sample, list):
        yield from sample
        return
    for key in ("ownedNfts", "nfts", "result"):
        if isinstance(sample.get(key), list):
            yield from sample[key]
            return
    yield sample


def normalised(name: str, item: dict[str, Any]) -> Nft:
    if name.startswith("alchemy"):
        return alchemy_nfts.nft(item, chain_id=1, owner=None)
    return moralis_nfts.nft(item, chain_id=1, owner=None)


def leaves(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif value not in (None, "", [], {}):
        yield value


def test_there_are_samples_of_every_kind() -> None:
    assert len(nft_files()) >= 27


@pytest.mark.parametrize("name", nft_files())
def test_every_sample_keeps_what_the_schema_holds(name: str) -> None:
    for item in items_of(name):
        text = to_json(normalised(name, item))
        told = {str(leaf).lower() for leaf in leaves(json.loads(text))}
        assert {str(leaf).lower() for leaf in kept_fields(name, item)} <= told


NAMED = {
    "moralis": ("token_address", "token_id", "amount", "owner_of", "name", "symbol"),
    "alchemy": ("tokenId", "name", "description", "balance", "timeLastUpdated"),
    "contract": ("address", "name", "symbol", "totalSupply", "spamClassifications"),
    "v2": ("title", "description", "balance", "timeLastUpdated"),
}


def kept_fields(name: str, item: dict[str, Any]) -> Iterator[object]:
    """Values of a provider's item that its mapping table gives a place."""
    if name.startswith("moralis"):
        yield from named(item, "moralis")
        meta = json.loads(item.get("metadata") or "{}")
        if "normalized_metadata" not in item and isinstance(meta, dict):
            yield from leaves([meta.get(key) for key in ("name", "description", "image")])
            yield from trait_values(meta.get("attributes"))
    elif "tokenId" in item:
        yield from named(item, "alchemy")
        yield from named(item.get("contract", {}), "contract")
        yield from trait_values(item.get("raw", {}).get("metadata", {}).get("attributes"))
    else:
        yield from named(item, "v2")
        yield from trait_values(item.get("metadata", {}).get("attributes"))
        yield int(item["id"]["tokenId"], 16)


def named(fields: dict[str, Any], kind: str) -> Iterator[object]:
    yield from leaves([fields.get(name) for name in NAMED[kind]])


def trait_values(attributes: Any) -> Iterator[object]:
    for trait in attributes or []:
        yield from leaves(
            [trait.get(key) for key in ("trait_type", "value", "display_type")]
            if isinstance(trait, dict)
            else [trait]
        )


def one(name: str, place: int = 0) -> Nft:
    return normalised(name, list(items_of(name))[place])


def test_token_ids_beyond_any_number_stay_exact() -> None:
    nft = one("alchemy_v3_getNFTMetadata_ens_svg.json")
    assert nft.token_id == (
        "97933994528983981932140373425026813989633204432494122706027085917658427161521"
    )
    assert nft.balance == "1"
    assert nft.collection.verified is True
    assert nft.collection.floor_price is not None
    assert (nft.collection.floor_price.amount, nft.mint) == ("0.001", None)


def test_spam_keeps_its_reasons_and_unsaid_stays_unsaid() -> None:
    name = "alchemy_v3_getNFTsForOwner_mainnet_spam_mix.json"
    spam = [normalised(name, item).spam for item in items_of(name)]
    assert any(verdict.is_spam is True and verdict.classifications for verdict in spam)
    assert any(verdict.is_spam is None for verdict in spam)


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("alchemy_v3_getNFTsForOwner_malformed_token_uri.json", "error", "token_uri_malformed"),
        ("alchemy_v3_getMintedNfts_metadata_errors_sdk.json", "pending", "gateway_timeout"),
        ("alchemy_v2_getNFTs_spam_broken_uri.json", "error", "token_uri_broken"),
        ("moralis_getNFTOwners_autoglyphs_datatext.json", "error", "metadata_unavailable"),
    ],
)
def test_a_failure_of_metadata_is_data(name: str, status: str, code: str) -> None:
    found = {
        (nft.metadata_status, nft.metadata_error.code if nft.metadata_error else None)
        for nft in (normalised(name, item) for item in items_of(name))
    }
    assert (status, code) in found


def test_pictures_without_a_gateway_get_one_and_keep_their_origin() -> None:
    nft = one("moralis_getWalletNFTs_pudgy_normalized.json")
    assert (
        nft.token_uri == "ipfs://bafybeibc5sgo2plmjkq2tzmhrn54bk3crhnc23zd2msg4ea7a4pxrkgfna/8165"
    )
    assert nft.contract.address == "0xBd3531dA5CF5857e7CfAA92426877b022e612cf8"
    assert nft.media.image is not None
    assert nft.media.status == "ready"


def test_a_contract_keeps_its_links_and_its_price() -> None:
    body = json.loads((SAMPLES / "alchemy_v3_getContractMetadata_cryptokitties.json").read_text())
    details = alchemy_nfts.contract_details(body, chain_id=1, address=body["address"].lower())
    assert details.contract.total_supply == "2023564"
    assert details.links.twitter == "CryptoKitties"
    assert details.collection.floor_price is not None
    body = json.loads((SAMPLES / "moralis_spec_getNFTContractMetadata.json").read_text())
    other = moralis_nfts.contract_details(body, chain_id=1, address=details.contract.address)
    assert other.contract.address == details.contract.address
    assert (other.spam.is_spam, other.collection.verified) == (False, False)
