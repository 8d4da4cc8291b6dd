"""Alchemy as an NftProvider: its v3 objects in the words of nft.model.

https://www.alchemy.com/docs/reference/nft-api-endpoints
"""

from dataclasses import dataclass
from functools import partial

from ethereum.chains import Chain
from ethereum.token_document import TokenDocument
from ethereum.untrusted_json import first_text, text
from nft.errors import UpstreamNotFoundError
from nft.model import (
    Acquisition,
    Animation,
    Block,
    Collection,
    Contract,
    ContractDetails,
    FloorPrice,
    Image,
    Links,
    Media,
    MetadataFailure,
    MetadataStatus,
    Mint,
    Nft,
    Spam,
)
from nft.providers import alchemy_v2, reading
from nft.providers.alchemy import AlchemyClient
from nft.providers.metadata_failures import UNREADABLE, alchemy_failure
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

PROVIDER = "alchemy"
_NOT_THERE = frozenset({"token_not_found", "no_contract"})
_PICTURES = ("cachedUrl", "pngUrl", "originalUrl")
_VERIFIED = frozenset({"verified", "approved"})
_NO_IMAGE = Image()
_NO_ANIMATION = Animation()
_NO_MINT = Mint()
_NO_ACQUISITION = Acquisition()


@dataclass(frozen=True)
class AlchemyNfts:
    """An NftProvider."""

    client: AlchemyClient

    def page(self, query: Query, page: PageRequest, deadline: Deadline) -> ProviderPage:
        body = document_of(self.client.page(query, page, deadline))
        name, owner = ("ownedNfts", query.owner) if isinstance(query, OwnerNfts) else ("nfts", None)
        read = partial(nft, chain_id=query.chain.chain_id, owner=owner)
        return ProviderPage(
            entries=reading.entries(required_items(body, name), read),
            next_token=text(body.get("pageKey")),
            total_count=count(body.get("totalCount")),
            as_of=_as_of(body.get("validAt")),
        )

    def nft(self, chain: Chain, contract: str, token_id: str, deadline: Deadline) -> Nft:
        body = document_of(self.client.nft(chain, contract, token_id, deadline))
        token = nft(body, chain_id=chain.chain_id, owner=None)
        if token.metadata_error is not None and token.metadata_error.code in _NOT_THERE:
            raise UpstreamNotFoundError("the token does not exist", upstream_status=200)
        return token

    def contract(self, chain: Chain, contract: str, deadline: Deadline) -> ContractDetails:
        body = document_of(self.client.contract(chain, contract, deadline))
        if body.get("tokenType") == "NOT_A_CONTRACT":
            raise UpstreamNotFoundError("no contract there", upstream_status=200)
        required(reading.address(body.get("address")), "a contract")
        return contract_details(body, chain_id=chain.chain_id, address=contract)


def nft(item: object, *, chain_id: int, owner: str | None) -> Nft:
    """`owner` is who was asked for. Raises UpstreamUnavailableError without contract or id."""
    fields = document(item)
    if "id" in fields:  # as older versions write it
        fields = alchemy_v2.as_v3(fields)
    raw = document(fields.get("raw"))
    contract = document(fields.get("contract"))
    written = written_fields(raw.get("metadata"), raw.get("tokenUri"))
    status, error = _metadata_state(fields, raw, written)
    address = reading.address(contract.get("address") or fields.get("contractAddress"))
    token_id = required(decimal(fields.get("tokenId")), "a token id")
    own = TokenDocument(document(written), int(token_id))
    kind = token_type(fields.get("tokenType"), contract.get("tokenType"))
    return Nft(
        chain_id=chain_id,
        contract=_contract(contract, required(address, "a contract")),
        collection=_collection(contract, document(fields.get("collection"))),
        token_id=token_id,
        token_type=kind,
        owner=reading.address(owner),
        balance=balance(fields, "balance", kind, owner=owner),
        name=first_text(fields.get("name"), own.name),
        description=first_text(fields.get("description"), own.description),
        external_url=own.external_url,
        token_uri=document_uri(raw.get("tokenUri"), fields.get("tokenUri")),
        attributes=own.traits,
        media=_media(fields, own, error),
        spam=_spam(contract if "isSpam" in contract else fields),
        metadata_status=status,
        metadata_error=error,
        mint=_mint(document(fields.get("mint"))),
        acquired_at=_acquired_at(document(fields.get("acquiredAt"))),
        updated_at=text(fields.get("timeLastUpdated")),
        provider=PROVIDER,
    )


def contract_details(body: Document, *, chain_id: int, address: str) -> ContractDetails:
    """`address` is what was asked for; the answer may only repeat it."""
    open_sea = document(body.get("openSeaMetadata"))
    return ContractDetails(
        chain_id=chain_id,
        contract=_contract(body, required(reading.address(address), "a contract")),
        collection=_collection(body, {}),
        links=Links(
            twitter=text(open_sea.get("twitterUsername")),
            discord=web_url(open_sea.get("discordUrl")),
            website=web_url(open_sea.get("externalUrl")),
        ),
        spam=_spam(body),
        provider=PROVIDER,
    )


def _as_of(valid_at: object) -> Block | None:
    fields = document(valid_at)
    block = Block(
        block_number=count(fields.get("blockNumber")),
        block_hash=text(fields.get("blockHash")),
        timestamp=text(fields.get("blockTimestamp")),
    )
    return None if block == Block(None, None, None) else block


def _contract(fields: Document, address: str) -> Contract:
    return Contract(
        address=address,
        name=text(fields.get("name")),
        symbol=text(fields.get("symbol")),
        token_type=token_type(fields.get("tokenType")),
        total_supply=decimal(fields.get("totalSupply")),
        deployer=reading.address(fields.get("contractDeployer")),
        deployed_block=count(fields.get("deployedBlockNumber")),
    )


def _collection(contract: Document, collection: Document) -> Collection:
    open_sea = document(contract.get("openSeaMetadata"))
    listing = text(open_sea.get("safelistRequestStatus"))
    amount = reading.price(open_sea.get("floorPrice"))
    return Collection(
        name=first_text(collection.get("name"), open_sea.get("collectionName")),
        slug=first_text(collection.get("slug"), open_sea.get("collectionSlug")),
        image_url=picture_url(open_sea.get("imageUrl")),
        banner_image_url=picture_url(
            collection.get("bannerImageUrl"), open_sea.get("bannerImageUrl")
        ),
        external_url=web_url(collection.get("externalUrl"), open_sea.get("externalUrl")),
        verified=None if listing is None else listing in _VERIFIED,
        floor_price=None if amount is None else FloorPrice(amount, "ETH"),
    )


def _spam(fields: Document) -> Spam:
    reasons = (text(reason) for reason in reading.items(fields.get("spamClassifications")))
    return Spam(flag(fields.get("isSpam")), tuple(reason for reason in reasons if reason))


def _metadata_state(
    fields: Document, raw: Document, written: object
) -> tuple[MetadataStatus, MetadataFailure | None]:
    if written and not raw.get("metadata"):  # the token's URI is itself the picture
        return "ok", None
    if words := text(raw.get("error")):
        error = alchemy_failure(words)
        return ("pending" if error.retryable else "error"), error
    if written and not isinstance(written, dict):
        return "error", UNREADABLE
    return ("ok" if written or text(fields.get("name")) else "missing"), None


def _media(fields: Document, own: TokenDocument, error: MetadataFailure | None) -> Media:
    picture = document(fields.get("image"))
    shown = [url for key in _PICTURES if (url := picture.get(key)) is not None]
    thumbnail = picture_url(picture.get("thumbnailUrl"), token_id=own.token_id)
    # often the same, inlined and long
    is_same = thumbnail is not None and shown[:1] == [picture.get("thumbnailUrl")]
    image = Image(
        url=thumbnail if is_same else picture_url(*(shown or [own.image]), token_id=own.token_id),
        thumbnail_url=thumbnail,
        original_url=named(picture.get("originalUrl"), own.image),
        content_type=text(picture.get("contentType")),
        bytes=count(picture.get("size")),
    )
    waiting = error is not None and error.retryable
    return Media(
        image=None if image == _NO_IMAGE else image,
        animation=_animation(document(fields.get("animation")), own),
        status="ready" if image.url else "processing" if waiting else "unavailable",
    )


def _animation(fields: Document, own: TokenDocument) -> Animation | None:
    if not fields and own.animation is None:
        return None
    original = named(fields.get("originalUrl"), own.animation)
    animation = Animation(
        url=picture_url(fields.get("cachedUrl"), original, token_id=own.token_id),
        original_url=original,
        content_type=text(fields.get("contentType")),
    )
    return None if animation == _NO_ANIMATION else animation


def _mint(fields: Document) -> Mint | None:
    mint = Mint(
        address=reading.address(fields.get("mintAddress")),
        block_number=count(fields.get("blockNumber")),
        timestamp=text(fields.get("timestamp")),
        transaction_hash=text(fields.get("transactionHash")),
    )
    return None if mint == _NO_MINT else mint


def _acquired_at(fields: Document) -> Acquisition | None:
    acquired = Acquisition(count(fields.get("blockNumber")), text(fields.get("blockTimestamp")))
    return None if acquired == _NO_ACQUISITION else acquired
