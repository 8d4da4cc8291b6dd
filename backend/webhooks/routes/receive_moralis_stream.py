"""POST /webhooks/moralis : Moralis tells of the NFT transfers of a block."""

from runtime.event import IdentifiedContext, ProxyEvent
from runtime.responses import ProxyResponse
from webhooks.edge import Edge, Source, answer, deployed_edge
from webhooks.keys import SigningKeys
from webhooks.moralis_stream import PROVIDER, parse_delivery
from webhooks.signature import verify_moralis_signature

SOURCE = Source(
    provider=PROVIDER,
    header_name="x-signature",
    keys=SigningKeys.moralis,
    verify=verify_moralis_signature,
    parse=parse_delivery,
)


def handler(event: ProxyEvent, context: IdentifiedContext) -> ProxyResponse:
    return receive_moralis_stream(event, context, deployed_edge())


def receive_moralis_stream(
    event: ProxyEvent, context: IdentifiedContext, edge: Edge
) -> ProxyResponse:
    return answer(event, context, edge, route="webhooks/moralis", source=SOURCE)
