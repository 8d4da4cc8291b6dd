"""One table of token documents and URLs, for the backend and the dApp alike."""

import json
from pathlib import Path
from typing import Any

import pytest

from ethereum.shown_url import shown_url
from nft.providers import alchemy_nfts, moralis_nfts

TABLE = json.loads(
    (Path(__file__).parents[2] / "fixtures" / "token_documents.json").read_text(encoding="utf-8")
)
TOKEN_ID = TABLE["tokenId"]
CONTRACT = "0xbc4ca0eda7647a8ab7c2061c2e118a18a936f13d"


@pytest.mark.parametrize("row", TABLE["urls"], ids=lambda row: row["text"])
def test_a_url_is_shown_as_the_table_says(row: dict[str, Any]) -> None:
    assert shown_url(row["text"], int(TOKEN_ID)) == row["shown"]


@pytest.mark.parametrize("row", TABLE["documents"], ids=lambda row: row["written"])
def test_a_document_is_read_as_the_table_says_from_either_provider(row: dict[str, Any]) -> None:
    alchemy = alchemy_nfts.nft(
        {
            "contract": {"address": CONTRACT},
            "tokenId": TOKEN_ID,
            "raw": {"metadata": row["written"]},
        },
        chain_id=1,
        owner=None,
    )
    moralis = moralis_nfts.nft(
        {"token_address": CONTRACT, "token_id": TOKEN_ID, "metadata": row["written"]},
        chain_id=1,
        owner=None,
    )
    for nft in (alchemy, moralis):
        image, animation = nft.media.image, nft.media.animation
        assert {
            "name": nft.name,
            "description": nft.description,
            "image": image and image.url,
            "animation": animation and animation.url,
        } == {name: row[name] for name in ("name", "description", "image", "animation")}
