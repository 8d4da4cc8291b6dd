"""Every lookup and every refusal of one is a CloudWatch metric: real routes, real patterns."""

from __future__ import annotations

import pytest

from local.template.stack_template import StackTemplate
from nft.errors import NotHolderError, UpstreamAuthError
from runtime.answer import Answer, CacheUse
from tests.contract.conftest import deployed_with, monitoring_of
from tests.contract.metric_filters import Counted, count
from tests.contract.production import PROD
from tests.fixtures.answered_route import answered


@pytest.fixture(scope="module")
def prod() -> StackTemplate:
    return monitoring_of(deployed_with(**PROD))


def counted(stack: StackTemplate, outcome: Answer | Exception) -> list[Counted]:
    """What the filters make of the line that a route with this outcome writes."""
    _, log = answered(outcome, {})
    return count(stack, "/aws/lambda/gallery-routes", log.splitlines())


def by(metric: str, key: str, value: str) -> Counted:
    return Counted("NFTGallery/gallery", metric, 1, ((key, value),))


@pytest.mark.parametrize("use", ["none", "miss", "hit", "stale"])
def test_a_lookup_is_counted_by_what_memory_did(prod: StackTemplate, use: CacheUse) -> None:
    assert counted(prod, Answer("{}", cache=use)) == [by("LookupsByCache", "Cache", use)]


@pytest.mark.parametrize(
    ("error", "code"), [(NotHolderError(), "not_a_holder"), (ValueError(), "internal_error")]
)
def test_a_refused_lookup_is_counted_by_its_code(
    prod: StackTemplate, error: Exception, code: str
) -> None:
    assert counted(prod, error) == [
        by("LookupRefusalsByCode", "Code", code),
        by("LookupsByCache", "Cache", "none"),
    ]


def test_a_refused_key_is_counted_for_its_alarm(prod: StackTemplate) -> None:
    found = counted(prod, UpstreamAuthError())
    assert Counted("NFTGallery/gallery", "ProviderKeyRefusals", 1) in found
