"""GET /chains/{chainId}/contracts/{contractAddress} : what is known of a contract."""

from nft.deployed_gallery import deployed_gallery
from nft.edge import Edge, deployed_edge
from nft.gallery import Gallery
from nft.lookups import find_contract
from nft.parameters import path_chain
from runtime.answer import Answer
from runtime.event import LambdaContext, ProxyEvent
from runtime.parameters import path_address
from runtime.responses import ProxyResponse


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return get_contract(event, context, deployed_edge(), deployed_gallery())


def get_contract(
    event: ProxyEvent, context: LambdaContext, edge: Edge, gallery: Gallery
) -> ProxyResponse:
    def look_up() -> Answer:
        chain, contract = path_chain(event), path_address(event, "contractAddress")
        deadline = gallery.clock() + edge.route.seconds_left(context)
        return find_contract(gallery, chain, contract, deadline=deadline)

    return edge.route.answer(event, context, route="getContract", work=look_up)
