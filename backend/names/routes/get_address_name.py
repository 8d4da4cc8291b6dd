"""GET /addresses/{address}/name : the primary ENS name of an address, {"name", "address"}."""

from names.edge import Edge, deployed_edge
from runtime.answer import Answer
from runtime.deadline import Deadline
from runtime.event import LambdaContext, ProxyEvent, path_parameter
from runtime.responses import ProxyResponse


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return get_address_name(event, context, deployed_edge())


def get_address_name(event: ProxyEvent, context: LambdaContext, edge: Edge) -> ProxyResponse:
    def look_up() -> Answer:
        address = path_parameter(event, "address")
        deadline = Deadline.after(edge.route.seconds_left(context), edge.route.clock)
        return edge.remembered(f"address/{address}", lambda: edge.ens.by_address(address, deadline))

    return edge.route.answer(event, context, route="addresses/{address}/name", work=look_up)
