"""The AWS clients of the tools, from the region and credentials that the AWS CLI would use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.loaders import Loader, create_loader
from botocore.session import get_session

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudfront import CloudFrontClient
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient


@dataclass(frozen=True)
class Clients:
    cloudformation: CloudFormationClient
    cloudfront: CloudFrontClient
    cognito_idp: CognitoIdentityProviderClient
    logs: CloudWatchLogsClient
    s3: S3Client
    secretsmanager: SecretsManagerClient


@cache
def _service_models() -> Loader:
    """What botocore knows of each service, read once a process: a megabyte of JSON."""
    return create_loader()


def session_in(region: str | None) -> boto3.Session:
    """Of the credentials that the AWS CLI would use."""
    core = get_session()
    core.register_component("data_loader", _service_models())
    return boto3.Session(botocore_session=core, region_name=region)


def connect(region: str | None) -> Clients:
    """Raises botocore's errors where there is no region or no such profile."""
    session = session_in(region)
    config = Config(retries={"mode": "standard", "max_attempts": 6})
    return Clients(
        cloudformation=session.client("cloudformation", config=config),
        cloudfront=session.client("cloudfront", config=config),
        cognito_idp=session.client("cognito-idp", config=config),
        logs=session.client("logs", config=config),
        s3=session.client("s3", config=config),
        secretsmanager=session.client("secretsmanager", config=config),
    )
