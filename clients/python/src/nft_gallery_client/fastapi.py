"""FastAPI: an endpoint's `Annotated[Wallet, Depends(WalletBearer(config))]` is its caller."""

from collections.abc import Mapping

from fastapi import HTTPException, Request

from nft_gallery_client.config import Config
from nft_gallery_client.errors import TokenError
from nft_gallery_client.id_tokens import IdTokens
from nft_gallery_client.tokens import Wallet


class WalletBearer:
    """A dependency. 401 where the request bears no valid ID token, 503 where none can be judged."""

    def __init__(
        self, config: Mapping[str, object] | Config, *, id_tokens: IdTokens | None = None
    ) -> None:
        self._id_tokens = id_tokens or IdTokens(config)

    def __call__(self, request: Request) -> Wallet:
        try:
            return self._id_tokens.verify_header(request.headers.get("authorization"))
        except TokenError as error:
            status = 503 if error.retryable else 401
            headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {"Retry-After": "60"}
            raise HTTPException(status, detail=error.code, headers=headers) from None
