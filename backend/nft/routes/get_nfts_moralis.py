"""GET /getNFTsMoralisLambda?chain=&cursor= : the caller's NFTs, Moralis's answer as it is."""

from nft.cursor import cursor_in, query_parameter
from nft.edge import Edge, answer, deployed_edge
from nft.owner import owner_of
from nft.providers import moralis
from runtime.event import LambdaContext, ProxyEvent
from runtime.responses import ProxyResponse
from runtime.settings import Secret


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return get_nfts(event, context, deployed_edge())


def get_nfts(event: ProxyEvent, context: LambdaContext, edge: Edge) -> ProxyResponse:
    def look_up() -> str:
        owner, cursor = owner_of(event), cursor_in(event, "cursor")
        chain = moralis.chain_id(query_parameter(event, "chain"))

        def send(key: Secret, seconds: float) -> str:
            request = moralis.owned_nfts_request(
                edge.settings.moralis_url, key=key, owner=owner, chain=chain, cursor=cursor
            )
            return moralis.owned_nfts(edge.transport, request, seconds=seconds)

        return edge.keys.moralis.ask(send, edge.seconds_left(context))

    return answer(
        event, context, edge, route="getNFTsMoralisLambda", provider="moralis", look_up=look_up
    )
