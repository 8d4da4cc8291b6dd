import re

_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}")


def is_address(text: str) -> bool:
    return _ADDRESS.fullmatch(text) is not None
