"""No resource waits for itself, whichever options are on: CloudFormation would refuse the template.

cfn-lint looks for circles too, but not for those through what SAM makes several resources of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from typing import Any

from local.template.document import transform_document
from local.template.parameters import resolve_parameters
from tests.contract.conftest import CANARIES


def named_in(value: Any) -> Iterator[str]:
    """Logical ids and parameters that a value refers to, in every branch of every Fn::If."""
    if isinstance(value, list):
        for item in value:
            yield from named_in(item)
    if not isinstance(value, dict):
        return
    for key, given in value.items():
        if key in ("Ref", "DependsOn", "Fn::GetAtt"):
            words = [given] if isinstance(given, str) else given
            yield from words if key == "DependsOn" else (words[0].split(".")[0],)
        elif key == "Fn::Sub":
            text = given if isinstance(given, str) else given[0]
            yield from (name.split(".")[0] for name in re.findall(r"\$\{([^!}]+)\}", text))
            yield from named_in(given)
        else:
            yield from named_in(given)


def test_no_resource_waits_for_itself(document: dict[str, Any]) -> None:
    parameters = resolve_parameters(document["Parameters"], CANARIES)
    texts = {k: ",".join(v) if isinstance(v, list) else v for k, v in parameters.items()}
    made = transform_document(document, texts, region="us-east-1")["Resources"]
    graph = {name: {to for to in named_in(item) if to in made} for name, item in made.items()}
    assert "GalleryApi" in graph["Distribution"]
    assert "Distribution" in graph["GetNFTsAlchemyFunction"]
    order = list(TopologicalSorter(graph).static_order())  # a CycleError names the circle
    assert order.index("UserPool") < order.index("GalleryApi") < order.index("Distribution")
