"""GET /getNFTsAlchemyLambda?pageKey= : the caller's NFTs, Alchemy's answer as it is."""

from nft.cursor import cursor_in
from nft.edge import Edge, deployed_edge
from nft.owner import owner_of
from nft.providers import alchemy
from runtime.answer import Answer
from runtime.event import LambdaContext, ProxyEvent
from runtime.responses import ProxyResponse


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return get_nfts(event, context, deployed_edge())


def get_nfts(event: ProxyEvent, context: LambdaContext, edge: Edge) -> ProxyResponse:
    def look_up() -> Answer:
        owner, page_key = owner_of(event), cursor_in(event, "pageKey")
        request = alchemy.owned_nfts_request(
            edge.settings.alchemy_nft_url, key=edge.keys.alchemy(), owner=owner, page_key=page_key
        )
        page = alchemy.owned_nfts(edge.transport, request, seconds=edge.route.seconds_left(context))
        return Answer(page, provider="alchemy", upstream_status=200)

    return edge.route.answer(
        event, context, route="getNFTsAlchemyLambda", work=look_up, provider="alchemy"
    )
