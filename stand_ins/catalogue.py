"""The collections both stand-ins know. Addresses are real and well known, the art is invented.

Tokens are made when they are asked for: a collection of 10,000 costs nothing until then.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from stand_ins.art.characters import ape, kitty, penguin
from stand_ins.art.patterns import card, flow
from stand_ins.art.svg import Style, draw
from stand_ins.dice import Dice

ERC721 = "ERC721"
ERC1155 = "ERC1155"


@dataclass(frozen=True)
class Collection:
    """`address` is EIP-55; token ids run from `first_token_id`, `total_supply` of them.

    `is_on_chain`: the contract writes the documents of its tokens itself.
    """

    address: str
    name: str | None
    symbol: str | None
    token_type: str
    description: str | None = None
    title: str = ""
    first_token_id: int = 0
    total_supply: int = 0
    deployed_block: int = 12_000_000
    floor_price: float | None = None
    verified: bool = False
    is_spam: bool = False
    is_on_chain: bool = False
    style: Style = flow
    traits: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def slug(self) -> str | None:
        return self.name.lower().replace(" ", "-") if self.name else None


@dataclass(frozen=True)
class Token:
    """One token in no provider's dialect; `token_uri` is the on-chain form."""

    collection: Collection
    token_id: int
    name: str | None
    description: str | None
    image: str | None
    token_uri: str | None
    attributes: tuple[tuple[str, str], ...] = ()
    balance: int = 1
    animation: str | None = None
    error: str | None = None

    @property
    def digest(self) -> str:
        """64 hex digits of this token's own, wherever a provider shows a hash."""
        return hashlib.sha256(f"{self.collection.address}:{self.token_id}".encode()).hexdigest()

    @property
    def document(self) -> dict[str, object]:
        """What the token URI leads to, {} where that is nothing."""
        if self.name is None:
            return {}
        document: dict[str, object] = {"name": self.name, "description": self.description}
        if self.image is not None:
            is_on_chain = (self.token_uri or "data:").startswith("data:")
            document["image"] = self.image if is_on_chain else f"{self.token_uri}.svg"
        if self.animation is not None:
            document["animation_url"] = self.animation
        attributes = [{"trait_type": name, "value": value} for name, value in self.attributes]
        return {**document, "attributes": attributes}

    def on_chain(self) -> "Token":
        """The same with its document in its token URI."""
        document = json.dumps(replace(self, token_uri=None).document).encode()
        encoded = base64.b64encode(document).decode()
        return replace(self, token_uri=f"data:application/json;base64,{encoded}")


_COLORS = ("Amber", "Coral", "Dusk", "Glacier", "Moss", "Orchid")
COLLECTIONS = (
    Collection(
        address="0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D",
        name="Bored Ape Yacht Club",
        symbol="BAYC",
        token_type=ERC721,
        description="A club of 10,000 apes. Local stand-in: the art is invented.",
        title="Bored Ape",
        total_supply=10_000,
        deployed_block=12_287_507,
        floor_price=11.4,
        verified=True,
        style=ape,
        traits=(("Background", _COLORS), ("Mood", ("Bored", "Amused", "Sleepy", "Unimpressed"))),
    ),
    Collection(
        address="0xBd3531dA5CF5857e7CfAA92426877b022e612cf8",
        name="Pudgy Penguins",
        symbol="PPG",
        token_type=ERC721,
        description="8,888 penguins on thin ice. Local stand-in: the art is invented.",
        title="Pudgy Penguin",
        total_supply=8_888,
        deployed_block=12_876_179,
        floor_price=9.85,
        verified=True,
        is_on_chain=True,
        style=penguin,
        traits=(("Background", _COLORS), ("Scarf", ("Knitted", "Silk", "None"))),
    ),
    Collection(
        address="0x06012c8cf97BEaD5deAe237070F9587f8E7A266d",
        name="CryptoKitties",
        symbol="CK",
        token_type=ERC721,
        description="Cats on a chain since 2017. Local stand-in: the art is invented.",
        title="CryptoKitty",
        first_token_id=1,
        total_supply=2_021_774,
        deployed_block=4_605_167,
        floor_price=0.0039,
        verified=True,
        is_on_chain=True,
        style=kitty,
        traits=(("Cooldown", ("Fast", "Swift", "Plodding")), ("Generation", ("0", "1", "7"))),
    ),
    Collection(
        address="0xa7d8d9ef8D8Ce8992Df33D8b8CF4Aebabd5bD270",
        name="Art Blocks",
        symbol="BLOCKS",
        token_type=ERC721,
        description="Slow Waves, a generative series. Local stand-in: the art is invented.",
        title="Slow Waves",
        first_token_id=78_000_000,
        total_supply=999,
        deployed_block=11_438_151,
        floor_price=0.31,
        verified=True,
        is_on_chain=True,
        style=flow,
        traits=(("Palette", _COLORS), ("Density", ("Sparse", "Even", "Packed"))),
    ),
    Collection(
        address="0x76BE3b62873462d2142405439777e971754E8E77",
        name="Parallel Alpha",
        symbol="LL",
        token_type=ERC1155,
        description="Cards from far away. Local stand-in: the art is invented.",
        title="Far Worlds Card",
        first_token_id=10_144,
        total_supply=1_000,
        deployed_block=12_083_000,
        floor_price=0.012,
        verified=True,
        is_on_chain=True,
        style=card,
        traits=(("Rarity", ("Common", "Rare", "Legendary")), ("World", _COLORS)),
    ),
)


def collection_at(address: str) -> Collection | None:
    """By address in any case; None for a contract nobody here knows."""
    wanted = address.lower()
    return next((known for known in COLLECTIONS if known.address.lower() == wanted), None)


@lru_cache(maxsize=512)
def token(collection: Collection, token_id: int, *, balance: int = 1) -> Token:
    """Drawn once while it is asked for: a picture takes longer than all else of an answer."""
    number = token_id - (token_id // 1_000_000 * 1_000_000 if collection.style is flow else 0)
    seed = f"{collection.address}:{token_id}"
    dice = Dice(f"traits {seed}")
    made = Token(
        collection=collection,
        token_id=token_id,
        name=f"{collection.title} #{number}",
        description=collection.description,
        image=draw(collection.style, seed),
        token_uri=f"{ipfs_folder(collection.address)}/{token_id}",
        attributes=tuple((trait, dice.pick(values)) for trait, values in collection.traits),
        balance=balance,
    )
    return made.on_chain() if collection.is_on_chain else made


def token_at(collection: Collection, token_id: int) -> Token | None:
    """The token of that id, or None where the collection has none."""
    end = collection.first_token_id + collection.total_supply
    held = collection.first_token_id <= token_id < end
    return token(collection, token_id) if held else None


def tokens_from(collection: Collection, token_id: int, limit: int) -> Iterator[Token]:
    """At most `limit` tokens in the order of their ids, from `token_id` on."""
    end = collection.first_token_id + collection.total_supply
    start = max(token_id, collection.first_token_id)
    return (token(collection, number) for number in range(start, min(start + limit, end)))


def ipfs_folder(seed: str) -> str:
    """An address nobody serves: the CID, version 1, of a block that is not there."""
    multihash = b"\x01\x70\x12\x20" + hashlib.sha256(seed.encode()).digest()
    return "ipfs://b" + base64.b32encode(multihash).decode().lower().rstrip("=")
