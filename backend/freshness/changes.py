"""What a delivery says, in one form for both providers."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class TokenChange:
    """One token that moved, or whose metadata changed; a hint to look again, never a fact.

    A re-org takes a move back: Alchemy sends it again with `removed`, Moralis sends each move as
    not `confirmed` and later as confirmed, or never. None means the provider does not say.
    Addresses are lower case, `token_id` is a decimal string, `chain_id` an EIP-155 id.
    """

    chain_id: int
    contract_address: str
    token_id: str
    from_address: str | None = None
    to_address: str | None = None
    block_number: int | None = None
    transaction_hash: str | None = None
    log_index: int | None = None
    removed: bool = False
    confirmed: bool | None = None


@dataclass(frozen=True)
class Delivery:
    """`source` is the provider's webhook or stream, `event_id` its name for this event.

    `occurred_at` comes from the signed body. Without `changes` there is nothing to do, and neither
    it nor `event_id` need be there: test deliveries and unknown kinds are such.
    """

    provider: str
    kind: str
    source: str = ""
    event_id: str = ""
    occurred_at: datetime | None = None
    changes: tuple[TokenChange, ...] = ()
