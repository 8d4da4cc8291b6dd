"""GET /getNFTsMoralisLambda?chain=&cursor= : the caller's NFTs, Moralis's answer as it is."""

from nft.cursor import cursor_in
from nft.edge import Edge, deployed_edge
from nft.owner import owner_of
from nft.providers import moralis
from runtime.answer import Answer
from runtime.event import LambdaContext, ProxyEvent, query_parameter
from runtime.responses import ProxyResponse
from runtime.settings import Secret
from runtime.traces import NO_TRACES, Traces, deployed_traces


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return get_nfts(event, context, deployed_edge(), deployed_traces())


def get_nfts(
    event: ProxyEvent, context: LambdaContext, edge: Edge, traces: Traces = NO_TRACES
) -> ProxyResponse:
    def look_up() -> Answer:
        owner, cursor = owner_of(event), cursor_in(event, "cursor")
        chain = moralis.chain_id(query_parameter(event, "chain"))

        def send(key: Secret, seconds: float) -> str:
            request = moralis.owned_nfts_request(
                edge.settings.moralis_url, key=key, owner=owner, chain=chain, cursor=cursor
            )
            return moralis.owned_nfts(edge.transport, request, seconds=seconds)

        with traces.around("moralis"):
            page = edge.keys.moralis.ask(send, edge.route.seconds_left(context))
        return Answer(page, provider="moralis", upstream_status=200)

    return edge.route.answer(
        event, context, route="getNFTsMoralisLambda", work=look_up, provider="moralis"
    )
