"""Provider keys, against moto's Secrets Manager."""

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from aws_lambda_powertools.utilities.parameters import SecretsProvider
from moto import mock_aws

from nft.errors import ProviderKeyError, UpstreamAuthError
from nft.providers.client import ProviderKeys
from runtime.cached_secret import MAX_AGE_SECONDS, Secret, UnreadableSecretError
from runtime.deadline import Deadline
from runtime.secrets import GetSecret, secret_version, secrets_manager, secrets_provider
from tests.fixtures.upstream import ALCHEMY_KEY, MORALIS_KEY
from tests.unit.nft.gallery_fixtures import Clock

SECRET = json.dumps({"AlchemyApiKey": ALCHEMY_KEY, "MoralisApiKey": f" {MORALIS_KEY}\n"})


def reader() -> SecretsProvider:
    return secrets_provider(read_timeout=2)


def real() -> GetSecret:
    return secrets_manager(reader())


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")  # where botocore itself looks
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        yield boto3.client("secretsmanager", region_name="us-east-1")


def stored(secrets: Any, text: str) -> str:
    arn: str = secrets.create_secret(Name="provider-keys", SecretString=text)["ARN"]
    return arn


def test_reads_both_keys_from_one_secret(secrets: Any) -> None:
    keys = ProviderKeys(stored(secrets, SECRET), real(), clock=Clock())
    assert keys.alchemy().reveal() == ALCHEMY_KEY
    assert keys.moralis().reveal() == MORALIS_KEY
    assert ALCHEMY_KEY not in f"{keys.alchemy()} {keys.alchemy()!r} {vars(keys)}"
    assert ALCHEMY_KEY not in str(vars(keys.alchemy))


def test_sees_a_new_key_once_the_old_one_is_too_old(secrets: Any) -> None:
    clock = Clock()
    keys = ProviderKeys(stored(secrets, SECRET), real(), clock=clock)
    assert keys.alchemy().reveal() == ALCHEMY_KEY
    secrets.put_secret_value(
        SecretId="provider-keys", SecretString=json.dumps({"AlchemyApiKey": "rotated"})
    )
    clock.advance(MAX_AGE_SECONDS - 1)
    assert keys.alchemy().reveal() == ALCHEMY_KEY, "still kept"
    clock.advance(1)
    assert keys.alchemy().reveal() == "rotated"


def test_sees_a_new_key_at_once_where_the_old_one_is_refused(secrets: Any) -> None:
    keys = ProviderKeys(stored(secrets, SECRET), real(), clock=Clock())
    seen: list[str] = []

    def send(key: Secret) -> str:
        seen.append(key.reveal())
        if key.reveal() == ALCHEMY_KEY:
            raise UpstreamAuthError("refused")
        return "page"

    keys.alchemy()
    secrets.put_secret_value(
        SecretId="provider-keys", SecretString=json.dumps({"AlchemyApiKey": "rotated"})
    )
    assert keys.alchemy.ask(send, Deadline.after(8.0, Clock())) == "page"
    assert seen == [ALCHEMY_KEY, "rotated"]
    assert keys.moralis().reveal() == MORALIS_KEY, "a key the new version lacks is not thrown away"


def test_says_why_the_secret_cannot_be_read(secrets: Any) -> None:
    keys = ProviderKeys(
        "arn:aws:secretsmanager:us-east-1:1:secret:no",
        real(),
        clock=Clock(),
    )
    with pytest.raises(ProviderKeyError, match="ResourceNotFoundException") as failed:
        keys.alchemy()
    assert failed.value.code == "internal_error"


@pytest.mark.parametrize(
    "text",
    [
        f'{{"AlchemyApiKey": "{ALCHEMY_KEY}"',
        f'["{ALCHEMY_KEY}"]',
        f'"{ALCHEMY_KEY}"',
        json.dumps({"MoralisApiKey": ALCHEMY_KEY}),
        json.dumps({"AlchemyApiKey": ""}),
        json.dumps({"AlchemyApiKey": "  "}),
        json.dumps({"AlchemyApiKey": [ALCHEMY_KEY]}),
        json.dumps({"AlchemyApiKey": f"{ALCHEMY_KEY}\r\nX-Injected: 1"}),
        json.dumps({"AlchemyApiKey": f"{ALCHEMY_KEY} {ALCHEMY_KEY}"}),
        json.dumps({"AlchemyApiKey": f"{ALCHEMY_KEY}é"}),
    ],
)
def test_refuses_a_secret_without_a_usable_key_and_does_not_show_it(text: str) -> None:
    with pytest.raises(ProviderKeyError) as failed:
        ProviderKeys("arn", lambda _arn: text, clock=Clock()).alchemy()
    assert ALCHEMY_KEY not in repr(failed.value)
    assert failed.value.__cause__ is None
    assert failed.value.__suppress_context__ or failed.value.__context__ is None


def test_refuses_a_binary_secret() -> None:
    with pytest.raises(ProviderKeyError):
        ProviderKeys("arn", lambda _arn: SECRET.encode(), clock=Clock()).alchemy()


def test_reads_both_versions_of_a_secret_after_a_rotation(secrets: Any) -> None:
    read = secret_version(stored(secrets, "first" * 8), reader())
    assert (read("AWSCURRENT"), read("AWSPREVIOUS")) == ("first" * 8, None)
    secrets.put_secret_value(SecretId="provider-keys", SecretString="second" * 8)
    assert (read("AWSCURRENT"), read("AWSPREVIOUS")) == ("second" * 8, "first" * 8)


def test_says_why_a_version_cannot_be_read(secrets: Any) -> None:
    read = secret_version(
        "arn:aws:secretsmanager:us-east-1:1:secret:no", secrets_provider(read_timeout=2)
    )
    with pytest.raises(UnreadableSecretError, match="ResourceNotFoundException"):
        read("AWSCURRENT")
