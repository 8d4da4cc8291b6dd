"""GET /chains/{chainId}/contracts/{contractAddress}/nfts?cursor=&limit= : its tokens."""

from nft.deployed_gallery import deployed_gallery
from nft.edge import Edge, deployed_edge
from nft.gallery import Gallery
from nft.lookups import list_contract_nfts
from nft.parameters import limit, page_cursor, path_chain
from runtime.answer import Answer
from runtime.event import LambdaContext, ProxyEvent
from runtime.parameters import path_address
from runtime.responses import ProxyResponse


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return get_contract_nfts(event, context, deployed_edge(), deployed_gallery())


def get_contract_nfts(
    event: ProxyEvent, context: LambdaContext, edge: Edge, gallery: Gallery
) -> ProxyResponse:
    def look_up() -> Answer:
        return list_contract_nfts(
            gallery,
            path_chain(event),
            path_address(event, "contractAddress"),
            limit=limit(event),
            cursor=page_cursor(event),
            deadline=gallery.clock() + edge.route.seconds_left(context),
        )

    return edge.route.answer(event, context, route="getContractNfts", work=look_up)
