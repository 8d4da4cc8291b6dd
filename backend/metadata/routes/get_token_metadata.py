"""GET /chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}/metadata?image=

From the token's URI, which is the contract's own answer; no part of it comes from the caller.
"""

from metadata.edge import Edge, deployed_edge
from metadata.token_image import ImageChoice
from runtime.answer import Answer
from runtime.errors import InvalidParameterError
from runtime.event import LambdaContext, ProxyEvent, path_parameter, query_parameter
from runtime.responses import ProxyResponse

ROUTE = "chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}/metadata"


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return get_token_metadata(event, context, deployed_edge())


def get_token_metadata(event: ProxyEvent, context: LambdaContext, edge: Edge) -> ProxyResponse:
    def look_up() -> Answer:
        chain_id, contract_address, token_id = (
            path_parameter(event, name) for name in ("chainId", "contractAddress", "tokenId")
        )
        return edge.find(
            chain_id,
            contract_address,
            token_id,
            image=_image_choice(event),
            seconds=edge.route.seconds_left(context),
        )

    return edge.route.answer(event, context, route=ROUTE, work=look_up)


def _image_choice(event: ProxyEvent) -> ImageChoice:
    """Raises InvalidParameterError."""
    match query_parameter(event, "image"):
        case None | "link":
            return "link"
        case "inline":
            return "inline"
    raise InvalidParameterError("image is neither link nor inline")
