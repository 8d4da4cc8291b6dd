"""Who holds what. The three wallets are the first accounts of Anvil and Hardhat."""

from functools import lru_cache
from itertools import chain, zip_longest

from stand_ins.awkward import awkward_tokens
from stand_ins.catalogue import COLLECTIONS, Token, token
from stand_ins.dice import Dice

WALLET_WITH_3 = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"
WALLET_WITH_250 = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8"
WALLET_WITH_NONE = "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc"
_STEP = 41  # shares no factor with the supplies, so no id comes twice


@lru_cache(maxsize=256)
def tokens_of(wallet: str) -> tuple[Token, ...]:
    """Every token a wallet holds on Ethereum, in one fixed order; address in any case."""
    holder = wallet.lower()
    if holder == WALLET_WITH_NONE:
        return ()
    if holder == WALLET_WITH_250:
        return _two_hundred_and_fifty()
    if holder == WALLET_WITH_3:
        apes, penguins, _, waves, _ = COLLECTIONS
        return (token(apes, 8520), token(penguins, 6873), token(waves, 78_000_313))
    return _three_of(Dice(holder))


def _three_of(dice: Dice) -> tuple[Token, ...]:
    first = dice.number(0, len(COLLECTIONS) - 1)
    chosen = [COLLECTIONS[(first + step) % len(COLLECTIONS)] for step in (0, 1, 3)]
    return tuple(
        token(one, one.first_token_id + dice.number(0, one.total_supply - 1)) for one in chosen
    )


def _two_hundred_and_fifty() -> tuple[Token, ...]:
    """A good-looking token first, then every second one awkward until there are no more."""
    awkward = awkward_tokens()
    plain = [_plain(number) for number in range(250 - len(awkward))]
    mixed = zip_longest(plain, awkward)
    return tuple(one for one in chain.from_iterable(mixed) if one is not None)


def _plain(number: int) -> Token:
    collection = COLLECTIONS[number % len(COLLECTIONS)]
    step = number // len(COLLECTIONS) * _STEP + 100
    return token(collection, collection.first_token_id + step % collection.total_supply)
