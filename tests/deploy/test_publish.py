"""The site in the bucket: what is uploaded, in what order, and what an interruption leaves."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from deploy.bucket import Bucket
from deploy.errors import ForeignBucketError
from deploy.publish import publish
from deploy.site import read_site
from tests.deploy.conftest import ACCOUNT, CONFIG, NOW, Deploy, Deployment, Proxy, build

RECORD = ".publication.json"
HEADERS = {
    "assets/index-oneaaaaa.js": (
        "text/javascript; charset=utf-8",
        "public, max-age=31536000, immutable",
    ),
    "assets/index-onebbbbb.css": (
        "text/css; charset=utf-8",
        "public, max-age=31536000, immutable",
    ),
    "favicon.svg": ("image/svg+xml; charset=utf-8", "no-cache"),
    "config.json": ("application/json; charset=utf-8", "no-cache"),
    "index.html": ("text/html; charset=utf-8", "no-cache"),
}


class StoppedError(Exception):
    pass


def publish_to(deployment: Deployment, built: Path, *, now: datetime = NOW, s3: Any = None) -> int:
    bucket = Bucket(s3 or deployment.clients.s3, deployment.bucket.name, ACCOUNT)
    files = read_site(built, CONFIG)
    return publish(bucket, files, stack_name=deployment.stack.name, now=now, say=lambda _: None)


def interrupting(client: Any, after: int) -> Any:
    """A client whose uploads stop after so many."""
    puts = 0

    def before(operation: str, request: dict[str, Any]) -> None:
        nonlocal puts
        if operation == "put_object":
            puts += 1
            if puts > after:
                raise StoppedError

    return Proxy(client, before)


def page_of(deployment: Deployment) -> str:
    return (deployment.bucket.read("index.html") or b"").decode()


def named_in(page: str) -> str:
    return page.split('src="./')[1].split('"')[0]


def test_every_file_is_uploaded_with_its_type_and_how_long_it_may_be_kept(
    deploy: Deploy, built: Path
) -> None:
    deployment = deploy()
    assert publish_to(deployment, built) == len(HEADERS)
    assert deployment.objects() == sorted([*HEADERS, RECORD])
    for key, expected in HEADERS.items():
        head = deployment.clients.s3.head_object(Bucket=deployment.bucket.name, Key=key)
        assert (head["ContentType"], head["CacheControl"]) == expected


def test_what_a_page_names_is_there_before_the_page(deploy: Deploy, built: Path) -> None:
    deployment, order = deploy(), list[str]()

    def note(operation: str, request: dict[str, Any]) -> None:
        if operation == "put_object" and request["Key"] != RECORD:
            order.append(request["Key"])

    publish_to(deployment, built, s3=Proxy(deployment.clients.s3, note))
    assert order[-2:] == ["config.json", "index.html"]
    assert [key.startswith("assets/") for key in order] == [True, True, False, False, False]


def test_a_second_run_uploads_nothing(deploy: Deploy, built: Path) -> None:
    deployment, written = deploy(), list[str]()
    publish_to(deployment, built)

    def note(operation: str, request: dict[str, Any]) -> None:
        if operation in ("put_object", "delete_objects"):
            written.append(operation)

    assert publish_to(deployment, built, s3=Proxy(deployment.clients.s3, note)) == 0
    assert written == []


def test_an_object_with_the_wrong_headers_is_uploaded_again(deploy: Deploy, built: Path) -> None:
    deployment = deploy()
    publish_to(deployment, built)
    page = deployment.bucket.read("index.html") or b""
    deployment.clients.s3.put_object(
        Bucket=deployment.bucket.name, Key="index.html", Body=page, ContentType="text/plain"
    )
    assert publish_to(deployment, built) == 1


@pytest.mark.parametrize("uploads", range(5))
def test_an_interrupted_upload_leaves_the_old_site_whole_and_goes_on_where_it_stopped(
    deploy: Deploy, built: Path, uploads: int
) -> None:
    deployment = deploy()
    publish_to(deployment, built)
    old = page_of(deployment)
    build(built, "two")
    with pytest.raises(StoppedError):
        publish_to(deployment, built, s3=interrupting(deployment.clients.s3, uploads))
    page = page_of(deployment)
    assert deployment.bucket.read(named_in(page)) is not None
    # 1 record, 2 assets, then index.html: favicon and config.json are as before
    assert (page == old) is (uploads < 4)
    missing = 3 - min(max(uploads - 1, 0), 3)
    assert publish_to(deployment, built) == missing
    assert "index-twoaaaaa.js" in page_of(deployment)


def test_one_refused_upload_leaves_the_old_site(deploy: Deploy, built: Path) -> None:
    deployment = deploy()
    publish_to(deployment, built)
    old = page_of(deployment)
    build(built, "two")

    def refuse(operation: str, request: dict[str, Any]) -> None:
        if operation == "put_object" and request["Key"].endswith(".css"):
            raise ClientError({"Error": {"Code": "SlowDown", "Message": ""}}, "PutObject")

    with pytest.raises(ClientError):
        publish_to(deployment, built, s3=Proxy(deployment.clients.s3, refuse))
    assert page_of(deployment) == old


def test_open_tabs_find_the_files_of_their_build_for_a_week(deploy: Deploy, built: Path) -> None:
    deployment, week = deploy(), timedelta(days=7)
    publish_to(deployment, built, now=NOW - timedelta(days=90))
    build(built, "two")
    publish_to(deployment, built)
    assert "assets/index-oneaaaaa.js" in deployment.objects()
    publish_to(deployment, built, now=NOW + week)
    assert "assets/index-oneaaaaa.js" in deployment.objects()
    publish_to(deployment, built, now=NOW + week + timedelta(seconds=1))
    assert "assets/index-oneaaaaa.js" not in deployment.objects()
    assert "assets/index-twoaaaaa.js" in deployment.objects()


def test_files_of_an_upload_that_never_ended_go_too(deploy: Deploy, built: Path) -> None:
    deployment = deploy()
    with pytest.raises(StoppedError):
        publish_to(deployment, built, s3=interrupting(deployment.clients.s3, 2))
    build(built, "two")
    publish_to(deployment, built, now=NOW + timedelta(days=8))
    assert not [key for key in deployment.objects() if "one" in key]


def test_a_build_that_comes_back_is_not_deleted_as_an_old_one(deploy: Deploy, built: Path) -> None:
    deployment = deploy()
    publish_to(deployment, built)
    build(built, "two")
    publish_to(deployment, built)
    build(built, "one")
    publish_to(deployment, built, now=NOW + timedelta(days=1))
    publish_to(deployment, built, now=NOW + timedelta(days=30))
    assert "assets/index-oneaaaaa.js" in deployment.objects()


def test_objects_nobody_published_are_left_alone(deploy: Deploy, built: Path) -> None:
    deployment = deploy()
    deployment.clients.s3.put_object(Bucket=deployment.bucket.name, Key="mine.txt", Body=b"x")
    publish_to(deployment, built)
    publish_to(deployment, built, now=NOW + timedelta(days=30))
    assert "mine.txt" in deployment.objects()


@pytest.mark.parametrize(
    "record",
    [b'{"stack": "Other", "live": [], "retired": {}}', b"{}", b"[]", b"not JSON", b"\xff"],
)
def test_a_bucket_with_the_site_of_another_stack_is_refused(
    deploy: Deploy, built: Path, record: bytes
) -> None:
    deployment = deploy()
    deployment.clients.s3.put_object(Bucket=deployment.bucket.name, Key=RECORD, Body=record)
    with pytest.raises(ForeignBucketError):
        publish_to(deployment, built)
    assert deployment.objects() == [RECORD]


def test_a_bucket_of_another_account_is_refused(deploy: Deploy, built: Path) -> None:
    deployment = deploy()

    def refuse(operation: str, request: dict[str, Any]) -> None:
        raise ClientError({"Error": {"Code": "403", "Message": "Forbidden"}}, "HeadBucket")

    with pytest.raises(ForeignBucketError):
        publish_to(deployment, built, s3=Proxy(deployment.clients.s3, refuse))


def test_a_bucket_that_is_gone_is_said_to_be(deploy: Deploy, built: Path) -> None:
    deployment = deploy()
    deployment.clients.s3.delete_bucket(Bucket=deployment.bucket.name)
    with pytest.raises(ForeignBucketError, match="is gone"):
        publish_to(deployment, built)


def test_every_call_names_the_account_that_must_own_the_bucket(deploy: Deploy, built: Path) -> None:
    deployment, owners = deploy(), set[tuple[str, str]]()

    def note(operation: str, request: dict[str, Any]) -> None:
        owners.add((operation, request.get("ExpectedBucketOwner", "anybody")))

    s3: Any = Proxy(deployment.clients.s3, note)
    publish_to(deployment, built, s3=s3)
    build(built, "two")
    publish_to(deployment, built, s3=s3)
    publish_to(deployment, built, s3=s3, now=NOW + timedelta(days=30))
    Bucket(s3, deployment.bucket.name, ACCOUNT).empty()
    operations = {"head_bucket", "get_object", "head_object", "put_object", "delete_objects"}
    assert owners == {(name, ACCOUNT) for name in {*operations, "list_object_versions"}}
