"""GET /gate/{chainId}/{contractAddress} : 204 if the caller holds a token of it now, else 403."""

from nft.deployed_gallery import deployed_gallery
from nft.edge import Edge, deployed_edge
from nft.gallery import Gallery
from nft.lookups import hold_token
from nft.owner import owner_of
from nft.parameters import path_chain
from runtime.answer import Answer
from runtime.event import LambdaContext, ProxyEvent
from runtime.parameters import path_address
from runtime.responses import ProxyResponse


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return get_gate(event, context, deployed_edge(), deployed_gallery())


def get_gate(
    event: ProxyEvent, context: LambdaContext, edge: Edge, gallery: Gallery
) -> ProxyResponse:
    def look_up() -> Answer:
        owner, chain = owner_of(event), path_chain(event)
        contract = path_address(event, "contractAddress")
        deadline = gallery.clock() + edge.route.seconds_left(context)
        return hold_token(gallery, chain, owner, contract, deadline=deadline)

    return edge.route.answer(event, context, route="getGate", work=look_up)
