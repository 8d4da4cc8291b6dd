"""What was read stays as it was read: checked values cannot be changed afterwards."""

from dataclasses import FrozenInstanceError, fields
from typing import Any

import pytest

from ethereum.cid import Cid
from ethereum.data_uri import DataUri
from ethereum.https_url import HttpsUrl
from ethereum.shown_url import GATEWAYS
from ethereum.token_document import TokenDocument

VALUES = (
    Cid.parse("QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o"),
    DataUri.parse("data:,secret"),
    HttpsUrl.parse("https://host.example/path"),
    GATEWAYS,
    TokenDocument({}, 1),
)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_no_field_can_be_changed(value: Any) -> None:
    for each in fields(value):
        with pytest.raises(FrozenInstanceError):
            setattr(value, each.name, getattr(value, each.name))


def test_a_documents_bytes_do_not_fill_a_log() -> None:
    assert "secret" not in repr(DataUri.parse("data:,secret"))
