"""What a token says of itself: the JSON document behind its URI, in the forms strangers write.

https://eips.ethereum.org/EIPS/eip-721 ("ERC721 Metadata JSON Schema")
https://eips.ethereum.org/EIPS/eip-1155#metadata
https://docs.opensea.io/docs/metadata-standards

Why: ARCHITECTURE.md, ethereum.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

from ethereum.shown_url import remote_url
from ethereum.svg import is_svg, svg_as_uri
from ethereum.untrusted_json import exact_number, first_text, scalar, text

MAX_TRAITS = 1000
_TRAITS = ("attributes", "traits")


class Trait(TypedDict):
    """As JSON, in OpenSea's names. A number that JavaScript has not is text with its digits."""

    trait_type: str | None
    value: str | int | float | bool
    display_type: str | None
    max_value: int | float | str | None


@dataclass(frozen=True)
class TokenDocument:
    """`fields` is the JSON object, as `read_json` gives it. Nothing in it is an error.

    Texts are data, whatever markup is in them.
    """

    fields: Mapping[str, object]
    token_id: int

    @property
    def name(self) -> str | None:
        return text(self.fields.get("name"))

    @property
    def description(self) -> str | None:
        return text(self.fields.get("description"))

    @property
    def image(self) -> str | None:
        """A URI of any scheme, as it is written, of any length; markup is a data: URI."""
        for name in ("image", "image_url", "imageUrl", "image_data"):
            image = self.fields.get(name)
            if isinstance(image, str) and image and not image.isspace():
                is_markup = image.lstrip().startswith("<") and is_svg(image)
                return svg_as_uri(image) if is_markup else image
        return None

    @property
    def animation(self) -> str | None:
        """A URI of any scheme, as it is written."""
        return first_text(self.fields.get("animation_url"), self.fields.get("animation"))

    @property
    def external_url(self) -> str | None:
        """Of a web site: https, or None."""
        for name in ("external_url", "external_link"):
            if (uri := text(self.fields.get(name))) and (url := remote_url(uri, self.token_id)):
                return url
        return None

    @property
    def traits(self) -> tuple[Trait, ...]:
        """Of the first field that holds any: a list, or an object of names and values.

        `properties` as an object is ERC-1155's, for anything: only lists in it are traits.
        """
        for name in _TRAITS:
            if items := _items(self.fields.get(name)):
                return _traits(items)
        inner = self.fields.get("properties")
        for candidate in map(inner.get, _TRAITS) if isinstance(inner, dict) else [inner]:
            if isinstance(candidate, list) and (items := _items(candidate)):
                return _traits(items)
        return ()


def _traits(items: list[object]) -> tuple[Trait, ...]:
    return tuple(_trait(item) for item in items[:MAX_TRAITS])


def _items(candidate: object) -> list[object]:
    if isinstance(candidate, dict):
        return [_named(name, value) for name, value in candidate.items()]
    listed = candidate if isinstance(candidate, list) else []
    return [item for item in listed if item not in (None, {})]


def _named(name: str, value: object) -> object:
    if isinstance(value, dict) and "value" in value:
        return {"name": name, **value}
    return {"name": name, "value": value}


def _trait(item: object) -> Trait:
    if not isinstance(item, dict):
        return {"trait_type": None, "value": scalar(item), "display_type": None, "max_value": None}
    display, maximum = item.get("display_type"), item.get("max_value")
    return {
        "trait_type": first_text(item.get("trait_type"), item.get("traitType"), item.get("name")),
        "value": scalar(item.get("value")),
        "display_type": text(item.get("displayType") if display is None else display),
        "max_value": exact_number(item.get("maxValue") if maximum is None else maximum),
    }
