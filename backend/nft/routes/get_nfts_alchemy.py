"""GET /getNFTsAlchemyLambda?pageKey= : the caller's NFTs, Alchemy's answer as it is."""

from nft.cursor import cursor_in
from nft.edge import Edge, deployed_edge
from nft.owner import owner_of
from nft.providers import alchemy
from runtime.answer import Answer
from runtime.event import LambdaContext, ProxyEvent
from runtime.responses import ProxyResponse
from runtime.settings import Secret
from runtime.traces import NO_TRACES, Traces, deployed_traces


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return get_nfts(event, context, deployed_edge(), deployed_traces())


def get_nfts(
    event: ProxyEvent, context: LambdaContext, edge: Edge, traces: Traces = NO_TRACES
) -> ProxyResponse:
    def look_up() -> Answer:
        owner, page_key = owner_of(event), cursor_in(event, "pageKey")

        def send(key: Secret, seconds: float) -> str:
            request = alchemy.owned_nfts_request(
                edge.settings.alchemy_nft_url, key=key, owner=owner, page_key=page_key
            )
            return alchemy.owned_nfts(edge.transport, request, seconds=seconds)

        with traces.around("alchemy"):
            page = edge.keys.alchemy.ask(send, edge.route.seconds_left(context))
        return Answer(page, provider="alchemy", upstream_status=200)

    return edge.route.answer(
        event, context, route="getNFTsAlchemyLambda", work=look_up, provider="alchemy"
    )
