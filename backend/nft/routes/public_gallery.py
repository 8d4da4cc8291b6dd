"""What anybody may look up at the gallery: rows of its table, in a function of their own.

CloudFront asks for everybody. A flood of guests then takes no instance from wallets.

Why: ARCHITECTURE.md, nft.
"""

from functools import cache

import runtime.init_phase
from nft.gallery import Gallery
from nft.routes.gallery import ROUTES as GALLERY_ROUTES
from nft.routes.gallery import gallery_router
from runtime.event import LambdaContext, ProxyEvent
from runtime.responses import ProxyResponse
from runtime.route import Router, Routes

ROUTES: Routes[Gallery] = {
    path: route for path, route in GALLERY_ROUTES.items() if path.startswith("/chains")
}

instance_router = cache(lambda: gallery_router(ROUTES))


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    router: Router[Gallery] = instance_router()
    return router(event, context)


runtime.init_phase.ends()
