"""Every command the README and docs/ show is run by a test, or only AWS can run it, and why."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.commands.conftest import ADDRESS, ROOT, Account

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

ON_MOTO = {
    'aws cognito-idp list-users --user-pool-id OLD_POOL --query "Users[].Username" --output text'
    " | tr '\\t' '\\n' | tr A-F a-f | sort | uniq -d": f"{ADDRESS}\n",
    "aws cognito-idp admin-user-global-sign-out --user-pool-id USER_POOL --username 0xaddress": "",
    "aws cognito-idp admin-disable-user --user-pool-id USER_POOL --username 0xaddress": "",
    "aws cognito-idp admin-update-user-attributes --user-pool-id USER_POOL --username 0xaddress"
    " --user-attributes 'Name=custom:contract_at,Value=\"1 2026-01-01T00:00:00Z\"'": "",
    "aws cognito-idp admin-get-user --user-pool-id USER_POOL --username 0xaddress"
    " --query UserAttributes": "1 2026-01-01T00:00:00Z",
    "aws apigateway get-stage --rest-api-id API --stage-name prod --query"
    ' "methodSettings.*.[requireAuthorizationForCacheControl,'
    'unauthorizedCacheControlHeaderStrategy]"': "[]",
    "aws secretsmanager put-secret-value --secret-id CURSOR_KEY"
    ' --secret-string "$(openssl rand -hex 32)"': "AWSCURRENT",
    "aws secretsmanager put-secret-value --secret-id PROVIDER_KEYS"
    " --secret-string file://keys.json": "AWSCURRENT",
    "aws secretsmanager create-secret --name nft-gallery-test/provider-keys"
    " --secret-string file://keys.json": "nft-gallery-test/provider-keys",
    "aws cloudformation describe-stack-resource --stack-name STACK"
    " --logical-resource-id GalleryApi": "PhysicalResourceId",
    "aws logs filter-log-events --log-group-name /aws/lambda/STACK-triggers"
    " --filter-pattern '{ $.code = * }' --query 'events[].message' --output text": "nonce_mismatch",
    "aws logs filter-log-events --log-group-name /aws/lambda/STACK-routes"
    " --filter-pattern '{ $.status >= 500 }' --query 'events[].message' --output text": "502",
}
"""Command -> what its output holds."""

BY_ANOTHER_TEST = {
    "make start": ("tests/e2e/test_lifecycle.py", 'command=("make", "start")'),
    "make deploy STACK=NFTGallery REGION=us-east-1": ("tests/deploy/test_make.py", 'make("stack"'),
    "make stack STACK=NFTGallery REGION=us-east-1": ("tests/deploy/test_make.py", 'make("stack"'),
    "make preflight STACK=FAILS": ("tests/deploy/test_make.py", '"stack", "STACK=Gallery"'),
    "make publish STACK=NFTGallery": ("tests/deploy/test_commands.py", '"publish"'),
    "make smoke STACK=NFTGallery": ("tests/e2e/test_smoke.py", '"smoke"'),
    "make verify SITE=http://localhost:3000": ("tests/verify/test_suite.py", '"--site"'),
    "make verify STACK=nft-gallery-test REGION=us-east-1": (
        "tests/verify/test_on_aws.py",
        "verify_stack(",
    ),
    ".venv/bin/pytest tests/black_box/test_answers.py --renew-snapshot": (
        "tests/black_box/test_answers.py",
        "--renew-snapshot",
    ),
    "make destroy STACK=NFTGallery": ("tests/deploy/test_commands.py", '"destroy"'),
    "make ipfs STACK=NFTGallery # or CONFIG=path/to/config.json": (
        "tests/deploy/test_commands.py",
        '"ipfs"',
    ),
    "cp prod.parameters.example prod.parameters": (
        "tests/contract/test_docs.py",
        "$(cat prod.parameters.example)",
    ),
    "sam build": ("Makefile", "$(SAM) build"),
}
"""Command -> the file of the test run that runs it, and where in it."""

ONLY_ON_AWS = {
    "aws apigateway flush-stage-cache --rest-api-id API --stage-name prod": "moto has no cache",
    "aws logs tail /aws/apigateway/STACK-access": "in version 2 of the AWS CLI only",
    "sam deploy --parameter-overrides $(cat prod.parameters) --capabilities CAPABILITY_NAMED_IAM"
    " --guided --confirm-changeset": "moto does not transform AWS::Serverless",
    "sam deploy --stack-name FAILS --resolve-s3 --capabilities CAPABILITY_NAMED_IAM"
    " --parameter-overrides $(cat prod.parameters) UserDeletionProtection=on"
    " SiteWebAclArn=arn:aws:wafv2:us-east-1:123456789012:global/webacl/none/"
    "00000000-0000-4000-8000-000000000000": "as above",
    "aws cloudformation deploy --template-file codepipeline.yaml --stack-name nft-gallery-pipeline"
    " --capabilities CAPABILITY_IAM --parameter-overrides ConnectionArn=ARN"
    " Repository=OWNER/REPOSITORY": "moto has no pipelines with connections",
    "aws cloudformation deploy --template-file deploy/bootstrap.yaml"
    " --capabilities CAPABILITY_NAMED_IAM --stack-name nft-gallery-test-bootstrap"
    " --parameter-overrides StackName=nft-gallery-test Environment=test"
    " GitHubRepository=OWNER/REPOSITORY": "moto answers its change set with a fault of its own",
    "curl -s NODE_URL -H 'content-type: application/json' -d @call.json": "it asks your own node",
    "cd nft-gallery # your clone of this repository": "it names your own folder",
    "ipfs add --recursive --cid-version=1 --raw-leaves"
    " --chunker=size-1048576 build/ipfs": "kubo is not on this machine",
}
"""Command -> why no test runs it."""


def commands() -> list[str]:
    """Every line of a shell block, and every call of the AWS CLI in running text."""
    lines = [line for page in PAGES for block in _blocks(page) for line in block if line]
    inline = [call for page in PAGES for call in re.findall(r"`(aws \S+ [^`]+)`", page.read_text())]
    return list(dict.fromkeys([*lines, *inline]))


def _blocks(page: Path) -> list[list[str]]:
    found = re.findall(r"^( *)```sh\n(.*?)^\1```", page.read_text(), re.DOTALL | re.MULTILINE)
    return [[" ".join(line.split()) for line in _lines(text)] for _, text in found]


def _lines(text: str) -> list[str]:
    return text.replace("\\\n", " ").splitlines()


@pytest.mark.parametrize(("command", "holds"), ON_MOTO.items())
def test_a_documented_command_works_as_written(
    command: str, holds: str, account: Account, tmp_path: Path
) -> None:
    assert holds in account.run(command, tmp_path)


def test_every_documented_command_is_known_and_no_other() -> None:
    known = [*ON_MOTO, *BY_ANOTHER_TEST, *ONLY_ON_AWS]
    assert sorted(commands()) == sorted(known)


@pytest.mark.parametrize(("file", "words"), BY_ANOTHER_TEST.values())
def test_what_is_said_to_run_a_command_does(file: str, words: str) -> None:
    assert words in (ROOT / file).read_text()
