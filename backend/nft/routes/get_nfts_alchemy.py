"""GET /getNFTsAlchemyLambda?pageKey= : the caller's NFTs, Alchemy's answer as it is."""

import os
from functools import cache

import runtime.init_phase
from ethereum.chains import CHAINS
from nft.providers.alchemy import AlchemyClient
from nft.providers.page_request import OwnerNfts, PageRequest
from nft.raw_lookups import PAGE_SIZE, RawLookups, json_text, page_token, raw_router
from runtime.answer import Answer
from runtime.deadline import Deadline
from runtime.event import LambdaContext, ProxyEvent, caller_wallet
from runtime.responses import ProxyResponse
from runtime.route import Router, Routes


def get_nfts(lookups: RawLookups[AlchemyClient], event: ProxyEvent, deadline: Deadline) -> Answer:
    owner = caller_wallet(event)
    page = PageRequest(page_token(event, "pageKey"), PAGE_SIZE)
    with lookups.traces("alchemy"):
        reply = lookups.client.page(OwnerNfts(CHAINS[1], owner), page, deadline)
        text = json_text(reply, required_list="ownedNfts")
    return Answer(text, provider="alchemy", upstream_status=200)


ROUTES: Routes[RawLookups[AlchemyClient]] = {"/getNFTsAlchemyLambda": get_nfts}


@cache
def deployed_router() -> Router[RawLookups[AlchemyClient]]:
    """Made once per function instance."""
    return raw_router(
        ROUTES, lambda clients: clients.alchemy, environment=os.environ, provider="alchemy"
    )


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return deployed_router()(event, context)


runtime.init_phase.ends()
