// SPDX-License-Identifier: CC0-1.0
pragma solidity 0.8.37;

// Accounts the tests ask, honest and hostile.
bytes4 constant MAGIC_VALUE = 0x1626ba7e;

/// One owner, who may change; strict about the signature like OpenZeppelin's ECDSA.
contract OwnedWallet {
    address public owner;

    constructor(address first) {
        owner = first;
    }

    function setOwner(address next) external {
        owner = next;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        if (signature.length != 65) return 0xffffffff;
        (bytes32 r, bytes32 s) = abi.decode(signature, (bytes32, bytes32));
        address signer = ecrecover(hash, uint8(signature[64]), r, s);
        return signer != address(0) && signer == owner ? MAGIC_VALUE : bytes4(0xffffffff);
    }
}

/// CREATE2 factory of OwnedWallet.
contract WalletFactory {
    function deploy(address owner, bytes32 salt) external returns (address) {
        return address(new OwnedWallet{salt: salt}(owner));
    }
}

contract FailingFactory {
    fallback() external {
        revert("no");
    }
}

/// Says it is done and deploys nothing.
contract IdleFactory {
    fallback() external {}
}

/// Burns all it is given.
contract BurningFactory {
    fallback() external {
        assembly {
            invalid()
        }
    }
}

/// Tries to answer for the wallet that it should deploy.
contract AnsweringFactory {
    fallback() external {
        assembly {
            mstore(0, shl(224, 0x1626ba7e))
            return(0, 32)
        }
    }
}

/// Accepts only once its module was set up, which anyone may do (ERC-6492's "prepare").
contract UnpreparedWallet {
    bool public prepared;

    function prepare() external {
        prepared = true;
    }

    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        return prepared ? MAGIC_VALUE : bytes4(0xffffffff);
    }
}

/// Like Safe: an empty signature asks whether the owners approved the hash on chain.
contract SafeLikeWallet {
    mapping(bytes32 => bool) public approved;

    function approve(bytes32 hash) external {
        approved[hash] = true;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        return signature.length == 0 && approved[hash] ? MAGIC_VALUE : bytes4(0);
    }
}

contract AcceptingWallet {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        return MAGIC_VALUE;
    }
}

contract RejectingWallet {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        return 0xffffffff;
    }
}

contract RevertingWallet {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        revert("no");
    }
}

/// Reverts with what would be the right answer.
contract RevertingWithMagicWallet {
    fallback() external {
        assembly {
            mstore(0, shl(224, 0x1626ba7e))
            revert(0, 32)
        }
    }
}

contract BooleanWallet {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bool) {
        return true;
    }
}

/// The magic value with something behind it in the word.
contract DirtyWallet {
    fallback() external {
        assembly {
            mstore(0, or(shl(224, 0x1626ba7e), 1))
            return(0, 32)
        }
    }
}

/// The magic value at the wrong end of the word.
contract RightAlignedWallet {
    fallback() external {
        assembly {
            mstore(0, 0x1626ba7e)
            return(0, 32)
        }
    }
}

/// The four bytes alone.
contract ShortWallet {
    fallback() external {
        assembly {
            mstore(0, shl(224, 0x1626ba7e))
            return(0, 4)
        }
    }
}

contract OneByteWallet {
    fallback() external {
        assembly {
            mstore8(0, 1)
            return(0, 1)
        }
    }
}

contract SilentWallet {
    fallback() external {}
}

/// The right word and another behind it.
contract LongWallet {
    fallback() external {
        assembly {
            mstore(0, shl(224, 0x1626ba7e))
            return(0, 64)
        }
    }
}

/// The right word at the head of a megabyte.
contract MegabyteWallet {
    fallback() external {
        assembly {
            mstore(0, shl(224, 0x1626ba7e))
            return(0, 0x100000)
        }
    }
}

/// What it was asked.
contract EchoingWallet {
    fallback() external {
        assembly {
            calldatacopy(0, 0, calldatasize())
            return(0, calldatasize())
        }
    }
}

/// Burns all it is given, slowly.
contract BurningWallet {
    fallback() external {
        assembly {
            for {} 1 {} { mstore(0, keccak256(0, 4096)) }
        }
    }
}

/// Ambire's simulation bypass and the like: nobody can sign as these origins, a node can pretend.
contract OriginTrustingWallet {
    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        return uint160(tx.origin) <= 1 ? MAGIC_VALUE : bytes4(0xffffffff);
    }
}

/// Writes, which a signature check must not.
contract WritingWallet {
    uint256 public asked;

    function isValidSignature(bytes32, bytes calldata) external returns (bytes4) {
        asked += 1;
        return MAGIC_VALUE;
    }
}

/// Accepts the one signature it was told of, whatever bytes those are.
contract SignatureHashWallet {
    bytes32 public expected;

    function expect(bytes calldata signature) external {
        expected = keccak256(signature);
    }

    function isValidSignature(bytes32, bytes calldata signature) external view returns (bytes4) {
        return keccak256(signature) == expected ? MAGIC_VALUE : bytes4(0);
    }
}
