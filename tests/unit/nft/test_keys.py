"""Provider keys, against moto's Secrets Manager."""

import json

import pytest

from nft.errors import ProviderKeyError, UpstreamAuthError
from nft.providers.client import ProviderKeys
from runtime.cached_secret import MAX_AGE_SECONDS, Secret
from runtime.deadline import Deadline
from runtime.secrets_manager import SecretsManager
from tests.fixtures.secrets_manager import Vault, secrets_endpoint, stored, vault
from tests.fixtures.upstream import ALCHEMY_KEY, MORALIS_KEY
from tests.unit.nft.gallery_fixtures import Clock

__all__ = ["secrets_endpoint", "vault"]

SECRET = json.dumps({"AlchemyApiKey": ALCHEMY_KEY, "MoralisApiKey": f" {MORALIS_KEY}\n"})


def real(vault: Vault) -> SecretsManager:
    return SecretsManager(vault.environment, read_seconds=5.0)


def test_reads_both_keys_from_one_secret(vault: Vault) -> None:
    keys = ProviderKeys(stored(vault, SECRET), real(vault), clock=Clock())
    assert keys.alchemy().reveal() == ALCHEMY_KEY
    assert keys.moralis().reveal() == MORALIS_KEY
    assert ALCHEMY_KEY not in f"{keys.alchemy()} {keys.alchemy()!r} {vars(keys)}"
    assert ALCHEMY_KEY not in str(vars(keys.alchemy))


def test_sees_a_new_key_once_the_old_one_is_too_old(vault: Vault) -> None:
    clock = Clock()
    keys = ProviderKeys(stored(vault, SECRET), real(vault), clock=clock)
    assert keys.alchemy().reveal() == ALCHEMY_KEY
    vault.client.put_secret_value(
        SecretId="provider-keys", SecretString=json.dumps({"AlchemyApiKey": "rotated"})
    )
    clock.advance(MAX_AGE_SECONDS - 1)
    assert keys.alchemy().reveal() == ALCHEMY_KEY, "still kept"
    clock.advance(1)
    assert keys.alchemy().reveal() == "rotated"


def test_sees_a_new_key_at_once_where_the_old_one_is_refused(vault: Vault) -> None:
    keys = ProviderKeys(stored(vault, SECRET), real(vault), clock=Clock())
    seen: list[str] = []

    def send(key: Secret) -> str:
        seen.append(key.reveal())
        if key.reveal() == ALCHEMY_KEY:
            raise UpstreamAuthError("refused")
        return "page"

    keys.alchemy()
    vault.client.put_secret_value(
        SecretId="provider-keys", SecretString=json.dumps({"AlchemyApiKey": "rotated"})
    )
    assert keys.alchemy.ask(send, Deadline.after(8.0, Clock())) == "page"
    assert seen == [ALCHEMY_KEY, "rotated"]
    assert keys.moralis().reveal() == MORALIS_KEY, "a key the new version lacks is not thrown away"


def test_says_why_the_secret_cannot_be_read(vault: Vault) -> None:
    keys = ProviderKeys(
        "arn:aws:secretsmanager:us-east-1:1:secret:no",
        real(vault),
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
