"""GET /me/nfts?chainId=&cursor=&limit=&contract=&spam= : the caller's own NFTs."""

from nft.deployed_gallery import deployed_gallery
from nft.edge import Edge, deployed_edge
from nft.gallery import Gallery
from nft.lookups import list_owner_nfts
from nft.owner import owner_of
from nft.parameters import limit, page_cursor, query_chain, spam
from runtime.answer import Answer
from runtime.event import LambdaContext, ProxyEvent
from runtime.parameters import query_address
from runtime.responses import ProxyResponse


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return get_my_nfts(event, context, deployed_edge(), deployed_gallery())


def get_my_nfts(
    event: ProxyEvent, context: LambdaContext, edge: Edge, gallery: Gallery
) -> ProxyResponse:
    def look_up() -> Answer:
        return list_owner_nfts(
            gallery,
            query_chain(event),
            owner_of(event),
            route="getMyNfts",
            contract=query_address(event, "contract"),
            spam=spam(event),
            limit=limit(event),
            cursor=page_cursor(event),
            deadline=gallery.clock() + edge.route.seconds_left(context),
            fresh_seconds=0,
        )

    return edge.route.answer(event, context, route="getMyNfts", work=look_up)
