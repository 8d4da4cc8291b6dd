"""Deliveries of Moralis Streams: the NFT transfers of one block.

https://docs.moralis.com/streams/webhooks/webhook-delivery
Each block comes twice, first as not confirmed and later as confirmed; the order is not promised.
Nothing tells of a block that a re-org dropped: the second never comes, and what was cached in
between lives out its time. Without transfers there is nothing to read: the test delivery, which a
stream needs answered with 2xx before it starts, has only empty fields.
"""

from freshness.changes import Delivery, TokenChange
from webhooks.fields import (
    JsonObject,
    address_at,
    chain_id_at,
    flag_at,
    hash_at,
    name_at,
    number_at,
    object_at,
    objects_at,
    parse_object,
    seconds_at,
    token_id_at,
)

PROVIDER = "moralis"


def parse_delivery(body: bytes) -> Delivery:
    """Raises MalformedDeliveryError."""
    document = parse_object(body)
    transfers = objects_at(document, "nftTransfers")
    if not transfers:
        return Delivery(PROVIDER, "NO_NFT_TRANSFERS")
    block, chain_id = object_at(document, "block"), chain_id_at(document, "chainId")
    confirmed, number = flag_at(document, "confirmed"), number_at(block, "number")
    return Delivery(
        PROVIDER,
        "NFT_TRANSFERS",
        source=name_at(document, "streamId"),
        event_id=hash_at(block, "hash"),
        occurred_at=seconds_at(block, "timestamp"),
        changes=tuple(
            _change(transfer, chain_id=chain_id, block_number=number, confirmed=confirmed)
            for transfer in transfers
        ),
    )


def _change(
    transfer: JsonObject, *, chain_id: int, block_number: int, confirmed: bool
) -> TokenChange:
    return TokenChange(
        chain_id=chain_id,
        contract_address=address_at(transfer, "contract"),
        token_id=token_id_at(transfer, "tokenId"),
        from_address=address_at(transfer, "from"),
        to_address=address_at(transfer, "to"),
        block_number=block_number,
        transaction_hash=hash_at(transfer, "transactionHash"),
        log_index=number_at(transfer, "logIndex"),
        confirmed=confirmed,
    )
