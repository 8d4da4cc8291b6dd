"""The routes over both providers, but an owner's: one function, so one memory and one breaker."""

import os
from functools import cache

import runtime.init_phase
from nft.deployed_gallery import gallery_from_environment
from nft.gallery import Gallery
from nft.lookups import find_contract, find_holding, find_nft, list_chains
from nft.paging.lists import NftList, SpamChoice, list_page
from nft.pictures import PictureChoice
from nft.providers.page_request import ContractNfts, OwnerNfts
from runtime.answer import Answer
from runtime.deadline import Deadline
from runtime.event import (
    LambdaContext,
    ProxyEvent,
    caller_wallet,
    path_address,
    path_chain,
    path_token_id,
    query_address,
    query_chain,
    query_choice,
    query_cursor,
    query_limit,
)
from runtime.logging import build_logger
from runtime.responses import ProxyResponse
from runtime.route import Router, Routes


def get_chains(gallery: Gallery, event: ProxyEvent, deadline: Deadline) -> Answer:
    """The chains served, and who is asked first on each."""
    return list_chains()


def get_contract(gallery: Gallery, event: ProxyEvent, deadline: Deadline) -> Answer:
    chain, contract = path_chain(event), path_address(event, "contractAddress")
    return find_contract(gallery, chain, contract, image=_image(event), deadline=deadline)


def get_contract_nfts(gallery: Gallery, event: ProxyEvent, deadline: Deadline) -> Answer:
    chain, contract = path_chain(event), path_address(event, "contractAddress")
    nfts = NftList(ContractNfts(chain, contract), "getContractNfts", query_limit(event))
    return list_page(gallery, nfts, query_cursor(event), deadline)


def get_nft(gallery: Gallery, event: ProxyEvent, deadline: Deadline) -> Answer:
    chain, contract = path_chain(event), path_address(event, "contractAddress")
    token_id, image = path_token_id(event), _image(event)
    return find_nft(gallery, chain, contract, token_id, image=image, deadline=deadline)


def get_my_nfts(gallery: Gallery, event: ProxyEvent, deadline: Deadline) -> Answer:
    """The caller's own NFTs, asked anew each time."""
    chain, contract = query_chain(event), query_address(event, "contract")
    query = OwnerNfts(chain, caller_wallet(event), contract)
    spam: SpamChoice = query_choice(event, "spam", "include", "exclude")
    nfts = NftList(query, "getMyNfts", query_limit(event), spam, fresh_seconds=0)
    return list_page(gallery, nfts, query_cursor(event), deadline)


def get_gate(gallery: Gallery, event: ProxyEvent, deadline: Deadline) -> Answer:
    """204 if the caller holds a token of the contract now, else 403."""
    owner, chain = caller_wallet(event), path_chain(event)
    contract = path_address(event, "contractAddress")
    return find_holding(gallery, chain, owner, contract, deadline=deadline)


def _image(event: ProxyEvent) -> PictureChoice:
    return query_choice(event, "image", "link", "small", "inline")


ROUTES: Routes[Gallery] = {
    "/chains": get_chains,
    "/chains/{chainId}/contracts/{contractAddress}": get_contract,
    "/chains/{chainId}/contracts/{contractAddress}/nfts": get_contract_nfts,
    "/chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}": get_nft,
    "/me/nfts": get_my_nfts,
    "/gate/{chainId}/{contractAddress}": get_gate,
}


def gallery_router(routes: Routes[Gallery]) -> Router[Gallery]:
    """Over the gallery of this function's environment. Raises SettingError."""
    logger = build_logger()
    gallery = gallery_from_environment(os.environ, logger)
    return Router.from_environment(routes, gallery, environment=os.environ, logger=logger)


@cache
def deployed_router() -> Router[Gallery]:
    """Made once per function instance."""
    return gallery_router(ROUTES)


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return deployed_router()(event, context)


runtime.init_phase.ends()
