"""What the benchmark clicks on in the dApp. A dApp that names it otherwise is a line here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DappNames:
    """Accessible names; `own_list` is a page at which a signed-in wallet's list is, if not `/`."""

    connect: str = "Connect wallet"
    picker: str = "Connect a wallet"
    sign_out: str = "Sign out here"
    list_of_nfts: str = "NFTs"
    own_list: str = "/"


TODAY = DappNames()
EARLIER = DappNames()
"""Of 30 November."""
