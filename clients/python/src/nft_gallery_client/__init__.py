"""Sign in to an NFT Gallery with an Ethereum wallet: see README.md."""

from nft_gallery_client.clock import SKEW_SECONDS
from nft_gallery_client.codes import CODES, Code
from nft_gallery_client.config import Config
from nft_gallery_client.credentials import AwsCredentials
from nft_gallery_client.errors import (
    ApiError,
    CognitoRefusedError,
    ConfigError,
    SessionError,
    SignInError,
    TokenError,
    UnreachableError,
    WalletAuthError,
)
from nft_gallery_client.gallery import Gallery, NftList
from nft_gallery_client.id_tokens import IdTokens, verify_id_token
from nft_gallery_client.session import Session
from nft_gallery_client.tokens import Wallet
from nft_gallery_client.visitor import Visitor
from nft_gallery_client.wallet_auth import WalletAuth

__all__ = [
    "CODES",
    "SKEW_SECONDS",
    "ApiError",
    "AwsCredentials",
    "Code",
    "CognitoRefusedError",
    "Config",
    "ConfigError",
    "Gallery",
    "IdTokens",
    "NftList",
    "Session",
    "SessionError",
    "SignInError",
    "TokenError",
    "UnreachableError",
    "Visitor",
    "Wallet",
    "WalletAuth",
    "WalletAuthError",
    "verify_id_token",
]
