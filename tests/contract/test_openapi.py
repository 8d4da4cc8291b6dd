"""docs/openapi.json: what callers of the API may know, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from local.template.stack_template import StackTemplate
from runtime.event import MAX_CURSOR_LENGTH
from tests.contract.conftest import ROOT
from tests.contract.reading import operations
from tools.openapi_rooms import read_rooms

FILE = ROOT / "docs" / "openapi.json"


@pytest.fixture(scope="module")
def exported() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(FILE.read_text())
    return document


def test_it_has_every_route_with_its_parameters_and_who_may_call(
    exported: dict[str, Any], stack: StackTemplate
) -> None:
    served = {path: item for (verb, path), item in operations(stack).items() if verb == "get"}
    assert set(exported["paths"]) == set(served)
    for path, declared in served.items():
        operation = exported["paths"][path]["get"]
        assert operation["security"] == declared.get("security", [])
        given = {
            (p["in"], p["name"]) for p in declared.get("parameters", []) if p["in"] != "header"
        }
        assert {(p["in"], p["name"]) for p in operation.get("parameters", [])} == given
        assert set(declared["responses"]) <= set(operation["responses"])


def test_it_tells_nothing_of_what_is_behind_the_api(exported: dict[str, Any]) -> None:
    text = json.dumps(exported)
    assert not re.search(
        r"x-amazon|arn:aws|not-a-key|123456789012|resolve:|g\.alchemy|moralis\.io", text
    )


def test_every_reference_leads_somewhere(exported: dict[str, Any]) -> None:
    named = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(exported)))
    assert named <= set(exported["components"]["schemas"])
    assert {"Nft", "NftPage", "ContractDetails", "Chains", "Error"} <= named


def test_what_is_found_has_a_schema_of_its_own(exported: dict[str, Any]) -> None:
    """All but the gate, which has nothing to say, and the raw answers of the providers."""
    for path, item in exported["paths"].items():
        responses = item["get"]["responses"]
        if path.startswith(("/chains", "/me")):
            schema = responses["200"]["content"]["application/json"]["schema"]
            assert schema["$ref"].startswith("#/components/schemas/")
    assert (
        "content"
        not in exported["paths"]["/gate/{chainId}/{contractAddress}"]["get"]["responses"]["204"]
    )


def test_a_cursor_may_be_as_long_as_the_document_says(exported: dict[str, Any]) -> None:
    cursors = {
        path: parameter["schema"]["maxLength"]
        for path, item in exported["paths"].items()
        for parameter in item["get"].get("parameters", [])
        if parameter["name"] == "cursor" and not path.startswith("/getNFTs")
    }
    assert "/me/nfts" in cursors
    assert set(cursors.values()) == {MAX_CURSOR_LENGTH}
    page = exported["components"]["schemas"]["NftPage"]
    assert page["properties"]["nextCursor"]["maxLength"] == MAX_CURSOR_LENGTH


def test_what_the_rooms_say_is_about_routes_and_parameters_that_exist(
    exported: dict[str, Any],
) -> None:
    rooms = read_rooms()
    operations = [item["get"] for item in exported["paths"].values()]
    declared = {p["name"] for one in operations for p in one.get("parameters", [])}
    assert set(rooms.routes) <= set(exported["paths"])
    assert set(rooms.parameters) <= declared


def test_two_rooms_may_not_say_something_of_the_same_name(tmp_path: Path) -> None:
    for room in ("nft", "names"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "openapi.yaml").write_text("schemas: {Nft: {type: object}}")
    with pytest.raises(ValueError, match="Nft"):
        read_rooms(tmp_path)
