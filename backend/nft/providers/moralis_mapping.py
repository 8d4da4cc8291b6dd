"""Moralis's v2.2 NFT objects in the words of nft.model.

https://docs.moralis.com/web3-data-api/evm/reference/get-wallet-nfts
`metadata` is a string of JSON the contract's owner wrote; `normalized_metadata` is Moralis's own
reading of it and comes first.
"""

from nft import metadata
from nft.model import (
    Acquisition,
    Animation,
    Collection,
    Contract,
    ContractDetails,
    FloorPrice,
    Image,
    Links,
    Media,
    MediaStatus,
    MetadataFailure,
    MetadataStatus,
    Mint,
    Nft,
    Spam,
)
from nft.providers import reading
from nft.providers.reading import Document, count, decimal, document, first_text, flag, text

PROVIDER = "moralis"
_MEDIA_STATUS: dict[str, MediaStatus] = {
    "success": "ready",
    "processing": "processing",
    "temporarily_unavailable": "processing",
}
_NO_IMAGE = Image()
_NO_MINT = Mint()


def nft(item: object, *, chain_id: int, owner: str | None, syncing: bool = False) -> Nft:
    """`syncing`: the list said so. Raises UpstreamUnavailableError without contract or id."""
    fields = document(item)
    written = _written(fields.get("metadata"))
    meta = {**document(written), **_present(document(fields.get("normalized_metadata")))}
    address = reading.required(reading.address(fields.get("token_address")), "a contract")
    status, error = _metadata_state(fields, written, meta, syncing)
    return Nft(
        chain_id=chain_id,
        contract=_contract(fields, address),
        collection=_collection(fields),
        token_id=reading.required(decimal(fields.get("token_id")), "a token id"),
        token_type=metadata.token_type(fields.get("contract_type")),
        owner=reading.address(fields.get("owner_of") or owner),
        balance=decimal(fields.get("amount")),
        name=text(meta.get("name")),
        description=text(meta.get("description")),
        external_url=first_text(meta.get("external_link"), meta.get("external_url")),
        token_uri=metadata.on_chain_url(text(fields.get("token_uri"))),
        attributes=metadata.listed_traits(meta),
        media=_media(document(fields.get("media")), meta),
        spam=Spam(flag(fields.get("possible_spam"))),
        metadata_status=status,
        metadata_error=error,
        mint=_mint(fields),
        acquired_at=_acquired_at(fields),
        updated_at=text(fields.get("last_metadata_sync")),
        provider=PROVIDER,
    )


def contract_details(body: Document, *, chain_id: int, address: str) -> ContractDetails:
    """`address` is what was asked for; the answer may only repeat it."""
    return ContractDetails(
        chain_id=chain_id,
        contract=_contract(body, reading.required(reading.address(address), "a contract")),
        collection=_collection(body),
        links=Links(
            twitter=text(body.get("twitter_username")),
            discord=text(body.get("discord_url")),
            website=text(body.get("project_url")),
        ),
        spam=Spam(flag(body.get("possible_spam"))),
        provider=PROVIDER,
    )


def _contract(fields: Document, address: str) -> Contract:
    return Contract(
        address=address,
        name=text(fields.get("name")),
        symbol=text(fields.get("symbol")),
        token_type=metadata.token_type(fields.get("contract_type")),
    )


def _collection(fields: Document) -> Collection:
    amount = reading.price(fields.get("floor_price"))
    currency = first_text(fields.get("floor_price_currency"), "eth") or "eth"
    usd = reading.price(fields.get("floor_price_usd"))
    return Collection(
        image_url=text(fields.get("collection_logo")),
        banner_image_url=text(fields.get("collection_banner_image")),
        external_url=text(fields.get("project_url")),
        verified=flag(fields.get("verified_collection")),
        floor_price=None if amount is None else FloorPrice(amount, currency.upper(), usd),
    )


def _written(value: object) -> object:
    """The JSON inside the string; None where it cannot be read."""
    if not isinstance(value, str):
        return value
    try:
        return reading.parsed(value)
    except ValueError:
        return None


def _present(fields: Document) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


def _metadata_state(
    fields: Document, written: object, meta: Document, syncing: bool
) -> tuple[MetadataStatus, MetadataFailure | None]:
    if _present(meta):
        return "ok", None
    if fields.get("metadata") is not None:
        empty = isinstance(written, dict)
        return ("missing", None) if empty else ("error", metadata.UNREADABLE)
    if text(fields.get("token_uri")) is None:
        return "missing", None
    if syncing or fields.get("last_metadata_sync") is None:
        return "pending", metadata.STILL_FETCHING
    return "error", metadata.NOT_FETCHED


def _media(media: Document, meta: Document) -> Media:
    previews = document(media.get("media_collection"))
    high, low = document(previews.get("high")), document(previews.get("low"))
    written = first_text(meta.get("image"), meta.get("image_url"))
    original = first_text(media.get("original_media_url"), written)
    image = Image(
        url=metadata.shown_url(high.get("url"), original, written),
        thumbnail_url=metadata.shown_url(low.get("url")),
        original_url=metadata.on_chain_url(original),
        content_type=text(media.get("mimetype")),
    )
    said = text(media.get("status"))
    unsaid: MediaStatus = "ready" if image.url else "unavailable"
    return Media(
        image=None if image == _NO_IMAGE else image,
        animation=_animation(meta),
        status=unsaid if said is None else _MEDIA_STATUS.get(said, "unavailable"),
    )


def _animation(meta: Document) -> Animation | None:
    original = text(meta.get("animation_url"))
    if original is None:
        return None
    return Animation(url=metadata.shown_url(original), original_url=original)


def _mint(fields: Document) -> Mint | None:
    """An ERC-1155's minter arrives as a sentence, not as an address."""
    mint = Mint(
        address=reading.address(fields.get("minter_address")),
        block_number=count(fields.get("block_number_minted")),
    )
    return None if mint == _NO_MINT else mint


def _acquired_at(fields: Document) -> Acquisition | None:
    block = count(fields.get("block_number"))
    return None if block is None else Acquisition(block_number=block)
