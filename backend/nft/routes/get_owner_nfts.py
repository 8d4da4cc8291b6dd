"""GET /chains/{chainId}/owners/{owner}/nfts?cursor=&limit=&contract=&spam= : any wallet's NFTs."""

from nft.deployed_gallery import deployed_gallery
from nft.edge import Edge, deployed_edge
from nft.gallery import Gallery
from nft.lookups import list_owner_nfts
from nft.parameters import limit, page_cursor, path_address, path_chain, query_address, spam
from runtime.answer import Answer
from runtime.event import LambdaContext, ProxyEvent
from runtime.responses import ProxyResponse


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return get_owner_nfts(event, context, deployed_edge(), deployed_gallery())


def get_owner_nfts(
    event: ProxyEvent, context: LambdaContext, edge: Edge, gallery: Gallery
) -> ProxyResponse:
    def look_up() -> Answer:
        return list_owner_nfts(
            gallery,
            path_chain(event),
            path_address(event, "owner"),
            route="getOwnerNfts",
            contract=query_address(event, "contract"),
            spam=spam(event),
            limit=limit(event),
            cursor=page_cursor(event),
            deadline=gallery.clock() + edge.route.seconds_left(context),
        )

    return edge.route.answer(event, context, route="getOwnerNfts", work=look_up)
