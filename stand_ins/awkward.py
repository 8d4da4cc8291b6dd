"""Tokens as they really occur and as nobody expects them. Their contracts are made up."""

from stand_ins.art.patterns import card, coin, flow, poster
from stand_ins.art.svg import draw
from stand_ins.catalogue import (
    COLLECTIONS,
    ERC721,
    ERC1155,
    Collection,
    Token,
    ipfs_folder,
    token,
)

MAX_UINT256 = 2**256 - 1
ZALGO = "Z\u0335\u0321\u0327a\u0334\u0321\u0301l\u0337\u0353\u0310g\u0336\u032d\u0308o"
BIDI = "\u202egnp.\u2066tnecoNni\u2069\u200b\u200f"
HTML = "<img src=x onerror=alert(1)><b>Bold</b> & \"quoted\" 'name'"


_SPAM = Collection(
    address="0xe81a3D975B5A9cb422aA604844d523eebA75F20A",
    name="$1000 USDC Airdrop | usdc-claim.example",
    symbol="CLAIM",
    token_type=ERC1155,
    is_spam=True,
)
_NAMES = Collection("0x877d573374D9B83870C922837164BF17eEBb360A", "Names", "NAMES", ERC721)
_CLIPS = Collection("0x80160F695384C493e98b574857b2B42BE706981E", "Moving Pictures", "MP", ERC721)
_BLANK = Collection("0x108b7E5A84bB0B3E28103f8B8432523755e5C521", None, None, ERC721)
_ON_CHAIN = Collection("0xe85067E3B34d9F8E01CA71C6e515991FFdd20d0C", "On Chain Only", "OC", ERC721)
_BROKEN = Collection("0x4Af00C9E207f39D35D438e6A9A9dfFF80Fdb2727", "Broken", "BRK", ERC721)
_ENS = Collection(
    "0x57f1887a8BF19b14fC0dF6Fd9B2acc9Af147eA85", "Ethereum Name Service", "ENS", ERC721
)


def awkward_tokens() -> list[Token]:
    return [
        _without_name_and_image(),
        _in_a_data_uri(),
        _with_the_greatest_id(),
        token(COLLECTIONS[4], 10_500, balance=15),
        _clip_with_a_poster(),
        _claim_bait(),
        _with_a_malformed_token_uri(),
        _named(1, f"{ZALGO} {BIDI}"),
        _named(2, HTML),
    ]


def _without_name_and_image() -> Token:
    return Token(_BLANK, 7, None, None, None, "https://gone.example/7.json")


def _in_a_data_uri() -> Token:
    image, name = draw(flow, "on chain"), "Written on chain"
    return Token(_ON_CHAIN, 3, name, "No server at all.", image, None).on_chain()


def _with_the_greatest_id() -> Token:
    image = draw(card, "greatest id")
    return Token(_ENS, MAX_UINT256, "greatest.eth", "An id of 78 digits.", image, None)


def _clip_with_a_poster() -> Token:
    folder = ipfs_folder("clips")
    return Token(
        _CLIPS,
        12,
        "Rings, looping",
        "A clip with a still picture.",
        draw(poster, "rings"),
        f"{folder}/12",
        animation=f"{folder}/12.mp4",
    )


def _claim_bait() -> Token:
    return Token(
        _SPAM,
        1,
        "Visit https://usdc-claim.example to claim your $1000 reward",
        "Your wallet was selected. Connect at usdc-claim.example before it expires!",
        draw(coin, "spam"),
        "https://usdc-claim.example/1.json",
        balance=1_000_000,
    )


def _with_a_malformed_token_uri() -> Token:
    error = "Malformed token uri, do not retry"
    return Token(_BROKEN, 444, None, None, None, "https:///%%%", error=error)


def _named(token_id: int, name: str) -> Token:
    image = draw(poster, f"name {token_id}")
    return Token(_NAMES, token_id, name, name, image, f"{ipfs_folder('names')}/{token_id}")
