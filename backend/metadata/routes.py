"""GET /chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}/metadata?image=

From the token's URI, which is the contract's own answer; no part of it comes from the caller.
"""

import os
from functools import cache

import runtime.init_phase
from metadata.service import MetadataService
from runtime.answer import Answer
from runtime.deadline import Deadline
from runtime.event import (
    LambdaContext,
    ProxyEvent,
    path_address,
    path_parameter,
    path_token_id,
    query_choice,
)
from runtime.logging import build_logger
from runtime.responses import ProxyResponse
from runtime.route import Router, Routes


def get_token_metadata(metadata: MetadataService, event: ProxyEvent, deadline: Deadline) -> Answer:
    return metadata.find(
        metadata.tokens.read_chain(path_parameter(event, "chainId")),
        path_address(event, "contractAddress"),
        path_token_id(event),
        image=query_choice(event, "image", "link", "inline"),
        deadline=deadline,
    )


ROUTES: Routes[MetadataService] = {
    "/chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}/metadata": get_token_metadata,
}


@cache
def deployed_router() -> Router[MetadataService]:
    """Made once per function instance."""
    logger = build_logger()
    metadata = MetadataService.from_environment(os.environ, logger)
    return Router.from_environment(ROUTES, metadata, environment=os.environ, logger=logger)


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return deployed_router()(event, context)


runtime.init_phase.ends()
