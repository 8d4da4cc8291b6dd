"""An endpoint that only holders of a collection reach: `SITE=… uvicorn service:app`.

Needs `nft_gallery_client[fastapi]` and uvicorn. Who calls it sends the gallery's ID token; so it is
for a service of the gallery's own team. What a wallet holds may be 30 seconds old here.
"""

import os
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException

from nft_gallery_client import Wallet, WalletAuth
from nft_gallery_client.fastapi import WalletBearer

CHAIN_ID = 1
COLLECTION = os.environ.get("COLLECTION", "0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D")

auth = WalletAuth.from_site(os.environ["SITE"])
gallery = auth.guest().gallery
app = FastAPI()


def holder(wallet: Annotated[Wallet, Depends(WalletBearer(auth.config))]) -> Wallet:
    """The caller, who holds a token of the collection."""
    owned = gallery.owned_nfts(CHAIN_ID, wallet.address, contract=COLLECTION)
    if next(owned, None) is None:
        raise HTTPException(403, detail="not_a_holder")
    return wallet


@app.get("/lounge")
def lounge(wallet: Annotated[Wallet, Depends(holder)]) -> dict[str, str]:
    return {"welcome": wallet.address}
