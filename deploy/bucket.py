"""A bucket of ours: every call names the account that must own it.

Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import batched
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from deploy.errors import DeletionFailedError, ForeignBucketError
from deploy.site import SiteFile

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ObjectIdentifierTypeDef

_MISSING = {"404", "NoSuchKey", "NotFound", "NoSuchBucket"}
_MOST_KEYS_A_CALL = 1000


@dataclass(frozen=True)
class Bucket:
    s3: S3Client
    name: str
    owner: str
    """Account number. S3 refuses the call where the bucket is another account's."""

    def exists(self) -> bool:
        """Raises ForeignBucketError where it is another account's, or closed to the caller."""
        try:
            self.s3.head_bucket(Bucket=self.name, ExpectedBucketOwner=self.owner)
        except ClientError as error:
            if _code(error) in _MISSING:
                return False
            if _code(error) in ("403", "AccessDenied"):
                raise ForeignBucketError(
                    f"the bucket {self.name} is not the account {self.owner}'s, or closed to you"
                ) from error
            raise
        return True

    def read(self, key: str) -> bytes | None:
        try:
            found = self.s3.get_object(Bucket=self.name, Key=key, ExpectedBucketOwner=self.owner)
        except ClientError as error:
            if _code(error) in _MISSING:
                return None
            raise
        return found["Body"].read()

    def holds(self, file: SiteFile) -> bool:
        """Whether the object is this file already, headers and all."""
        try:
            head = self.s3.head_object(
                Bucket=self.name, Key=file.key, ExpectedBucketOwner=self.owner
            )
        except ClientError as error:
            if _code(error) in _MISSING:
                return False
            raise
        there = (head["Metadata"].get("sha256"), head["ContentType"], head.get("CacheControl"))
        return there == (file.sha256, file.content_type, file.cache_control)

    def put(self, file: SiteFile) -> None:
        self.s3.put_object(
            Bucket=self.name,
            Key=file.key,
            Body=file.content,
            ContentType=file.content_type,
            CacheControl=file.cache_control,
            Metadata={"sha256": file.sha256},
            ExpectedBucketOwner=self.owner,
        )

    def delete(self, keys: Iterable[str]) -> None:
        self._delete({"Key": key} for key in keys)

    def empty(self) -> int:
        """Delete every object with all its versions; how many there were."""
        return self._delete(self._versions())

    def _versions(self) -> Iterator[ObjectIdentifierTypeDef]:
        pages = self.s3.get_paginator("list_object_versions").paginate(
            Bucket=self.name, ExpectedBucketOwner=self.owner
        )
        for page in pages:
            for version in page.get("Versions", []):
                yield {"Key": version["Key"], "VersionId": version["VersionId"]}
            for marker in page.get("DeleteMarkers", []):
                yield {"Key": marker["Key"], "VersionId": marker["VersionId"]}

    def _delete(self, objects: Iterable[ObjectIdentifierTypeDef]) -> int:
        count = 0
        for batch in batched(objects, _MOST_KEYS_A_CALL, strict=False):
            answer = self.s3.delete_objects(
                Bucket=self.name,
                Delete={"Objects": list(batch), "Quiet": True},
                ExpectedBucketOwner=self.owner,
            )
            if errors := answer.get("Errors", []):
                raise DeletionFailedError(
                    f"S3 keeps {len(errors)} objects of {self.name}: {errors[0].get('Code')}"
                )
            count += len(batch)
        return count


def _code(error: ClientError) -> str:
    return error.response["Error"]["Code"]
