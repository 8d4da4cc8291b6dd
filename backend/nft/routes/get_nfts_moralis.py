"""GET /getNFTsMoralisLambda?chain=&cursor= : the caller's NFTs, Moralis's answer as it is."""

from nft.cursor import cursor_in, query_parameter
from nft.edge import Edge, deployed_edge
from nft.owner import owner_of
from nft.providers import moralis
from runtime.answer import Answer
from runtime.event import LambdaContext, ProxyEvent
from runtime.responses import ProxyResponse
from runtime.traces import NO_TRACES, Traces, deployed_traces


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return get_nfts(event, context, deployed_edge(), deployed_traces())


def get_nfts(
    event: ProxyEvent, context: LambdaContext, edge: Edge, traces: Traces = NO_TRACES
) -> ProxyResponse:
    def look_up() -> Answer:
        owner, cursor = owner_of(event), cursor_in(event, "cursor")
        chain = moralis.chain_id(query_parameter(event, "chain"))
        request = moralis.owned_nfts_request(
            edge.settings.moralis_url,
            key=edge.keys.moralis(),
            owner=owner,
            chain=chain,
            cursor=cursor,
        )
        seconds = edge.route.seconds_left(context)
        with traces.around("moralis"):
            page = moralis.owned_nfts(edge.transport, request, seconds=seconds)
        return Answer(page, provider="moralis", upstream_status=200)

    return edge.route.answer(
        event, context, route="getNFTsMoralisLambda", work=look_up, provider="moralis"
    )
