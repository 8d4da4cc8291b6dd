"""Signs in with a wallet's key and lists what it owns: `WALLET_KEY=0x… python bot.py SITE`.

Needs `nft_gallery_client[accounts]`.
"""

from __future__ import annotations

import os
import sys

from eth_account import Account

from nft_gallery_client import WalletAuth, WalletAuthError

CHAIN_ID = 1


def main(site: str, key: str) -> None:
    session = WalletAuth.from_site(site).sign_in(Account.from_key(key))
    print(f"signed in as {session.wallet}")
    for nft in session.gallery.my_nfts(CHAIN_ID):
        print(nft["contract"]["name"], nft["tokenId"])
    given = session.credentials()
    print(f"AWS credentials until {given.expires_at:.0f}")
    session.sign_out()


if __name__ == "__main__":
    try:
        main(sys.argv[1], os.environ["WALLET_KEY"])
    except WalletAuthError as error:
        sys.exit(str(error))
