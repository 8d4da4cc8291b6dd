"""One reading of a token's document, in the forms strangers write it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethereum.token_document import TokenDocument
from ethereum.untrusted_json import read_json

CID = "QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o"
HAT = [("Hat", "Red", None, None)]
FORMS: list[tuple[str, list[tuple[Any, ...]]]] = [
    ('{"attributes":[{"trait_type":"Hat","value":"Red"}]}', HAT),
    ('{"attributes":[],"traits":[{"trait_type":"Hat","value":"Red"}]}', HAT),
    ('{"attributes":{},"traits":[{"trait_type":"Hat","value":"Red"}]}', HAT),
    ('{"attributes":null,"properties":[{"trait_type":"Hat","value":"Red"}]}', HAT),
    ('{"attributes":[{"traitType":"Hat","value":"Red"}]}', HAT),
    ('{"attributes":[{"name":"Hat","value":"Red"}]}', HAT),
    ('{"attributes":{"Hat":"Red"}}', HAT),
    ('{"traits":{"Hat":"Red"}}', HAT),
    ('{"attributes":["Red"]}', [(None, "Red", None, None)]),
    (
        '{"attributes":[{"trait_type":"Level","value":7,"display_type":"number","max_value":9}]}',
        [("Level", 7, "number", 9)],
    ),
    ('{"attributes":[null,{}],"traits":[{"trait_type":"Hat","value":"Red"}]}', HAT),
    ('{"properties":[{"traitType":"Hat","value":"Red"}]}', HAT),
    ('{"properties":{"attributes":[{"trait_type":"Hat","value":"Red"}]}}', HAT),
    ('{"properties":{"traits":[{"name":"Hat","value":"Red"}]}}', HAT),
    ('{"properties":{"attributes":{"type":"array","description":"of traits"}}}', []),
    ('{"attributes":{"Hat":{"value":"Red"}}}', HAT),
    ('{"attributes":[{"trait_type":"","traitType":null,"name":"Hat","value":"Red"}]}', HAT),
    (
        '{"attributes":[{"traitType":"Level","value":7,"displayType":"number","maxValue":9}]}',
        [("Level", 7, "number", 9)],
    ),
    ('{"attributes":[{"value":18446744073709551616}]}', [(None, str(2**64), None, None)]),
    ('{"attributes":[{"value":9007199254740993}]}', [(None, str(2**53 + 1), None, None)]),
    ('{"attributes":[{"value":-9007199254740993}]}', [(None, str(-(2**53) - 1), None, None)]),
    ('{"attributes":[{"value":9007199254740991}]}', [(None, 2**53 - 1, None, None)]),
    (
        '{"attributes":[{"value":0.1234567890123456789,"max_value":18446744073709551616}]}',
        [(None, "0.1234567890123456789", None, str(2**64))],
    ),
    ('{"attributes":[{"value":0.30000000000000004}]}', [(None, 0.1 + 0.2, None, None)]),
    ('{"attributes":[{"value":1e-400}]}', [(None, "1e-400", None, None)]),
    ('{"attributes":[{"value":7,"max_value":"9"}]}', [(None, 7, None, None)]),
    ('{"attributes":[{"value":1e999,"max_value":1e999}]}', [(None, "1e999", None, None)]),
    ('{"attributes":[{"value":NaN}]}', [(None, "", None, None)]),
    ('{"attributes":[{"value":true}]}', [(None, True, None, None)]),
    ('{"attributes":[{"value":0.5}]}', [(None, 0.5, None, None)]),
    ('{"attributes":[{"trait_type":7,"value":{"a":[1]}}]}', [("7", '{"a": [1]}', None, None)]),
    ('{"attributes":[{"trait_type":"A","value":"\\ud800"}]}', [("A", "\ufffd", None, None)]),
    ('{"properties":{"Hat":"Red"}}', []),
    ('{"attributes":"none","traits":7}', []),
    ("{}", []),
]  # fmt: skip


def read(text: str) -> Any:
    fields = read_json(text)
    assert isinstance(fields, dict)
    return TokenDocument(fields, 7)


@pytest.mark.parametrize(("text", "traits"), FORMS)
def test_traits_are_read_in_every_form(text: str, traits: list[tuple[Any, ...]]) -> None:
    assert [tuple(trait.values()) for trait in read(text).traits] == traits


def test_traits_are_counted() -> None:
    assert len(read(json.dumps({"attributes": [1] * 5000})).traits) == 1000


@pytest.mark.parametrize("depth", [100, 900, 5_000, 100_000])
def test_a_trait_nested_too_deep_breaks_no_token(depth: int) -> None:
    deep = "[" * depth + "]" * depth
    body = f'{{"traits":[{{"trait_type":"A","value":{deep}}},{{"trait_type":"B","value":7}}]}}'
    first, second = read(body).traits
    assert (first["trait_type"], second["value"]) == ("A", 7)
    assert isinstance(first["value"], str)


@pytest.mark.parametrize("name", ["image", "image_url", "imageUrl", "image_data"])
def test_an_image_has_four_names_and_may_be_markup(name: str) -> None:
    assert read(json.dumps({name: f"ipfs://{CID}"})).image == f"ipfs://{CID}"
    svg = " <svg width='100%'/>"
    assert read(json.dumps({name: svg})).image == "data:image/svg+xml, <svg width='100%25'/>"
    lines = "<svg\nfill='#f0f'>\t\r</svg>"
    kept = "data:image/svg+xml,<svg%0Afill='%23f0f'>%09%0D</svg>"
    assert read(json.dumps({name: lines})).image == kept
    assert read(json.dumps({name: "<html><svg>"})).image == "<html><svg>"
    for nothing in ("", " ", 7, None, ["x"]):
        assert read(json.dumps({name: nothing})).image is None
    assert read(json.dumps({"image": " ", "image_url": "x"})).image == "x"


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ({"external_url": "https://a.example/7"}, "https://a.example/7"),
        ({"external_link": "https://a.example/#/7"}, "https://a.example/#/7"),
        ({"external_url": "", "external_link": "https://a.example/7"}, "https://a.example/7"),
        ({"external_url": "javascript:x", "external_link": "https://a.b/"}, "https://a.b/"),
        ({"external_url": "https://a.example/{id}"}, f"https://a.example/{7:064x}"),
        ({"external_url": f"ipfs://{CID}"}, f"https://ipfs.io/ipfs/{CID}"),
        ({"external_url": "data:image/png;base64,AAAA"}, None),
        ({"external_url": "http://a.example"}, None),
        ({"external_url": 7}, None),
    ],
)
def test_a_link_leads_to_a_web_site_or_nowhere(fields: dict[str, object], url: str | None) -> None:
    assert read(json.dumps(fields)).external_url == url


def test_texts_are_data_and_never_half_a_character() -> None:
    markup = "<img src=x onerror=alert(1)>\u202e\0" + "Z\u0335" * 50
    document = read(json.dumps({"name": markup, "description": 7, "animation": "x"}))
    assert (document.name, document.description, document.animation) == (markup, "7", "x")
    assert read('{"name":"a\\ud800","description":["x"]}').name == "a\ufffd"


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
names = st.sampled_from(["name", "image", "attributes", "traits", "properties", "external_url"])


@given(st.dictionaries(names, values))
def test_whatever_stands_in_a_document_it_is_json_again(fields: dict[str, object]) -> None:
    document = TokenDocument(fields, 7)
    read = [document.name, document.description, document.image, document.animation]
    json.dumps([*read, document.external_url, document.traits], allow_nan=False).encode()
