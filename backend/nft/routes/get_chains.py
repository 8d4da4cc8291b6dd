"""GET /chains : the chains served, and who is asked first on each."""

from nft.edge import Edge, deployed_edge
from nft.lookups import list_chains
from runtime.event import LambdaContext, ProxyEvent
from runtime.responses import ProxyResponse


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return get_chains(event, context, deployed_edge())


def get_chains(event: ProxyEvent, context: LambdaContext, edge: Edge) -> ProxyResponse:
    return edge.route.answer(event, context, route="getChains", work=list_chains)
