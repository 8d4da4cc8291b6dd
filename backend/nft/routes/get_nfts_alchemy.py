"""GET /getNFTsAlchemyLambda?pageKey= : the caller's NFTs, Alchemy's answer as it is."""

from nft.cursor import cursor_in
from nft.edge import Edge, answer, deployed_edge
from nft.owner import owner_of
from nft.providers import alchemy
from runtime.event import LambdaContext, ProxyEvent
from runtime.responses import ProxyResponse
from runtime.settings import Secret


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return get_nfts(event, context, deployed_edge())


def get_nfts(event: ProxyEvent, context: LambdaContext, edge: Edge) -> ProxyResponse:
    def look_up() -> str:
        owner, page_key = owner_of(event), cursor_in(event, "pageKey")

        def send(key: Secret, seconds: float) -> str:
            request = alchemy.owned_nfts_request(
                edge.settings.alchemy_nft_url, key=key, owner=owner, page_key=page_key
            )
            return alchemy.owned_nfts(edge.transport, request, seconds=seconds)

        return edge.keys.alchemy.ask(send, edge.seconds_left(context))

    return answer(
        event, context, edge, route="getNFTsAlchemyLambda", provider="alchemy", look_up=look_up
    )
