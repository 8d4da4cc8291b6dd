"""GET /names/{name} : the address an ENS name stands for, {"name", "address"}."""

import json
from dataclasses import asdict
from urllib.parse import unquote

from names.edge import Edge, deployed_edge
from runtime.event import LambdaContext, ProxyEvent, path_parameter
from runtime.responses import ProxyResponse


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return get_name(event, context, deployed_edge())


def get_name(event: ProxyEvent, context: LambdaContext, edge: Edge) -> ProxyResponse:
    def look_up() -> str:
        name = unquote(path_parameter(event, "name"))  # no name holds a per cent sign
        return json.dumps(asdict(edge.ens.by_name(name, edge.route.seconds_left(context))))

    return edge.route.answer(event, context, route="names/{name}", work=look_up)
