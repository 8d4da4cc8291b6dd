"""GET /chains/{chainId}/owners/{owner}/nfts?cursor=&limit=&contract=&spam= : any wallet's NFTs.

`owner` is an address or an ENS name. A function of its own: the one route here that needs the room
`names`, and an owner given by address must never pay for web3 or the tables of names.

Why: ARCHITECTURE.md, nft.
"""

import os
from dataclasses import dataclass
from functools import cache

import runtime.init_phase
from names.service import NamesService
from nft.deployed_budget import names_admission
from nft.deployed_gallery import gallery_from_environment
from nft.gallery import Gallery
from nft.owner import ResolveName, path_owner
from nft.paging.lists import NftList, SpamChoice, list_page
from nft.providers.page_request import OwnerNfts
from runtime.answer import Answer
from runtime.deadline import Deadline
from runtime.event import (
    LambdaContext,
    ProxyEvent,
    path_chain,
    query_address,
    query_choice,
    query_cursor,
    query_limit,
)
from runtime.logging import build_logger
from runtime.responses import ProxyResponse
from runtime.route import Router, Routes


@dataclass(frozen=True)
class OwnerLists:
    gallery: Gallery
    resolve: ResolveName


def get_owner_nfts(lists: OwnerLists, event: ProxyEvent, deadline: Deadline) -> Answer:
    chain, cursor = path_chain(event), query_cursor(event)
    contract, limit = query_address(event, "contract"), query_limit(event)
    spam: SpamChoice = query_choice(event, "spam", "include", "exclude")
    # last: a name is looked up for a question that is otherwise right
    owner = path_owner(event, lists.resolve, deadline)
    nfts = NftList(OwnerNfts(chain, owner, contract), "getOwnerNfts", limit, spam)
    return list_page(lists.gallery, nfts, cursor, deadline)


ROUTES: Routes[OwnerLists] = {"/chains/{chainId}/owners/{owner}/nfts": get_owner_nfts}


@cache
def owners_names() -> NamesService:
    """Within a budget of their own: the throttle of this route is for addresses."""
    admit = names_admission(os.environ, build_logger())
    return NamesService.from_environment(os.environ, admit=admit)


def address_of(name: str, deadline: Deadline) -> str:
    """The names' service is built for the first name: an address never waits for it."""
    return owners_names().address_of(name, deadline)


@cache
def deployed_router() -> Router[OwnerLists]:
    """Made once per function instance."""
    logger = build_logger()
    lists = OwnerLists(gallery_from_environment(os.environ, logger), address_of)
    return Router.from_environment(ROUTES, lists, environment=os.environ, logger=logger)


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return deployed_router()(event, context)


runtime.init_phase.ends()
