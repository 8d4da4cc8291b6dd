"""What the benchmark times is whole: a page of 100 tokens of each provider."""

import json

import pytest

from benchmarks.own_time import NAME, ROUTES, normalising, own_name, own_page
from names.ens_lookup import NamedAddress


@pytest.mark.parametrize("provider", ROUTES)
def test_the_page_that_is_timed_is_the_providers_own(provider: str) -> None:
    page = json.loads(own_page(provider)()["body"])
    assert (page["provider"], len(page["items"]), page["stale"]) == (provider, 100, False)


@pytest.mark.parametrize("provider", ROUTES)
def test_a_hundred_tokens_are_normalised(provider: str) -> None:
    assert len(normalising(provider)()) == 100


def test_a_name_is_looked_up_each_time() -> None:
    look_up = own_name()
    for _ in range(2):
        found = look_up()
        assert isinstance(found, NamedAddress)
        assert found.name == NAME
