"""The commands as make runs them, on a stack in moto's memory and the real build of the dApp."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from deploy.commands import COMMANDS
from deploy.errors import BadOutputError, NotConfirmedError, StackNotReadyError
from tests.deploy.conftest import CONFIG, Deploy

ROOT = Path(__file__).resolve().parents[2]


def run(command: str, **arguments: Any) -> None:
    given = {"stack": "Gallery", "region": "us-east-1", "parameters": "none", "site": ""}
    more = {"config": "", "folder": "", "wait": "", "confirm": "", "delete_users": ""}
    more |= {"only_profile": ""}
    COMMANDS[command](Namespace(**{**given, **more, **arguments}))


def test_publish_uploads_the_dapp_with_its_stacks_configuration(
    deploy: Deploy, capsys: pytest.CaptureFixture[str]
) -> None:
    deployment = deploy()
    run("publish")
    told = capsys.readouterr().out.splitlines()
    page = (deployment.bucket.read("index.html") or b"").decode()
    assert "connect-src 'self' https://cognito-idp.us-east-1.amazonaws.com" in page
    assert json.loads(deployment.bucket.read("config.json") or b"") == CONFIG
    assert told[-1] == "the gallery is at https://d111111abcdef8.cloudfront.net"
    assert told[-4].startswith(f"[{len(told) - 3}/{len(told) - 3}] index.html")
    distribution = deployment.stack.outputs["DistributionId"]
    found = deployment.clients.cloudfront.list_invalidations(DistributionId=distribution)
    assert found["InvalidationList"]["Quantity"] == 1


def test_publish_works_on_no_stack_that_is_being_made(deploy: Deploy) -> None:
    deployment = deploy()
    deployment.clients.cloudformation.create_change_set(
        StackName="New",
        ChangeSetName="first",
        ChangeSetType="CREATE",
        TemplateBody=json.dumps({"Description": "NFT Gallery", "Resources": {}}),
    )
    with pytest.raises(StackNotReadyError, match=r"REVIEW_IN_PROGRESS: .*deploy it"):
        run("publish", stack="New")


def test_destroy_takes_the_name_beforehand_and_says_what_remains(
    deploy: Deploy, capsys: pytest.CaptureFixture[str]
) -> None:
    deployment = deploy()
    run("publish")
    with pytest.raises(NotConfirmedError):
        run("destroy", confirm="yes")
    run("destroy", confirm="Gallery")
    # not the last word on buckets: moto makes one anew where a deleted stack's resources are listed
    assert deployment.bucket.exists() is False
    assert capsys.readouterr().out.splitlines()[-1] == "remains: nothing"


def test_ipfs_takes_a_configuration_from_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config, folder = tmp_path / "config.json", tmp_path / "ipfs"
    with pytest.raises(BadOutputError, match="cannot be read"):
        run("ipfs", config=str(config), folder=str(folder))
    config.write_text(json.dumps(CONFIG))
    run("ipfs", config=str(config), folder=str(folder))
    assert json.loads((folder / "config.json").read_text()) == CONFIG
    assert capsys.readouterr().out.splitlines()[-1].startswith("bafybei")
