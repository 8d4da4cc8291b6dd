"""GET /names/{name} : the address an ENS name stands for, {"name", "address"}."""

from urllib.parse import unquote

from names.edge import Edge, deployed_edge
from runtime.answer import Answer
from runtime.deadline import Deadline
from runtime.event import LambdaContext, ProxyEvent, path_parameter
from runtime.responses import ProxyResponse


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return get_name(event, context, deployed_edge())


def get_name(event: ProxyEvent, context: LambdaContext, edge: Edge) -> ProxyResponse:
    def look_up() -> Answer:
        name = unquote(path_parameter(event, "name"))  # no name holds a per cent sign
        deadline = Deadline.after(edge.route.seconds_left(context), edge.route.clock)
        return edge.remembered(f"name/{name}", lambda: edge.ens.by_name(name, deadline))

    return edge.route.answer(event, context, route="names/{name}", work=look_up)
