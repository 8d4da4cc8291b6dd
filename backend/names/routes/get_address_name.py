"""GET /addresses/{address}/name : the primary ENS name of an address, {"name", "address"}."""

import json
from dataclasses import asdict

from names.edge import Edge, deployed_edge
from runtime.event import LambdaContext, ProxyEvent, path_parameter
from runtime.responses import ProxyResponse


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return get_address_name(event, context, deployed_edge())


def get_address_name(event: ProxyEvent, context: LambdaContext, edge: Edge) -> ProxyResponse:
    def look_up() -> str:
        address = path_parameter(event, "address")
        return json.dumps(asdict(edge.ens.by_address(address, edge.route.seconds_left(context))))

    return edge.route.answer(event, context, route="addresses/{address}/name", work=look_up)
