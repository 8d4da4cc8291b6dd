"""The handlers as Lambda calls them: settings from the environment, once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BACKEND = Path(__file__).parents[3] / "backend"
ENVIRONMENT = {
    "ALLOWED_ORIGINS": "https://gallery.example",
    "PROVIDER_KEYS_SECRET_ARN": "arn:aws:secretsmanager:us-east-1:123456789012:secret:keys",
    "MORALIS_URL": "http://127.0.0.1:9/api/v2.2",
    "POWERTOOLS_SERVICE_NAME": "nft",
    "ALCHEMY_NETWORKS_URL": "http://127.0.0.1:9/{network}/nft/v3",
    "CURSOR_KEY_SECRET_ARN": "arn:aws:secretsmanager:us-east-1:123456789012:secret:cursor",
    "BUDGET_TABLE_NAME": "budgets",
    "POWERTOOLS_METRICS_NAMESPACE": "NFTGallery/gallery",
    "ALCHEMY_RPS": "5",
    "MORALIS_RPS": "10",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_ENDPOINT_URL_SECRETS_MANAGER": "http://127.0.0.1:9",
}
CALL = """
import json
from nft.routes.{module} import handler
class Context:
    aws_request_id = "function-request-1"
    def get_remaining_time_in_millis(self):
        return 10_000
claims = {{"cognito:username": "0x" + "1" * 40}}
context = {{"requestId": "r1", "authorizer": {{"claims": claims}}}}
event = {{"resource": "{resource}", "requestContext": context}}
print("ANSWER" + json.dumps(handler(event, Context())))
"""


def call(
    module: str, resource: str, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CALL.format(module=module, resource=resource)]
    return subprocess.run(  # noqa: S603
        command,
        cwd=BACKEND,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("module", "resource"),
    [
        ("get_nfts_alchemy", "/getNFTsAlchemyLambda"),
        ("get_nfts_moralis", "/getNFTsMoralisLambda"),
    ],
)
def test_a_handler_answers_in_the_one_shape_when_its_secret_cannot_be_read(
    module: str, resource: str
) -> None:
    done = call(module, resource, ENVIRONMENT)
    log_line, answer = done.stdout.splitlines()
    response = json.loads(answer.removeprefix("ANSWER"))
    assert response["statusCode"] == 500
    assert json.loads(response["body"])["error"]["code"] == "internal_error"
    assert json.loads(log_line)["cause"].startswith("the secret cannot be read: ")
    assert json.loads(log_line)["service"] == "nft"


@pytest.mark.parametrize("missing", ["ALLOWED_ORIGINS", "PROVIDER_KEYS_SECRET_ARN", "MORALIS_URL"])
def test_a_handler_does_not_start_without_a_setting_and_names_it(missing: str) -> None:
    environment = {name: value for name, value in ENVIRONMENT.items() if name != missing}
    done = call("get_nfts_alchemy", "/getNFTsAlchemyLambda", environment)
    assert done.returncode != 0
    assert f"MissingSettingError: {missing} is not set" in done.stderr


def test_the_gallery_handler_starts_from_its_settings() -> None:
    done = call("gallery", "/me/nfts", ENVIRONMENT)
    response = json.loads(done.stdout.splitlines()[-1].removeprefix("ANSWER"))
    assert response["statusCode"] == 503
    assert '"Namespace":"NFTGallery/gallery"' in done.stdout
