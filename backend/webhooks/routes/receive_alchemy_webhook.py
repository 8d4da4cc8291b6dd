"""POST /webhooks/alchemy : Alchemy tells of NFTs that moved or changed."""

from runtime.event import IdentifiedContext, ProxyEvent
from runtime.responses import ProxyResponse
from webhooks.alchemy_activity import PROVIDER, parse_delivery
from webhooks.edge import Edge, Source, answer, deployed_edge
from webhooks.keys import SigningKeys
from webhooks.signature import verify_alchemy_signature

SOURCE = Source(
    provider=PROVIDER,
    header_name="x-alchemy-signature",
    keys=SigningKeys.alchemy,
    verify=verify_alchemy_signature,
    parse=parse_delivery,
)


def handler(event: ProxyEvent, context: IdentifiedContext) -> ProxyResponse:
    return receive_alchemy_webhook(event, context, deployed_edge())


def receive_alchemy_webhook(
    event: ProxyEvent, context: IdentifiedContext, edge: Edge
) -> ProxyResponse:
    return answer(event, context, edge, route="webhooks/alchemy", source=SOURCE)
