"""Moralis as an NftProvider: its v2.2 objects in the words of nft.model.

https://docs.moralis.com/web3-data-api/evm/reference/get-wallet-nfts
`metadata` is a string of JSON the contract's owner wrote; `normalized_metadata` is Moralis's own
reading of it and comes first, but for traits: it has JavaScript's numbers.
"""

import re
from dataclasses import dataclass
from functools import partial

from ethereum.chains import Chain
from ethereum.token_document import TokenDocument
from ethereum.untrusted_json import first_text, text
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
from nft.providers.metadata_failures import NOT_FETCHED, STILL_FETCHING, UNREADABLE
from nft.providers.moralis import MoralisClient
from nft.providers.nft_provider import ProviderPage
from nft.providers.page_request import OwnerNfts, PageRequest, Query
from nft.providers.reading import (
    Document,
    balance,
    count,
    decimal,
    document,
    document_of,
    document_uri,
    flag,
    named,
    picture_url,
    required,
    required_items,
    token_type,
    web_url,
    written_fields,
)
from runtime.deadline import Deadline

PROVIDER = "moralis"
_MEDIA_STATUS: dict[str, MediaStatus] = {
    "success": "ready",
    "processing": "processing",
    "temporarily_unavailable": "processing",
}
_GONE_GATEWAY = re.compile(r"https://(?:ipfs\.moralis\.io:2053|cloudflare-ipfs\.com)/ipfs/")
_NO_IMAGE = Image()
_NO_MINT = Mint()


@dataclass(frozen=True)
class MoralisNfts:
    """An NftProvider."""

    client: MoralisClient

    def page(self, query: Query, page: PageRequest, deadline: Deadline) -> ProviderPage:
        body = document_of(self.client.page(query, page, deadline))
        owner = query.owner if isinstance(query, OwnerNfts) else None
        syncing = body.get("status") == "SYNCING"
        read = partial(nft, chain_id=query.chain.chain_id, owner=owner, syncing=syncing)
        entries = reading.entries(required_items(body, "result"), read)
        return ProviderPage(entries, next_token=text(body.get("cursor")))

    def nft(self, chain: Chain, contract: str, token_id: str, deadline: Deadline) -> Nft:
        body = document_of(self.client.nft(chain, contract, token_id, deadline))
        return nft(body, chain_id=chain.chain_id, owner=None)

    def contract(self, chain: Chain, contract: str, deadline: Deadline) -> ContractDetails:
        body = document_of(self.client.contract(chain, contract, deadline))
        required(reading.address(body.get("token_address")), "a contract")
        return contract_details(body, chain_id=chain.chain_id, address=contract)


def nft(item: object, *, chain_id: int, owner: str | None, syncing: bool = False) -> Nft:
    """`syncing`: the list said so. Raises UpstreamUnavailableError without contract or id."""
    fields = document(item)
    written = written_fields(fields.get("metadata"), fields.get("token_uri"))
    meta = {**document(written), **_present(document(fields.get("normalized_metadata")))}
    address = required(reading.address(fields.get("token_address")), "a contract")
    token_id = required(decimal(fields.get("token_id")), "a token id")
    own = TokenDocument(meta, int(token_id))
    unrounded = TokenDocument(document(written), own.token_id)
    status, error = _metadata_state(fields, written, meta, syncing)
    kind = token_type(fields.get("contract_type"))
    return Nft(
        chain_id=chain_id,
        contract=_contract(fields, address),
        collection=_collection(fields),
        token_id=token_id,
        token_type=kind,
        owner=reading.address(fields.get("owner_of") or owner),
        balance=balance(fields, "amount", kind, owner=owner),
        name=own.name,
        description=own.description,
        external_url=own.external_url,
        token_uri=document_uri(_as_on_chain(fields.get("token_uri"))),
        attributes=unrounded.traits or own.traits,
        media=_media(document(fields.get("media")), own),
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
        contract=_contract(body, required(reading.address(address), "a contract")),
        collection=_collection(body),
        links=Links(
            twitter=text(body.get("twitter_username")),
            discord=web_url(body.get("discord_url")),
            website=web_url(body.get("project_url")),
        ),
        spam=Spam(flag(body.get("possible_spam"))),
        provider=PROVIDER,
    )


def _contract(fields: Document, address: str) -> Contract:
    return Contract(
        address=address,
        name=text(fields.get("name")),
        symbol=text(fields.get("symbol")),
        token_type=token_type(fields.get("contract_type")),
    )


def _collection(fields: Document) -> Collection:
    amount = reading.price(fields.get("floor_price"))
    currency = first_text(fields.get("floor_price_currency"), "eth") or "eth"
    usd = reading.price(fields.get("floor_price_usd"))
    return Collection(
        image_url=picture_url(fields.get("collection_logo")),
        banner_image_url=picture_url(fields.get("collection_banner_image")),
        external_url=web_url(fields.get("project_url")),
        verified=flag(fields.get("verified_collection")),
        floor_price=None if amount is None else FloorPrice(amount, currency.upper(), usd),
    )


def _present(fields: Document) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


def _metadata_state(
    fields: Document, written: object, meta: Document, syncing: bool
) -> tuple[MetadataStatus, MetadataFailure | None]:
    if _present(meta):
        return "ok", None
    if fields.get("metadata") is not None:
        empty = isinstance(written, dict)
        return ("missing", None) if empty else ("error", UNREADABLE)
    if text(fields.get("token_uri")) is None:
        return "missing", None
    if syncing or fields.get("last_metadata_sync") is None:
        return "pending", STILL_FETCHING
    return "error", NOT_FETCHED


def _media(media: Document, own: TokenDocument) -> Media:
    previews = document(media.get("media_collection"))
    high, low = document(previews.get("high")), document(previews.get("low"))
    original = _as_on_chain(named(media.get("original_media_url"), own.image))
    image = Image(
        url=picture_url(high.get("url"), original, own.image, token_id=own.token_id),
        thumbnail_url=picture_url(low.get("url"), token_id=own.token_id),
        original_url=original,
        content_type=text(media.get("mimetype")),
    )
    said = text(media.get("status"))
    unsaid: MediaStatus = "ready" if image.url else "unavailable"
    return Media(
        image=None if image == _NO_IMAGE else image,
        animation=_animation(own),
        status=unsaid if said is None else _MEDIA_STATUS.get(said, "unavailable"),
    )


def _animation(own: TokenDocument) -> Animation | None:
    original = named(own.animation)
    url = picture_url(original, token_id=own.token_id)
    return None if original is None else Animation(url, original)


def _as_on_chain(uri: object) -> str | None:
    """A URI as the contract gave it, where Moralis wrote a gateway of its own that is gone."""
    written = text(uri)
    gateway = None if written is None else _GONE_GATEWAY.match(written)
    return written if gateway is None or written is None else "ipfs://" + written[gateway.end() :]


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
