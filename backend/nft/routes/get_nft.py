"""GET /chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId} : one token."""

from nft.deployed_gallery import deployed_gallery
from nft.edge import Edge, deployed_edge
from nft.gallery import Gallery
from nft.lookups import find_nft
from nft.parameters import path_chain
from runtime.answer import Answer
from runtime.event import LambdaContext, ProxyEvent
from runtime.parameters import path_address, path_token_id
from runtime.responses import ProxyResponse


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return get_nft(event, context, deployed_edge(), deployed_gallery())


def get_nft(
    event: ProxyEvent, context: LambdaContext, edge: Edge, gallery: Gallery
) -> ProxyResponse:
    def look_up() -> Answer:
        chain, contract = path_chain(event), path_address(event, "contractAddress")
        token_id, seconds = path_token_id(event), edge.route.seconds_left(context)
        return find_nft(gallery, chain, contract, token_id, deadline=gallery.clock() + seconds)

    return edge.route.answer(event, context, route="getNft", work=look_up)
