"""A published site on https://localhost with given headers, and http that redirects to it."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from deploy.site import SiteFile

type Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class ServedSite:
    http_port: int
    https_port: int
    certificate: Path
    """PEM that a client must trust."""


@contextmanager
def served(site: Sequence[SiteFile], headers: Headers, folder: Path) -> Iterator[ServedSite]:
    """As CloudFront does: paths that are no file are the one page, GET and HEAD only."""
    files = {f"/{file.key}": file for file in site}
    certificate = _certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    class Page(_Quiet):
        def do_GET(self) -> None:
            file = files.get(self.path, files["/index.html"])
            own = [("content-type", file.content_type), ("cache-control", file.cache_control)]
            _answer(self, 200, [*headers, *own], file.content)

    secure = ThreadingHTTPServer(("localhost", 0), Page)
    secure.socket = context.wrap_socket(secure.socket, server_side=True)
    https_port = secure.server_address[1]

    class Redirect(_Quiet):
        def do_GET(self) -> None:
            location = f"https://localhost:{https_port}{self.path}"
            _answer(self, 301, [("location", location)], b"")

    with _running(secure), _running(ThreadingHTTPServer(("localhost", 0), Redirect)) as http_port:
        yield ServedSite(http_port, https_port, certificate)


class _Quiet(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def _answer(handler: BaseHTTPRequestHandler, status: int, headers: Headers, body: bytes) -> None:
    handler.send_response(status)
    for name, value in [*headers, ("content-length", str(len(body)))]:
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def _running(server: ThreadingHTTPServer) -> Iterator[int]:
    server.daemon_threads = True
    thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _certificate(folder: Path) -> Path:
    """Key and self-signed certificate for localhost, good for an hour."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    serial = x509.random_serial_number()
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), serial)
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    file = folder / "localhost.pem"
    file.write_bytes(private + certificate.public_bytes(pem))
    return file
