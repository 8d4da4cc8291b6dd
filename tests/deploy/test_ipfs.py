"""CIDs of folders, against Kubo's own output and a second implementation of the encoding."""

from __future__ import annotations

import base64
import hashlib
import shutil
from pathlib import Path

import pytest

from deploy.ipfs import compute_cid, write_site
from deploy.site import read_site
from tests.deploy.conftest import CONFIG

ROOT = Path(__file__).resolve().parents[2]
RAW, DAG_PB = 0x55, 0x70
SMALLEST_CHUNK = 262_144
"""Bytes of a block in Kubo's oldest profile; a smaller file is one block in every one."""


def cid_bytes(codec: int, block: bytes) -> bytes:
    """CIDv1 with SHA-256: https://github.com/multiformats/cid"""
    return bytes([1, codec, 0x12, 32]) + hashlib.sha256(block).digest()


def text_of(cid: bytes) -> str:
    return "b" + base64.b32encode(cid).decode().lower().rstrip("=")


def bytes_of(text: str) -> bytes:
    padded = text[1:].upper() + "=" * (-len(text[1:]) % 8)
    return base64.b32decode(padded)


def varint(number: int) -> bytes:
    low = bytearray()
    while number > 127:
        low.append(number & 127 | 128)
        number >>= 7
    return bytes([*low, number])


def field(number: int, value: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(value)) + value


def directory(links: dict[str, tuple[bytes, int]]) -> bytes:
    """A UnixFS directory as dag-pb, from name to (CID, size of the whole DAG below).

    Source: https://ipld.io/specs/codecs/dag-pb/spec/
    """
    block = b""
    for name, (cid, size) in sorted(links.items(), key=lambda item: item[0].encode()):
        link = field(1, cid) + field(2, name.encode()) + varint(3 << 3) + varint(size)
        block += field(2, link)
    return block + field(1, b"\x08\x01")


def folder_dag(folder: Path) -> tuple[bytes, int]:
    """CID and size of a folder whose files are one block each."""
    links: dict[str, tuple[bytes, int]] = {}
    for entry in folder.iterdir():
        if entry.is_dir():
            links[entry.name] = folder_dag(entry)
        else:
            content = entry.read_bytes()
            assert len(content) < SMALLEST_CHUNK
            links[entry.name] = (cid_bytes(RAW, content), len(content))
    block = directory(links)
    return cid_bytes(DAG_PB, block), len(block) + sum(size for _, size in links.values())


def test_the_second_implementation_agrees_with_what_kubo_printed() -> None:
    """`ipfs add -r --cid-version=1 .` of a folder with an index.html of 6343 bytes."""
    file = bytes_of("bafkreiaz2uuo52cwwqi3z36ul4dhfefnumwhinvijaj65z5iezayy24b3y")
    assert file[:4] == bytes([1, RAW, 0x12, 32])
    folder = cid_bytes(DAG_PB, directory({"index.html": (file, 6343)}))
    assert text_of(folder) == "bafybeicor3q2zndxy5vehl3467bhf2irghtayo42xw5gfpergic4olp4a4"


@pytest.fixture(scope="module")
def empty_folder_cid(tmp_path_factory: pytest.TempPathFactory) -> str:
    return compute_cid(tmp_path_factory.mktemp("empty"))


def test_the_empty_folder_is_the_one_everybody_knows(empty_folder_cid: str) -> None:
    assert empty_folder_cid == "bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354"


def test_a_published_folder_has_the_cid_of_the_second_implementation(
    built: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "ipfs"
    write_site(read_site(built, CONFIG), folder)
    assert compute_cid(folder) == text_of(folder_dag(folder)[0])


def test_the_dapp_itself_is_one_block_a_file_and_has_the_same_cid_twice(tmp_path: Path) -> None:
    cids = set()
    for name in ("first", "second"):
        out = shutil.copytree(ROOT / "dapp" / "out", tmp_path / f"{name}-out")
        write_site(read_site(out, CONFIG), tmp_path / name)
        cids |= {compute_cid(tmp_path / name), text_of(folder_dag(tmp_path / name)[0])}
    assert len(cids) == 1


def test_another_configuration_has_another_cid(built: Path, tmp_path: Path) -> None:
    other = {**CONFIG, "userPoolClientId": "other"}
    write_site(read_site(built, CONFIG), tmp_path / "one")
    write_site(read_site(built, other), tmp_path / "two")
    assert folder_dag(tmp_path / "one")[0] != folder_dag(tmp_path / "two")[0]


def test_what_was_in_the_folder_before_is_not_pinned(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ipfs"
    folder.mkdir()
    (folder / "prod.parameters").write_text("AlchemyApiKey=secret")
    write_site(read_site(built, CONFIG), folder)
    assert not (folder / "prod.parameters").exists()
    assert (folder / "index.html").is_file()


def test_the_page_refers_to_its_files_by_relative_urls() -> None:
    html = (ROOT / "dapp" / "out" / "index.html").read_text()
    assert 'src="./assets/' in html
    for attribute in ('src="/', 'href="/', 'src="http', 'href="http'):
        assert attribute not in html
