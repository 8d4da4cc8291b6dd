"""GET /getNFTsMoralisLambda?chain=&cursor= : the caller's NFTs, Moralis's answer as it is."""

import os
from functools import cache

import runtime.init_phase
from ethereum.chains import BY_HEX_ID, BY_MORALIS_NAME, Chain
from nft.providers.moralis import MoralisClient
from nft.providers.page_request import OwnerNfts, PageRequest
from nft.raw_lookups import PAGE_SIZE, RawLookups, json_text, page_token, raw_router
from runtime.answer import Answer
from runtime.deadline import Deadline
from runtime.errors import UnsupportedChainError
from runtime.event import LambdaContext, ProxyEvent, caller_wallet, query_parameter
from runtime.responses import ProxyResponse
from runtime.route import Router, Routes


def get_nfts(lookups: RawLookups[MoralisClient], event: ProxyEvent, deadline: Deadline) -> Answer:
    owner = caller_wallet(event)
    page = PageRequest(page_token(event, "cursor"), PAGE_SIZE)
    chain = moralis_chain(query_parameter(event, "chain") or "eth")
    with lookups.traces("moralis"):
        reply = lookups.client.page(OwnerNfts(chain, owner), page, deadline)
        text = json_text(reply, required_list="result")
    return Answer(text, provider="moralis", upstream_status=200)


def moralis_chain(text: str) -> Chain:
    """The chain of a Moralis name or 0x id, in any case. Raises UnsupportedChainError."""
    chain = BY_MORALIS_NAME.get(text.lower()) or BY_HEX_ID.get(text.lower())
    if chain is None:
        raise UnsupportedChainError("not on the list")
    return chain


ROUTES: Routes[RawLookups[MoralisClient]] = {"/getNFTsMoralisLambda": get_nfts}


@cache
def deployed_router() -> Router[RawLookups[MoralisClient]]:
    """Made once per function instance."""
    return raw_router(
        ROUTES, lambda clients: clients.moralis, environment=os.environ, provider="moralis"
    )


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return deployed_router()(event, context)


runtime.init_phase.ends()
