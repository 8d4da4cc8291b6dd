"""The keys providers sign with, against moto's Secrets Manager."""

import json

import pytest

from runtime.cached_secret import MAX_AGE_SECONDS
from runtime.secrets_manager import SecretsManager, SecretsManagerError
from tests.fixtures.deliveries import ALCHEMY_KEY, MORALIS_KEY
from tests.fixtures.secrets_manager import Vault, secrets_endpoint, stored, vault
from webhooks.errors import SigningKeyError
from webhooks.keys import SigningKeys

__all__ = ["secrets_endpoint", "vault"]

OTHER = "whsec_theNextOne-0123456789"


def keys_of(secret: object) -> SigningKeys:
    return SigningKeys("arn:secret", lambda _arn: secret, clock=lambda: 0.0)


def revealed(listed: object) -> list[str]:
    return [key.reveal() for key in keys_of(json.dumps({"AlchemySigningKeys": listed})).alchemy()]


def test_reads_both_providers_keys_from_one_secret() -> None:
    text = json.dumps({"AlchemySigningKeys": ALCHEMY_KEY, "MoralisStreamSecrets": MORALIS_KEY})
    assert [key.reveal() for key in keys_of(text).alchemy()] == [ALCHEMY_KEY]
    assert [key.reveal() for key in keys_of(text).moralis()] == [MORALIS_KEY]


def test_reads_several_keys_while_one_is_rotated() -> None:
    assert revealed(f"{ALCHEMY_KEY}, {OTHER}") == [ALCHEMY_KEY, OTHER]


@pytest.mark.parametrize(
    "listed",
    [
        None,
        "",
        ",",
        f"{ALCHEMY_KEY},",
        f",{ALCHEMY_KEY}",
        "x" * 15,
        f"{ALCHEMY_KEY},short",
        f"{ALCHEMY_KEY} {OTHER}",
        f"{ALCHEMY_KEY}é",
        [ALCHEMY_KEY],
        ",".join([ALCHEMY_KEY] * 6),
    ],
)
def test_refuses_a_list_with_a_key_that_anyone_could_guess(listed: object) -> None:
    with pytest.raises(SigningKeyError) as failed:
        revealed(listed)
    assert ALCHEMY_KEY not in failed.value.cause


@pytest.mark.parametrize("secret", [None, b"{}", "", "[]", f'"{ALCHEMY_KEY}"', f"{ALCHEMY_KEY}"])
def test_refuses_a_secret_of_another_shape_and_does_not_show_it(secret: object) -> None:
    with pytest.raises(SigningKeyError) as failed:
        keys_of(secret).moralis()
    assert ALCHEMY_KEY not in repr(failed.value)
    assert failed.value.__suppress_context__ or failed.value.__context__ is None


def test_says_what_kind_of_failure_kept_it_from_reading() -> None:
    def refused(_arn: str) -> object:
        raise SecretsManagerError("AccessDeniedException")

    with pytest.raises(SigningKeyError) as failed:
        SigningKeys("arn:secret", refused, clock=lambda: 0.0).alchemy()
    assert failed.value.cause == "the secret cannot be read: AccessDeniedException"


def test_reads_from_secrets_manager(vault: Vault) -> None:
    arn = stored(vault, json.dumps({"AlchemySigningKeys": ALCHEMY_KEY}))
    secrets = SecretsManager(vault.environment, read_seconds=5.0)
    (key,) = SigningKeys(arn, secrets, clock=lambda: 0.0).alchemy()
    assert key.reveal() == ALCHEMY_KEY


def test_a_key_taken_out_of_the_secret_verifies_nothing_after_five_minutes() -> None:
    secret, now = {"AlchemySigningKeys": f"{ALCHEMY_KEY},{OTHER}"}, [0.0]
    keys = SigningKeys("arn:secret", lambda _arn: json.dumps(secret), clock=lambda: now[0])
    assert len(keys.alchemy()) == 2
    secret["AlchemySigningKeys"] = OTHER
    now[0] += MAX_AGE_SECONDS
    assert [key.reveal() for key in keys.alchemy()] == [OTHER]


def test_no_key_verifies_longer_than_its_secret_can_be_read() -> None:
    failures, now = list[Exception](), [0.0]

    def read(_arn: str) -> object:
        if failures:
            raise failures[0]
        return json.dumps({"AlchemySigningKeys": ALCHEMY_KEY})

    keys = SigningKeys("arn:secret", read, clock=lambda: now[0])
    assert keys.alchemy()
    failures.append(SecretsManagerError("denied"))
    now[0] += MAX_AGE_SECONDS
    for _ in range(2):
        with pytest.raises(SigningKeyError):
            keys.alchemy()
