"""Keeps a file under a wallet's own prefix: `WALLET_KEY=0x… python uploads.py SITE BUCKET FILE`.

BUCKET is the output WalletBucketName of a stack with `WalletStorage=on`.
Needs `nft_gallery_client[accounts]`, which brings boto3.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from eth_account import Account

from nft_gallery_client import Session, WalletAuth, WalletAuthError


class OwnObjects:
    """A wallet's objects in S3, by name. Its credentials reach no other wallet's."""

    def __init__(self, session: Session, bucket: str) -> None:
        self._s3 = session.boto3().client("s3")
        self._bucket = bucket
        self._prefix = f"private/{session.credentials().identity_id}/"

    def save(self, name: str, body: bytes) -> None:
        self._s3.put_object(Bucket=self._bucket, Key=self._prefix + name, Body=body)

    def load(self, name: str) -> bytes:
        found = self._s3.get_object(Bucket=self._bucket, Key=self._prefix + name)
        body: bytes = found["Body"].read()
        return body

    def names(self) -> list[str]:
        pages = self._s3.get_paginator("list_objects_v2")
        found = pages.paginate(Bucket=self._bucket, Prefix=self._prefix)
        keys = [item["Key"] for page in found for item in page.get("Contents", [])]
        return [key.removeprefix(self._prefix) for key in keys]

    def delete(self, name: str) -> None:
        self._s3.delete_object(Bucket=self._bucket, Key=self._prefix + name)


def main(site: str, bucket: str, file: Path, key: str) -> None:
    session = WalletAuth.from_site(site).sign_in(Account.from_key(key))
    own = OwnObjects(session, bucket)
    own.save(file.name, file.read_bytes())
    print(f"{session.wallet} keeps {len(own.names())} objects:", *own.names(), sep="\n")
    session.sign_out()


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), os.environ["WALLET_KEY"])
    except WalletAuthError as error:
        sys.exit(str(error))
