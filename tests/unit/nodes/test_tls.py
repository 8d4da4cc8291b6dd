"""A node behind TLS is believed only where its certificate is."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPSConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from nodes.endpoint import RpcEndpoint
from nodes.errors import RpcEndpointError
from nodes.urls import RpcUrl
from runtime.deadline import Deadline
from runtime.https import Connect, open_connection
from runtime.settings import HttpUrl


def write_certificate(folder: Path) -> Path:
    """A self-signed certificate of localhost and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    unencrypted = serialization.NoEncryption()
    text = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, unencrypted)
    file = folder / "localhost.pem"
    file.write_bytes(text + certificate.public_bytes(pem))
    return file


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"[]")

    def log_message(self, format: str, *args: object) -> None:
        pass


class Server(HTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that refuses the certificate is what the test is about."""


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return write_certificate(tmp_path)


@pytest.fixture
def port(certificate: Path) -> Iterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Server(("127.0.0.1", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def no_key(_: str | None) -> str:
    raise AssertionError("nobody asked for the key")


def send(port: int, connect: Connect) -> object:
    url = RpcUrl("https", "localhost", port, "/")
    endpoint = RpcEndpoint(url, read_key=no_key, connect=connect)
    return endpoint.send([], Deadline.after(5.0, time.monotonic))


def test_refuses_a_certificate_that_nobody_vouches_for(port: int) -> None:
    with pytest.raises(RpcEndpointError, match="SSLCertVerificationError"):
        send(port, open_connection)


def test_speaks_tls_where_the_certificate_is_trusted(port: int, certificate: Path) -> None:
    """The server above is a sound one: only the trust is missing."""

    def connect(url: HttpUrl, timeout: float) -> HTTPConnection:
        context = ssl.create_default_context(cafile=str(certificate))
        return HTTPSConnection(url.host, url.port, timeout=timeout, context=context)

    assert send(port, connect) == []
