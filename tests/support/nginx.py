"""nginx with the configuration of docs/server.md, in a temporary folder, without TLS."""

import re
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support.tools import found

_MANUAL = Path(__file__).resolve().parents[2] / "docs" / "server.md"
_START_TIMEOUT_S = 20.0


@contextmanager
def nginx(folder: Path, servers: Sequence[str]) -> Iterator[str]:
    """In front of `servers` ('127.0.0.1:8000'); gives its own address, without a slash at the end."""
    port = _free_port()
    place = folder / "nginx"
    place.mkdir()
    (place / "nginx.conf").write_text(_configuration(place, port, servers), encoding="utf-8")
    process = subprocess.Popen([str(found("nginx")), "-p", str(place), "-c", "nginx.conf", "-e", "error.log"])
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _configuration(place: Path, port: int, servers: Sequence[str]) -> str:
    site = re.findall(r"```nginx\n(.*?)```", _MANUAL.read_text(encoding="utf-8"), re.DOTALL)[0]
    kept = [line for line in site.splitlines() if not re.search(r"ssl_|listen \[|^    server 127", line)]
    site = "\n".join(kept).replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    named = "\n".join(f"    server {server};" for server in servers)
    site = site.replace("upstream supportdesk {", f"upstream supportdesk {{\n{named}")
    temporary = "\n".join(
        f"{kind}_temp_path {place / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"daemon off;\nmaster_process off;\npid {place / 'pid'};\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}\n{site}\n}}\n"
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _START_TIMEOUT_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return
