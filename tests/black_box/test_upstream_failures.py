"""What the routes over both providers make of providers that fail.

A provider that failed is left alone for a while: what runs on the same stack afterwards notices.
"""

from __future__ import annotations

import pytest

from stand_ins.faults import fault_address
from tests.black_box.test_gallery_routes import error_of
from tests.black_box.visitor import Visitor

pytestmark = [pytest.mark.needs_stand_in, pytest.mark.upsets_providers]
# A 404 in between says that the provider is well; after three failures it would not be asked.
FAILURES = ("500", "html", "404", "truncated", "slow", "404", "redirect", "401")


def test_where_one_provider_fails_the_other_answers(unshared_client: Visitor) -> None:
    guest = unshared_client.credentials()
    for failure in FAILURES:
        route = f"chains/1/owners/{fault_address('alchemy', failure)}/nfts"
        answer = unshared_client.signed_get(route, guest, {})
        assert answer.status_code == 200, (failure, answer.text)
        assert answer.json()["provider"] == "moralis"
        assert len(answer.json()["items"]) == 3
        assert not [key for key in unshared_client.keys if key in answer.text]


def test_where_both_fail_the_caller_is_told_when_to_come_back(unshared_client: Visitor) -> None:
    guest = unshared_client.credentials()
    route = f"chains/1/owners/{fault_address('both', '500')}/nfts"
    answer = unshared_client.signed_get(route, guest, {})
    assert error_of(answer) == (503, "providers_unavailable")
    assert int(answer.headers["retry-after"]) >= 1
    assert not [key for key in unshared_client.keys if key in answer.text + str(answer.headers)]
