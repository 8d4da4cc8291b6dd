"""Runs the README's two commands on a Debian 12 that has nothing else: `make bare`, as root.

    python3 -m tools.bare_machine FOLDER [COMMAND]

Makes a Debian tree in FOLDER, outside the checkout, with `make`, Python 3 and a clone of HEAD;
waits in there until `make start` is ready and answers, then runs COMMAND (`make test`).
Nothing is mounted or left running once this ends. FOLDER stays, for a look, until the next run.
How this machine reaches Debian's, Python's and npm's packages is read from its settings.
"""

from __future__ import annotations

import os
import shlex
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from tools.python_packages import python
from tools.step import ROOT, answers, run, say

SUITE = "bookworm"
PACKAGES = "ca-certificates,git,make,python3,python3-venv"
CLONE = "/root/nft-gallery"
CERTIFICATES = "/etc/certificates-of-the-host.pem"
READY_SECONDS = 600
CERTIFICATE_VARIABLES = ("CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "PIP_CERT", "SSL_CERT_FILE")
REGISTRY_VARIABLES = (
    *("http_proxy", "https_proxy", "no_proxy", "npm_config_registry"),
    *("pip_index_url", "pip_extra_index_url", "pip_trusted_host", "pip_default_timeout"),
    *("uv_default_index", "uv_index", "uv_index_url", "uv_extra_index_url", "uv_http_timeout"),
)
REGISTRY_FILES = ("/etc/pip.conf", "/etc/uv/uv.toml", "/etc/hosts", "/etc/resolv.conf")
REGISTRY_FILES_AT_HOME = (".config/pip/pip.conf", ".config/uv/uv.toml", ".npmrc")


def refuse(reason: str) -> None:
    sys.exit(f"bare: {reason}")


def check_host() -> None:
    """Refuse, in one line, what cannot work."""
    if os.geteuid() != 0:
        refuse("only root may make a Debian tree and enter it; run it as root")
    for program, package in (("debootstrap", "debootstrap"), ("unshare", "util-linux")):
        if not shutil.which(program):
            refuse(f"there is no {program}; on Debian: apt-get install {package}")


def check_folder(tree: Path) -> None:
    """Refuse a folder whose content would be lost."""
    if tree.is_relative_to(ROOT):
        refuse(f"{tree} is in the checkout; name a folder outside")
    if tree.exists() and not mark(tree).is_file():
        refuse(f"{tree} is there and was not made by this; name another folder")


def mark(tree: Path) -> Path:
    return tree / ".bare-machine"


def make_tree(tree: Path) -> None:
    say(f"making a Debian tree in {tree}")
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir(parents=True)
    mark(tree).touch()
    include = f"--include={PACKAGES}"
    command = ["debootstrap", "--variant=minbase", include, SUITE, str(tree), *debian_mirror()]
    log = tree / "debootstrap.log"
    with log.open("w") as output:
        made = subprocess.run(command, stdout=output, stderr=output, check=False)
    if made.returncode:
        refuse(f"debootstrap failed; {log} says why")


def debian_mirror() -> list[str]:
    """Where this machine takes the suite from, or nothing: debootstrap knows Debian's own."""
    asked = ("$(REPO_URI)", "Created-By: Packages", f"Codename: {SUITE}", "Component: main")
    return (answers("apt-get", "indextargets", "--format", *asked) or "").splitlines()[:1]


def pass_settings_on(tree: Path) -> None:
    """Names, certificates and registries as this machine has them, apt's way of fetching too."""
    home = Path.home()
    files = {Path(name): tree / name[1:] for name in REGISTRY_FILES}
    files.update({home / name: tree / "root" / name for name in REGISTRY_FILES_AT_HOME})
    bundle = os.environ.get("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt")
    files[Path(bundle)] = tree / CERTIFICATES[1:]
    for source, target in files.items():
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    fetching = answers("apt-config", "dump", "Acquire") or ""
    (tree / "etc" / "apt" / "apt.conf.d" / "host").write_text(fetching + "\n")


def copy_python(tree: Path) -> None:
    """This machine's Python 3.13 if it has a folder of its own and runs in there."""
    prefix = Path(answers(python(), "-c", "import sys; print(sys.base_prefix)") or "/usr")
    if prefix in (Path("/usr"), Path("/usr/local")):
        return say("no Python 3.13 to copy: uv brings one")
    unneeded = shutil.ignore_patterns("test", "site-packages")
    target, link = tree / prefix.relative_to("/"), tree / "usr" / "local" / "bin" / "python3.13"
    shutil.copytree(prefix, target, symlinks=True, ignore=unneeded)
    link.symlink_to(prefix / "bin" / "python3.13")
    if answers(*inside(tree, "python3.13 -c 'import ssl, sqlite3, ctypes'")) is None:
        say("this machine's Python 3.13 does not run in there: uv brings one")
        link.unlink()
        shutil.rmtree(target)
    return None


def clone(tree: Path) -> None:
    say(f"cloning {answers('git', 'log', '-1', '--format=%h %s')}")
    run("git", "clone", "--quiet", ROOT, tree / CLONE[1:])


def inside(tree: Path, command: str) -> list[str]:
    """The command as root in the tree; its mounts and processes end with it."""
    shell = shlex.join(["chroot", str(tree), "env", "-i", *variables(), "sh", "-c", command])
    mounts = 'mount -t proc proc "$1/proc" && mkdir -p "$1/dev/shm"'
    mounts += ' && mount -t tmpfs tmpfs "$1/dev/shm"'
    words = ["sh", "-c", f"{mounts} && exec {shell}", "enter", str(tree)]
    return ["unshare", "--mount", "--pid", "--fork", "--kill-child", *words]


def variables() -> list[str]:
    """The environment in the tree: that of a login, and where packages come from."""
    path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    own = {"HOME": "/root", "LANG": "C.UTF-8", "PATH": path}
    own.update(dict.fromkeys(CERTIFICATE_VARIABLES, CERTIFICATES))
    own.update({k: v for k, v in os.environ.items() if k.lower() in REGISTRY_VARIABLES})
    return [f"{name}={value}" for name, value in own.items()]


def start(tree: Path) -> None:
    """`make start` until its last line, and one request to the site."""
    port, api_port = free_port(), free_port()
    command = f"cd {CLONE} && exec make start PORT={port} API_PORT={api_port} 2>&1"
    started = time.monotonic()
    with subprocess.Popen(inside(tree, command), stdout=subprocess.PIPE, text=True) as process:
        late = threading.Timer(READY_SECONDS, process.kill)
        late.start()
        try:
            for line in process.stdout or ():
                print(f"  {line}", end="", flush=True)
                if "is ready" in line:
                    break
            else:
                refuse("`make start` ended before it was ready")
            with urllib.request.urlopen(f"http://localhost:{port}/", timeout=30) as page:
                say(f"`make start`: {page.status} after {time.monotonic() - started:.0f} s")
        finally:
            late.cancel()
            process.kill()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main(folder: str, command: str = "make test") -> None:
    tree = Path(folder).resolve()
    check_folder(tree)
    check_host()
    make_tree(tree)
    pass_settings_on(tree)
    copy_python(tree)
    clone(tree)
    start(tree)
    say(command)
    done = subprocess.run(inside(tree, f"cd {CLONE} && {command}"), check=False)
    sys.exit(done.returncode)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*sys.argv[1:])
