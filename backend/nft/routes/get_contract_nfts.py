"""GET /chains/{chainId}/contracts/{contractAddress}/nfts?cursor=&limit= : its tokens."""

from nft.deployed_gallery import deployed_gallery
from nft.edge import Edge, answer, deployed_edge
from nft.found import Found
from nft.gallery import Gallery
from nft.lookups import list_contract_nfts
from nft.parameters import limit, page_cursor, path_address, path_chain
from runtime.event import LambdaContext, ProxyEvent
from runtime.responses import ProxyResponse


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return get_contract_nfts(event, context, deployed_edge(), deployed_gallery())


def get_contract_nfts(
    event: ProxyEvent, context: LambdaContext, edge: Edge, gallery: Gallery
) -> ProxyResponse:
    def look_up() -> Found:
        return list_contract_nfts(
            gallery,
            path_chain(event),
            path_address(event, "contractAddress"),
            limit=limit(event),
            cursor=page_cursor(event),
            deadline=gallery.clock() + edge.seconds_left(context),
        )

    return answer(event, context, edge, route="getContractNfts", provider="none", look_up=look_up)
