"""How either provider is asked: its key in a header, one answer that counts, its failures typed."""

from collections.abc import Callable
from dataclasses import dataclass

from nft.errors import UpstreamError
from nft.providers.http import Transport, UpstreamReply, UpstreamRequest
from nft.providers.keys import ProviderKey
from runtime.cached_secret import Secret
from runtime.deadline import Deadline


@dataclass(frozen=True)
class ProviderClient:
    """Every method gives a reply with status 200. Raises UpstreamError and ProviderKeyError."""

    base_url: str
    key: ProviderKey
    transport: Transport

    def _send(
        self,
        request_with: Callable[[Secret], UpstreamRequest],
        deadline: Deadline,
        *,
        failure_of: Callable[[UpstreamReply], UpstreamError],
    ) -> UpstreamReply:
        """Again with a newer key where the first is refused, so the request is made of the key."""

        def send(key: Secret) -> UpstreamReply:
            reply = self.transport(request_with(key), deadline)
            if reply.status != 200:
                raise failure_of(reply)
            return reply

        return self.key.ask(send, deadline)
