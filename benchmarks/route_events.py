"""One request of each kind that a function of routes answers, as API Gateway sends it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from stand_ins.holdings import WALLET_WITH_250

COLLECTION = "0xBd3531dA5CF5857e7CfAA92426877b022e612cf8"
"""Of the stand-ins; its documents are in the contract."""
NUMBER = "6873"
NAME = "three.demo-wallet.eth"
PAGE = {"limit": "100"}


@dataclass(frozen=True)
class RouteCall:
    """`at_most` is the bar: added to a cold start, over what it was on 30 November."""

    name: str
    function: str
    handler: str
    resource: str
    path: str
    at_most: float = 0.6
    path_parameters: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)

    def event(self) -> dict[str, Any]:
        claims = {"cognito:username": WALLET_WITH_250, "wallet": WALLET_WITH_250}
        return {
            "resource": self.resource,
            "path": self.path,
            "httpMethod": "GET",
            "headers": {"origin": "http://localhost:3000"},
            "pathParameters": self.path_parameters or None,
            "queryStringParameters": self.query or None,
            "requestContext": {"requestId": "request-1", "authorizer": {"claims": claims}},
        }


_CONTRACT = "/chains/{chainId}/contracts/{contractAddress}"
_OWNER = "/chains/{chainId}/owners/{owner}/nfts"
_OF_CONTRACT = {"chainId": "1", "contractAddress": COLLECTION}
GALLERY, OWNERS = "nft.routes.gallery.handler", "nft.routes.owners.handler"

CALLS = (
    RouteCall("the chains", "GalleryFunction", GALLERY, "/chains", "/chains"),
    RouteCall(
        "a collection's page",
        "GalleryFunction",
        GALLERY,
        f"{_CONTRACT}/nfts",
        f"/chains/1/contracts/{COLLECTION}/nfts",
        path_parameters=_OF_CONTRACT,
        query=PAGE,
    ),
    RouteCall(
        "raw Alchemy",
        "GetNFTsAlchemyFunction",
        "nft.routes.get_nfts_alchemy.handler",
        "/getNFTsAlchemyLambda",
        "/getNFTsAlchemyLambda",
    ),
    RouteCall(
        "raw Moralis",
        "GetNFTsMoralisFunction",
        "nft.routes.get_nfts_moralis.handler",
        "/getNFTsMoralisLambda",
        "/getNFTsMoralisLambda",
        query={"chain": "eth"},
    ),
    RouteCall(
        "an owner by address",
        "OwnersFunction",
        OWNERS,
        _OWNER,
        f"/chains/1/owners/{WALLET_WITH_250}/nfts",
        path_parameters={"chainId": "1", "owner": WALLET_WITH_250},
        query=PAGE,
    ),
    RouteCall(
        "an owner by name",
        "OwnersFunction",
        OWNERS,
        _OWNER,
        f"/chains/1/owners/{NAME}/nfts",
        at_most=0.85,
        path_parameters={"chainId": "1", "owner": NAME},
        query=PAGE,
    ),
    RouteCall(
        "a name",
        "NamesFunction",
        "names.routes.handler",
        "/names/{name}",
        f"/names/{NAME}",
        at_most=0.85,
        path_parameters={"name": NAME},
    ),
    RouteCall(
        "a token's metadata",
        "MetadataFunction",
        "metadata.routes.handler",
        f"{_CONTRACT}/nfts/{{tokenId}}/metadata",
        f"/chains/1/contracts/{COLLECTION}/nfts/{NUMBER}/metadata",
        path_parameters={**_OF_CONTRACT, "tokenId": NUMBER},
    ),
)
