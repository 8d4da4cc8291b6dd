// SPDX-License-Identifier: CC0-1.0
pragma solidity 0.8.37;

/// As much of ENS as resolution needs, for tests: a registry, a Universal Resolver with wildcards
/// and off-chain lookups, and resolvers that keep records on chain, elsewhere, or badly.

error OffchainLookup(address sender, string[] urls, bytes callData, bytes4 callbackFunction, bytes extraData);
error ResolverNotFound(bytes name);

interface IExtendedResolver {
    function resolve(bytes calldata name, bytes calldata data) external view returns (bytes memory);
}

interface IBatchGateway {
    struct Request {
        address sender;
        string[] urls;
        bytes data;
    }

    function query(Request[] memory requests) external view returns (bool[] memory, bytes[] memory);
}

contract TestRegistry {
    mapping(bytes32 => address) public resolver;

    function setResolver(bytes32 node, address to) external {
        resolver[node] = to;
    }
}

/// https://docs.ens.domains/resolvers/universal, at a fixed address: no constructor, no immutables.
contract TestUniversalResolver {
    TestRegistry private registry;

    function setRegistry(TestRegistry to) external {
        registry = to;
    }

    function resolve(bytes calldata name, bytes calldata data) external view returns (bytes memory, address) {
        (address resolver, uint256 offset) = _find(name);
        if (resolver == address(0)) revert ResolverNotFound(name);
        bool isExact = offset == 0;
        bytes memory call = isExact && !_isExtended(resolver)
            ? data
            : abi.encodeCall(IExtendedResolver.resolve, (name, data));
        (bool succeeded, bytes memory answer) = resolver.staticcall(call);
        if (succeeded) return (_isExtended(resolver) ? abi.decode(answer, (bytes)) : answer, resolver);
        _lookUp(resolver, answer);
    }

    /// The batch gateway's answer, handed to the resolver that asked.
    function resolveCallback(bytes calldata response, bytes calldata extraData)
        external
        view
        returns (bytes memory, address)
    {
        (address resolver, bytes4 callback, bytes memory inner) = abi.decode(extraData, (address, bytes4, bytes));
        (, bytes[] memory answers) = abi.decode(response, (bool[], bytes[]));
        (bool succeeded, bytes memory answer) =
            resolver.staticcall(abi.encodeWithSelector(callback, answers[0], inner));
        if (!succeeded) _lookUp(resolver, answer);
        return (abi.decode(answer, (bytes)), resolver);
    }

    function _lookUp(address resolver, bytes memory failure) private view {
        if (bytes4(failure) != OffchainLookup.selector) {
            assembly {
                revert(add(failure, 32), mload(failure))
            }
        }
        bytes memory arguments = new bytes(failure.length - 4);
        for (uint256 i = 0; i < arguments.length; i++) arguments[i] = failure[i + 4];
        (address sender, string[] memory urls, bytes memory data, bytes4 callback, bytes memory extraData) =
            abi.decode(arguments, (address, string[], bytes, bytes4, bytes));
        IBatchGateway.Request[] memory requests = new IBatchGateway.Request[](1);
        requests[0] = IBatchGateway.Request(sender, urls, data);
        string[] memory here = new string[](1);
        here[0] = "x-batch-gateway:true";
        revert OffchainLookup(
            address(this),
            here,
            abi.encodeCall(IBatchGateway.query, (requests)),
            this.resolveCallback.selector,
            abi.encode(resolver, callback, extraData)
        );
    }

    /// ENSIP-10: the resolver of the name, or of the nearest parent that has an extended one.
    function _find(bytes calldata name) private view returns (address, uint256) {
        for (uint256 offset = 0; name[offset] != 0; offset += 1 + uint8(name[offset])) {
            address resolver = registry.resolver(_node(name, offset));
            if (resolver != address(0) && (offset == 0 || _isExtended(resolver))) return (resolver, offset);
        }
        return (address(0), 0);
    }

    function _node(bytes calldata name, uint256 offset) private pure returns (bytes32) {
        uint256 size = uint8(name[offset]);
        if (size == 0) return 0;
        bytes32 label = keccak256(name[offset + 1:offset + 1 + size]);
        return keccak256(abi.encodePacked(_node(name, offset + 1 + size), label));
    }

    function _isExtended(address resolver) private view returns (bool) {
        (bool succeeded, bytes memory answer) = resolver.staticcall(abi.encodeWithSignature("isExtended()"));
        return succeeded && answer.length == 32;
    }
}

/// Records on chain.
contract TestResolver {
    mapping(bytes32 => address) public addr;
    mapping(bytes32 => string) public name;

    function setAddr(bytes32 node, address to) external {
        addr[node] = to;
    }

    function setName(bytes32 node, string calldata to) external {
        name[node] = to;
    }
}

/// Answers whatever it was told to, of any length.
contract TestGarbageResolver {
    bytes private garbage;

    constructor(bytes memory told) {
        garbage = told;
    }

    fallback(bytes calldata) external returns (bytes memory) {
        return garbage;
    }
}

/// Records elsewhere: whatever a gateway answers is believed, once, or asked for again.
contract TestOffchainResolver {
    bool public constant isExtended = true;
    string[] private urls;
    uint256 private rounds;

    constructor(string[] memory gateways, uint256 times) {
        urls = gateways;
        rounds = times;
    }

    function resolve(bytes calldata, bytes calldata data) external view returns (bytes memory) {
        revert OffchainLookup(address(this), urls, data, this.resolved.selector, abi.encode(1));
    }

    function resolved(bytes calldata response, bytes calldata extraData) external view returns (bytes memory) {
        uint256 round = abi.decode(extraData, (uint256));
        if (round < rounds) {
            revert OffchainLookup(address(this), urls, response, this.resolved.selector, abi.encode(round + 1));
        }
        return response;
    }
}

/// Reverts with a lookup in another's name.
contract TestForeignLookup {
    function look() external pure {
        string[] memory urls = new string[](1);
        urls[0] = "https://gateway.example/{sender}/{data}";
        revert OffchainLookup(address(1), urls, "", this.look.selector, "");
    }
}

/// A token of each kind whose URI is what it was told.
contract TestToken {
    string private told;
    bool private immutable isErc1155;

    constructor(string memory uri_, bool isErc1155_) {
        told = uri_;
        isErc1155 = isErc1155_;
    }

    function tokenURI(uint256 id) external view returns (string memory) {
        require(!isErc1155 && id == 7, "no such token");
        return told;
    }

    function uri(uint256) external view returns (string memory) {
        require(isErc1155);
        return told;
    }
}
