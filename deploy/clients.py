"""The AWS clients of the tools, from the region and credentials that the AWS CLI would use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

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


def connect(region: str | None) -> Clients:
    """Raises botocore's errors where there is no region or no such profile."""
    session = boto3.Session(region_name=region)
    config = Config(retries={"mode": "standard", "max_attempts": 6})
    return Clients(
        cloudformation=session.client("cloudformation", config=config),
        cloudfront=session.client("cloudfront", config=config),
        cognito_idp=session.client("cognito-idp", config=config),
        logs=session.client("logs", config=config),
        s3=session.client("s3", config=config),
        secretsmanager=session.client("secretsmanager", config=config),
    )
