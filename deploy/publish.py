"""Uploads the site so that it works at every moment, also where the upload stops half-way.

First the files whose names change with their content, then config.json, index.html last: until
then the site is the old one. What was uploaded is skipped when the command runs again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from deploy.bucket import Bucket
from deploy.errors import ForeignBucketError
from deploy.publication import KEY, Publication, read_publication
from deploy.site import SiteFile

type Say = Callable[[str], None]


def publish(
    bucket: Bucket, files: Sequence[SiteFile], *, stack_name: str, now: datetime, say: Say
) -> int:
    """Bring the bucket in line with the files; how many were uploaded."""
    if not bucket.exists():
        raise ForeignBucketError(
            f"the stack's bucket {bucket.name} is gone: deploy the stack again"
        )
    before = read_publication(bucket.read(KEY), expected_stack=stack_name)
    keys = [file.key for file in files]
    begun = before.begun(keys, now)
    _record(bucket, before, begun)
    uploaded = _upload(bucket, files, say)
    finished = begun.finished(keys, now)
    stale = finished.stale(now)
    bucket.delete(sorted(stale))
    _record(bucket, begun, finished.without(stale))
    if stale:
        say(f"deleted {len(stale)} files of builds older than a week")
    return uploaded


def _upload(bucket: Bucket, files: Sequence[SiteFile], say: Say) -> int:
    uploaded = 0
    for number, file in enumerate(files, 1):
        is_there = bucket.holds(file)
        if not is_there:
            bucket.put(file)
            uploaded += 1
        state = "unchanged" if is_there else "uploaded"
        say(f"[{number}/{len(files)}] {file.key} ({len(file.content)} bytes) {state}")
    return uploaded


def _record(bucket: Bucket, before: Publication, after: Publication) -> None:
    if after.to_json() != before.to_json() or bucket.read(KEY) is None:
        bucket.put(SiteFile(KEY, after.to_json()))
