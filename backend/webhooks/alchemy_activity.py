"""Deliveries of Alchemy Notify: NFT_ACTIVITY and NFT_METADATA_UPDATE.

https://www.alchemy.com/docs/reference/nft-activity-webhook
Other kinds, other networks and transfers of what is no NFT are signed as well and mean nothing
here. After a re-org the same activity comes again with `log.removed`.
"""

from dataclasses import replace

from ethereum.chains import BY_ALCHEMY_WEBHOOK
from freshness.changes import Delivery, TokenChange
from webhooks.fields import (
    JsonObject,
    address_at,
    date_time_at,
    flag_at,
    hash_at,
    name_at,
    number_at,
    object_at,
    objects_at,
    parse_object,
    token_id_at,
)

PROVIDER = "alchemy"


def parse_delivery(body: bytes) -> Delivery:
    """Raises MalformedDeliveryError."""
    document = parse_object(body)
    kind = name_at(document, "type")
    read = {"NFT_ACTIVITY": _activity, "NFT_METADATA_UPDATE": _metadata_update}.get(kind)
    delivery = Delivery(PROVIDER, kind)
    if read is None:
        return delivery
    event = object_at(document, "event")
    if "error" in event:  # the plan is used up: told in the place of events
        return replace(delivery, kind="CAPACITY_ERROR")
    chain = BY_ALCHEMY_WEBHOOK.get(name_at(event, "network"))
    if chain is None:
        return delivery
    return replace(
        delivery,
        source=name_at(document, "webhookId"),
        event_id=name_at(document, "id"),
        occurred_at=date_time_at(document, "createdAt"),
        changes=read(event, chain.chain_id),
    )


def _activity(event: JsonObject, chain_id: int) -> tuple[TokenChange, ...]:
    transfers = objects_at(event, "activity")
    return tuple(change for transfer in transfers for change in _transferred(transfer, chain_id))


def _transferred(transfer: JsonObject, chain_id: int) -> list[TokenChange]:
    """One change per token: an ERC-1155 batch moves several at once."""
    token_ids = _token_ids(transfer)
    if not token_ids:
        return []
    log = object_at(transfer, "log") if transfer.get("log") is not None else {}
    change = TokenChange(
        chain_id=chain_id,
        contract_address=address_at(transfer, "contractAddress"),
        token_id="",
        from_address=address_at(transfer, "fromAddress"),
        to_address=address_at(transfer, "toAddress"),
        block_number=number_at(transfer, "blockNum"),
        transaction_hash=hash_at(transfer, "hash"),
        log_index=number_at(log, "logIndex") if "logIndex" in log else None,
        removed=flag_at(log, "removed") if "removed" in log else False,
    )
    return [replace(change, token_id=token_id) for token_id in token_ids]


def _token_ids(transfer: JsonObject) -> list[str]:
    if transfer.get("erc721TokenId") is not None:
        return [token_id_at(transfer, "erc721TokenId")]
    return [token_id_at(part, "tokenId") for part in objects_at(transfer, "erc1155Metadata")]


def _metadata_update(event: JsonObject, chain_id: int) -> tuple[TokenChange, ...]:
    contract_address, token_id = address_at(event, "contractAddress"), token_id_at(event, "tokenId")
    return (TokenChange(chain_id, contract_address, token_id),)
