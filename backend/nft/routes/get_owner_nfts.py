"""GET /chains/{chainId}/owners/{owner}/nfts?cursor=&limit=&contract=&spam= : any wallet's NFTs.

`owner` is an address or an ENS name: the one route here that needs the room `names`.
"""

from names.edge import deployed_edge as deployed_names
from nft.deployed_gallery import deployed_gallery
from nft.edge import Edge, deployed_edge
from nft.gallery import Gallery
from nft.lookups import list_owner_nfts
from nft.owner_name import ResolveName, path_owner
from nft.parameters import limit, page_cursor, path_chain, spam
from runtime.answer import Answer
from runtime.event import LambdaContext, ProxyEvent
from runtime.parameters import query_address
from runtime.responses import ProxyResponse


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return get_owner_nfts(event, context, deployed_edge(), deployed_gallery(), address_of)


def address_of(name: str, seconds: float) -> str:
    """The names' edge is built for the first name: an address never waits for it."""
    return deployed_names().address_of(name, seconds)


def get_owner_nfts(
    event: ProxyEvent, context: LambdaContext, edge: Edge, gallery: Gallery, resolve: ResolveName
) -> ProxyResponse:
    def look_up() -> Answer:
        deadline = gallery.clock() + edge.route.seconds_left(context)
        return list_owner_nfts(
            gallery,
            path_chain(event),
            route="getOwnerNfts",
            contract=query_address(event, "contract"),
            spam=spam(event),
            limit=limit(event),
            cursor=page_cursor(event),
            deadline=deadline,
            # last: a name is looked up for a question that is otherwise right
            owner=path_owner(event, resolve, lambda: deadline - gallery.clock()),
        )

    return edge.route.answer(event, context, route="getOwnerNfts", work=look_up)
