"""What can be wrong with an address, a signature, an EIP-4361 message or a token's URI.

EthereumError
├── AddressError                    invalid_address
├── SignatureError                  invalid_signature
│   ├── MalformedSignatureError     malformed_signature
│   ├── HighSSignatureError         high_s_signature
│   ├── UnrecoverableSignatureError unrecoverable_signature
│   └── ContractSignatureError      contract_signature_refused
│       ├── NoContractError         no_contract
│       ├── UndeployableWalletError undeployable_wallet
│       └── MalformedWrapperError   malformed_wrapper
└── SiweError                       invalid_message
    ├── SiweFormatError             malformed_message
    ├── AddressMismatchError        address_mismatch
    ├── DomainMismatchError         domain_mismatch
    ├── SchemeMismatchError         scheme_mismatch
    ├── UriMismatchError            uri_mismatch
    ├── ChainIdMismatchError        chain_id_mismatch
    ├── NonceMismatchError          nonce_mismatch
    ├── StatementMismatchError      statement_mismatch
    ├── RequestIdMismatchError      request_id_mismatch
    ├── ResourcesMismatchError      resources_mismatch
    ├── RecapMismatchError          recap_mismatch
    ├── IssuedAtError               issued_at_out_of_range
    ├── ExpiredMessageError         expired_message
    ├── NotYetValidMessageError     message_not_yet_valid
    └── SignerMismatchError         signer_mismatch
ValueError
├── AbiError                        has no code: whoever asked the contract gives it one
└── UriError                        has no code: whoever fetches gives it one
    └── LongUriError

`code` is stable and safe to log or show; no error text quotes the address, message or signature.
"""


class CodedError(Exception):
    """An error whose `code` is safe to log or show; its text is that, unless a reason is given."""

    code: str = "internal_error"

    def __init__(self, reason: str | None = None) -> None:
        super().__init__(reason or self.code)


class EthereumError(CodedError):
    """Base of the tree above."""

    code = "ethereum_error"


class AddressError(EthereumError):
    """Not a 20-byte hex address, or its EIP-55 checksum is wrong."""

    code = "invalid_address"


class SignatureError(EthereumError):
    """The signature proves nothing."""

    code = "invalid_signature"


class MalformedSignatureError(SignatureError):
    """Not the hex of 64 or 65 bytes, or a recovery byte other than 0, 1, 27, 28."""

    code = "malformed_signature"


class HighSSignatureError(SignatureError):
    """s above half the group order: a malleated twin of another signature (EIP-2)."""

    code = "high_s_signature"


class UnrecoverableSignatureError(SignatureError):
    """No public key belongs to these r and s."""

    code = "unrecoverable_signature"


class ContractSignatureError(SignatureError):
    """The contract wallet does not accept the signature, or gives no proper answer (ERC-1271)."""

    code = "contract_signature_refused"


class NoContractError(ContractSignatureError):
    """No contract is at the address, or the address is a precompile's."""

    code = "no_contract"


class UndeployableWalletError(ContractSignatureError):
    """The signature says how the address gets its code (deployment, delegation); it gets none."""

    code = "undeployable_wallet"


class MalformedWrapperError(ContractSignatureError):
    """The signature ends as ERC-6492 or ERC-8010 wrappers do and is none."""

    code = "malformed_wrapper"


class SiweError(EthereumError):
    """The EIP-4361 message is refused."""

    code = "invalid_message"


class SiweFormatError(SiweError):
    """Not an EIP-4361 message, or longer than we read."""

    code = "malformed_message"


class AddressMismatchError(SiweError):
    """The message names another address."""

    code = "address_mismatch"


class DomainMismatchError(SiweError):
    """The message was made for another domain."""

    code = "domain_mismatch"


class SchemeMismatchError(SiweError):
    """The message names another scheme before its domain."""

    code = "scheme_mismatch"


class UriMismatchError(SiweError):
    """The message's URI is of another origin."""

    code = "uri_mismatch"


class ChainIdMismatchError(SiweError):
    """The message is bound to a chain we did not ask for."""

    code = "chain_id_mismatch"


class NonceMismatchError(SiweError):
    """The message answers another challenge."""

    code = "nonce_mismatch"


class StatementMismatchError(SiweError):
    """The user agreed to another statement than ours."""

    code = "statement_mismatch"


class RequestIdMismatchError(SiweError):
    """The message carries another request id than the one asked for."""

    code = "request_id_mismatch"


class ResourcesMismatchError(SiweError):
    """The message grants other resources than those asked for."""

    code = "resources_mismatch"


class RecapMismatchError(SiweError):
    """The message's recap is malformed, or not what the end of the statement says (ERC-5573)."""

    code = "recap_mismatch"


class IssuedAtError(SiweError):
    """The message was issued outside the time we accept."""

    code = "issued_at_out_of_range"


class ExpiredMessageError(SiweError):
    """The message's expiration time has come."""

    code = "expired_message"


class NotYetValidMessageError(SiweError):
    """The message's not-before time is still to come."""

    code = "message_not_yet_valid"


class SignerMismatchError(SiweError):
    """The message was signed, but by another address."""

    code = "signer_mismatch"


class AbiError(ValueError):
    """What a contract sends is not laid out as it should be, or is larger than it may be."""


class UriError(ValueError):
    """Not a URI that a token may name; the text says why, and nothing of the URI."""


class LongUriError(UriError):
    """A data: URI with more content than is ever read."""
