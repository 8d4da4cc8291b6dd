// SPDX-License-Identifier: CC0-1.0
pragma solidity 0.8.37;

/// Does the contract at an address accept a signature? Asked by one `eth_call` that deploys
/// nothing: this is creation code whose "runtime code" is the verdict, one byte.
///
/// ERC-1271 https://eips.ethereum.org/EIPS/eip-1271  ERC-6492 https://eips.ethereum.org/EIPS/eip-6492
///
/// Unlike the published validators it takes a signature of any length (Safe's on-chain approval is
/// an empty one), compares the whole returned word, never copies more than that word, and ends
/// with a verdict where they revert. It recovers no key: that is done before, without a node.
contract ContractWalletValidator {
    uint8 private constant REFUSED = 0;
    uint8 private constant ACCEPTED = 1;
    uint8 private constant NO_CONTRACT = 2;
    uint8 private constant NOT_DEPLOYED = 3;
    uint8 private constant MALFORMED_WRAPPER = 4;

    /// Left-aligned, as ABI encodes bytes4: a dirty word is no answer.
    bytes32 private constant MAGIC_VALUE = bytes32(bytes4(0x1626ba7e));
    bytes32 private constant WRAPPED = 0x6492649264926492649264926492649264926492649264926492649264926492;
    /// Below are the precompiles of every chain we know; some chains give theirs code.
    uint160 private constant FIRST_WALLET = 0x10000;

    constructor(address wallet, bytes32 hash, bytes memory signature) {
        uint8 verdict = _judge(wallet, hash, signature);
        assembly {
            mstore8(0, verdict)
            return(0, 1)
        }
    }

    function _judge(address wallet, bytes32 hash, bytes memory signature) private returns (uint8) {
        if (uint160(wallet) < FIRST_WALLET) return NO_CONTRACT;
        if (_isWrapped(signature)) return _judgeWrapped(wallet, hash, signature);
        if (wallet.code.length == 0) return NO_CONTRACT;
        return _accepts(wallet, hash, signature) ? ACCEPTED : REFUSED;
    }

    /// A deployed wallet is asked first; then once more after its factory (or whatever the
    /// signer named to prepare it) was called.
    function _judgeWrapped(address wallet, bytes32 hash, bytes memory wrapped) private returns (uint8) {
        (bool isWellFormed, address factory, bytes memory preparation, bytes memory signature) = _unwrap(wrapped);
        if (!isWellFormed) return MALFORMED_WRAPPER;
        if (wallet.code.length != 0 && _accepts(wallet, hash, signature)) return ACCEPTED;
        bool isPrepared = _call(factory, preparation);
        if (wallet.code.length == 0) return NOT_DEPLOYED;
        return isPrepared && _accepts(wallet, hash, signature) ? ACCEPTED : REFUSED;
    }

    function _accepts(address wallet, bytes32 hash, bytes memory signature) private view returns (bool accepted) {
        bytes memory question = abi.encodeWithSelector(bytes4(MAGIC_VALUE), hash, signature);
        bytes32 magicValue = MAGIC_VALUE;
        assembly {
            let answered := staticcall(gas(), wallet, add(question, 32), mload(question), 0, 32)
            accepted := and(and(answered, eq(returndatasize(), 32)), eq(mload(0), magicValue))
        }
    }

    function _call(address target, bytes memory data) private returns (bool succeeded) {
        assembly {
            succeeded := call(gas(), target, 0, add(data, 32), mload(data), 0, 0)
        }
    }

    function _isWrapped(bytes memory signature) private pure returns (bool) {
        if (signature.length < 32) return false;
        bytes32 ending;
        assembly {
            ending := mload(add(signature, mload(signature)))
        }
        return ending == WRAPPED;
    }

    /// abi.decode(…, (address, bytes, bytes)) of all but the last 32 bytes, without its reverts.
    function _unwrap(bytes memory wrapped)
        private
        pure
        returns (bool, address factory, bytes memory preparation, bytes memory signature)
    {
        uint256 size = wrapped.length - 32;
        if (size < 96 || _wordAt(wrapped, 0) >> 160 != 0) return (false, factory, preparation, signature);
        factory = address(uint160(_wordAt(wrapped, 0)));
        bool hasPreparation;
        bool hasSignature;
        (hasPreparation, preparation) = _bytesAt(wrapped, size, _wordAt(wrapped, 32));
        (hasSignature, signature) = _bytesAt(wrapped, size, _wordAt(wrapped, 64));
        return (hasPreparation && hasSignature, factory, preparation, signature);
    }

    function _wordAt(bytes memory data, uint256 offset) private pure returns (uint256 word) {
        assembly {
            word := mload(add(add(data, 32), offset))
        }
    }

    /// The length-prefixed bytes at an offset within the first `size` bytes; not copied.
    function _bytesAt(bytes memory data, uint256 size, uint256 offset) private pure returns (bool, bytes memory found) {
        if (offset > size - 32) return (false, found);
        if (_wordAt(data, offset) > size - 32 - offset) return (false, found);
        assembly {
            found := add(add(data, 32), offset)
        }
        return (true, found);
    }
}
