"""GET /chains/{chainId}/contracts/{contractAddress} : what is known of a contract."""

from nft.deployed_gallery import deployed_gallery
from nft.edge import Edge, answer, deployed_edge
from nft.found import Found
from nft.gallery import Gallery
from nft.lookups import find_contract
from nft.parameters import path_address, path_chain
from runtime.event import LambdaContext, ProxyEvent
from runtime.responses import ProxyResponse


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return get_contract(event, context, deployed_edge(), deployed_gallery())


def get_contract(
    event: ProxyEvent, context: LambdaContext, edge: Edge, gallery: Gallery
) -> ProxyResponse:
    def look_up() -> Found:
        chain, contract = path_chain(event), path_address(event, "contractAddress")
        deadline = gallery.clock() + edge.seconds_left(context)
        return find_contract(gallery, chain, contract, deadline=deadline)

    return answer(event, context, edge, route="getContract", provider="none", look_up=look_up)
