import base64
from xml.etree import ElementTree

import pytest

from stand_ins.art.characters import ape, kitty, penguin
from stand_ins.art.patterns import card, coin, flow, poster
from stand_ins.art.svg import Style, draw
from stand_ins.catalogue import COLLECTIONS, token

STYLES = [ape, card, coin, flow, kitty, penguin, poster]
PREFIX = "data:image/svg+xml;base64,"


@pytest.mark.parametrize("style", STYLES)
def test_draws_small_well_formed_pictures_that_load_and_run_nothing(style: Style) -> None:
    for number in range(50):
        uri = draw(style, f"seed {number}")
        text = base64.b64decode(uri.removeprefix(PREFIX)).decode()
        tags = {node.tag.rpartition("}")[2] for node in ElementTree.fromstring(text).iter()}  # noqa: S314
        assert tags <= {"svg", "g", "rect", "circle", "ellipse", "path", "text"}
        assert "href" not in text
        assert len(uri) < 6000


@pytest.mark.parametrize("style", [ape, card, flow, kitty, penguin])
def test_draws_the_same_seed_alike_and_others_differently(style: Style) -> None:
    assert draw(style, "a") == draw(style, "a")
    assert len({draw(style, str(number)) for number in range(40)}) > 35


def test_a_token_is_drawn_once_while_it_is_asked_for() -> None:
    assert token(COLLECTIONS[0], 7) is token(COLLECTIONS[0], 7)
