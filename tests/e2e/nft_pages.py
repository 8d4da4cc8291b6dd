"""Pages of the NFT API that a test makes up, in place of the stack's."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page, Route

CONTRACT = "0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D"
LISTS = "**/owners/*/nfts?*"
PIXEL = (
    "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=="  # 1 x 1
)


def nft(token_id: int, **more: Any) -> dict[str, Any]:
    picture = {"url": PIXEL, "thumbnailUrl": PIXEL, "originalUrl": None}
    return {
        **{"chainId": 1, "tokenId": str(token_id), "tokenType": "ERC721", "owner": None},
        **{"balance": "1", "name": f"Token {token_id}", "description": None, "tokenUri": None},
        **{"externalUrl": None, "attributes": [], "metadataStatus": "ok", "metadataError": None},
        **{"mint": None, "acquiredAt": None, "updatedAt": None, "provider": "alchemy"},
        "stale": False,
        "spam": {"isSpam": False, "classifications": []},
        "media": {
            "image": {**picture, "contentType": "image/gif", "bytes": 43},
            **{"animation": None, "status": "ready"},
        },
        "contract": {
            **{"address": CONTRACT, "name": "Many", "symbol": "MANY", "tokenType": "ERC721"},
            **{"totalSupply": None, "deployer": None, "deployedBlock": None},
        },
        "collection": {
            **{"name": "Many", "slug": None, "imageUrl": None, "bannerImageUrl": None},
            **{"externalUrl": None, "verified": None, "floorPrice": None},
        },
        **more,
    }


def chain(chain_id: int, name: str, *, testnet: bool = False) -> dict[str, Any]:
    providers = ["alchemy", "moralis"]
    return {"chainId": chain_id, "name": name, "testnet": testnet, "providers": providers}


def nft_page(items: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        **{"items": items, "totalCount": len(items), "nextCursor": None, "asOf": None},
        **{"provider": "alchemy", "hiddenSpam": 0, "unreadableCount": 0, "stale": False},
        **more,
    }


def answer(route: Route, body: dict[str, Any], status: int = 200, **headers: str) -> None:
    shared = {"access-control-allow-origin": "*", "access-control-expose-headers": "retry-after"}
    route.fulfill(
        status=status,
        body=json.dumps(body),
        content_type="application/json",
        headers={**shared, **{name.replace("_", "-"): value for name, value in headers.items()}},
    )


def refuse(route: Route, status: int, code: str, **headers: str) -> None:
    error = {"code": code, "message": "made up", "requestId": "r-42"}
    answer(route, {"error": error}, status, **headers)


# Made in the page, since it takes a driver seconds to hand over ten thousand tokens.
SERVE_MANY = """(([token, page, total, each]) => {
  const { fetch } = window;
  window.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    if (!/[/]owners[/][^/]+[/]nfts$/.test(url.pathname)) return fetch(input, init);
    const start = Number(url.searchParams.get('cursor') ?? 0);
    const end = Math.min(start + each, total);
    const items = Array.from({ length: end - start }, (_, index) => {
      const tokenId = `${start + index}`;
      return { ...token, tokenId, name: `Token ${tokenId}` };
    });
    const nextCursor = end < total ? `${end}` : null;
    return Response.json({ ...page, items, nextCursor, totalCount: total });
  };
})(%s)"""


def serve_many(page: Page, total: int, each: int = 100) -> None:
    """Every owner holds so many tokens, in pages of `each`. To be called before the page opens."""
    page.add_init_script(SERVE_MANY % json.dumps([nft(0), nft_page([]), total, each]))
