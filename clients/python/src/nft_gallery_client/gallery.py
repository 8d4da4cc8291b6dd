"""The gallery's look-ups, one method each. Shapes are those of docs/openapi.json, as TypedDicts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, cast

from nft_gallery_client.api import Api
from nft_gallery_client.errors import ApiError
from nft_gallery_client.schema import (
    ChainsChain,
    ContractDetails,
    EnsName,
    Nft,
    NftPage,
    TokenMetadata,
)

type Spam = Literal["include", "exclude"]
type Image = Literal["link", "small", "inline"]


class NftList(Iterator[Nft]):
    """The NFTs of a list, page after page, each asked for when it is needed.

    Raises list_broken where the list goes in a circle; what came so far may not be all of it.
    """

    def __init__(self, api: Api, path: tuple[str, ...], query: dict[str, str | int | None]) -> None:
        self._api = api
        self._path = path
        self._query = query
        self._items = (nft for page in self.pages() for nft in page["items"])

    def __next__(self) -> Nft:
        return next(self._items)

    def pages(self) -> Iterator[NftPage]:
        """From the start, or from the cursor that was given. A page may be empty before the end."""
        query, seen = dict(self._query), {self._query["cursor"]}
        while True:
            page = cast("NftPage", self._api.get_json(*self._path, **query))
            yield page
            query["cursor"] = page["nextCursor"]
            if query["cursor"] is None:
                return
            if query["cursor"] in seen:
                raise ApiError("list_broken", status=200)
            seen.add(query["cursor"])


class Gallery:
    """Raises ApiError by the API's code, UnreachableError, SessionError."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def chains(self) -> list[ChainsChain]:
        return cast("list[ChainsChain]", self._api.get_json("chains")["chains"])

    def contract(
        self, chain_id: int, contract: str, *, image: Image | None = None
    ) -> ContractDetails:
        """`small` puts pictures of up to 512 KB into collection.inlined, `inline` up to 2 MB."""
        path = ("chains", str(chain_id), "contracts", contract)
        return cast("ContractDetails", self._api.get_json(*path, image=image))

    def contract_nfts(
        self, chain_id: int, contract: str, *, limit: int | None = None, cursor: str | None = None
    ) -> NftList:
        """`limit` is the size of a page, 1 to 100; not of the list."""
        path = ("chains", str(chain_id), "contracts", contract, "nfts")
        return NftList(self._api, path, {"limit": limit, "cursor": cursor})

    def nft(
        self,
        chain_id: int,
        contract: str,
        token_id: int | str,
        *,
        image: Image | None = None,
    ) -> Nft:
        """`small` puts a picture of up to 512 KB into media.inlined, `inline` one of up to 4 MB."""
        path = _token(chain_id, contract, token_id)
        return cast("Nft", self._api.get_json(*path, image=image))

    def owned_nfts(
        self,
        chain_id: int,
        owner: str,
        *,
        contract: str | None = None,
        spam: Spam | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> NftList:
        """`owner` is an address or an ENS name."""
        path = ("chains", str(chain_id), "owners", owner, "nfts")
        query = {"contract": contract, "spam": spam, "limit": limit, "cursor": cursor}
        return NftList(self._api, path, query)

    def my_nfts(
        self,
        chain_id: int,
        *,
        contract: str | None = None,
        spam: Spam | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> NftList:
        """Of the signed-in wallet; a guest gets not_signed_in."""
        query = {"contract": contract, "spam": spam, "limit": limit, "cursor": cursor}
        return NftList(self._api, ("me", "nfts"), {"chainId": chain_id, **query})

    def metadata(
        self,
        chain_id: int,
        contract: str,
        token_id: int | str,
        *,
        image: Literal["link", "inline"] | None = None,
    ) -> TokenMetadata:
        """What the token's own document says. Show its texts as text and its image as an image."""
        path = (*_token(chain_id, contract, token_id), "metadata")
        return cast("TokenMetadata", self._api.get_json(*path, image=image))

    def holds(self, chain_id: int, contract: str) -> bool:
        """Whether the signed-in wallet holds a token of the contract now; never a cached answer."""
        try:
            self._api.get("gate", str(chain_id), contract)
        except ApiError as error:
            if error.code != "not_a_holder":
                raise
            return False
        return True

    def resolve_name(self, name: str) -> EnsName:
        """The address of an ENS name, with the name in its one form."""
        return cast("EnsName", self._api.get_json("names", name))

    def name_of(self, address: str) -> EnsName:
        """The ENS name that an address calls its own and that points back to it."""
        return cast("EnsName", self._api.get_json("addresses", address, "name"))

    def my_name(self) -> EnsName:
        """The same of the signed-in wallet, by its ID token; a guest gets not_signed_in."""
        return cast("EnsName", self._api.get_json("me", "name"))


def _token(chain_id: int, contract: str, token_id: int | str) -> tuple[str, ...]:
    return ("chains", str(chain_id), "contracts", contract, "nfts", str(token_id))
