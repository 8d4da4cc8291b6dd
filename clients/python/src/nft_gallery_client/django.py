"""Django: `@wallet_required(config)` on a view puts the caller's wallet into `request.wallet`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from nft_gallery_client.config import Config
from nft_gallery_client.errors import TokenError
from nft_gallery_client.id_tokens import IdTokens

type View = Callable[..., HttpResponse]


def wallet_required(
    config: Mapping[str, object] | Config, *, id_tokens: IdTokens | None = None
) -> Callable[[View], View]:
    """401 where the request bears no valid ID token, 503 where none can be judged."""
    verifier = id_tokens or IdTokens(config)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                wallet = verifier.verify_header(request.headers.get("Authorization"))
            except TokenError as error:
                return _refusal(error)
            setattr(request, "wallet", wallet)  # noqa: B010
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def _refusal(error: TokenError) -> HttpResponse:
    status = 503 if error.retryable else 401
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {"Retry-After": "60"}
    return JsonResponse({"error": {"code": error.code}}, status=status, headers=headers)
