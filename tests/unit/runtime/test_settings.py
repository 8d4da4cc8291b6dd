import pickle

import pytest

from runtime.settings import Secret


def test_a_secret_prints_as_stars_wherever_it_is_printed() -> None:
    secret = Secret("canary-key")
    shown = f"{secret} {secret!r} {[secret]} {secret!s:>20} {{'k': {secret}}}"
    assert "canary" not in shown
    assert secret.reveal() == "canary-key"
    with pytest.raises(TypeError):
        pickle.dumps(secret)
