"""Files, an address and a browser that nobody has a reason to touch: whoever does is seen, in C++ too.

Qt opens what a text names without Python noticing; so the kernel is asked (inotify), and a socket listens.
"""

import ctypes
import os
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_OPENED = 0x20  # IN_OPEN
_HEAD = struct.Struct("iIII")
_BROWSERS = ("xdg-open", "x-www-browser", "firefox", "gio", "kde-open", "gnome-open")
# One black point.
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)
_WATCHED_EVENTS = {"open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec"}


_OWN = (str(Path(__file__).resolve().parents[2]), sys.prefix, sys.base_prefix)
"""Files of the program itself may be read."""


class _Heard:
    """Of Python; its hooks stay for the life of a process, so one is enough."""

    def __init__(self) -> None:
        self.events: list[str] | None = None
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.events is None or event not in _WATCHED_EVENTS:
            return
        if event != "open" or not str(arguments[0]).startswith(_OWN):
            self.events.append(f"{event} {arguments[:1]!r}")


_heard: list[_Heard] = []


class Canary:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("logo.png", "x", "page.html", "style.css"):
            (folder / name).write_bytes(_PNG)
        for name in _BROWSERS:
            (folder / name).write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
            (folder / name).chmod(0o755)
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._watch = self._libc.inotify_init1(os.O_NONBLOCK)
        if self._watch < 0 or self._libc.inotify_add_watch(self._watch, os.fsencode(folder), _OPENED) < 0:
            raise OSError(ctypes.get_errno(), "inotify")
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.setblocking(False)
        self.port = int(self._server.getsockname()[1])
        if not _heard:
            _heard.append(_Heard())
        _heard[0].events = []

    @property
    def addresses(self) -> tuple[str, ...]:
        """Ways to name what is watched: files here and beside the program, the address, the machine's own."""
        file, host = self.folder / "logo.png", f"127.0.0.1:{self.port}"
        return (
            file.as_uri(), str(file), f"file:{file}", f"FILE://localhost{file}", f"file:///{file}",
            "logo.png", "./logo.png", f"../{self.folder.name}/logo.png", f"file://{self.folder}/%6cogo.png",
            f" {file} ", f"http://{host}/logo.png", f"https://{host}/logo.png",
            f"//{host}/logo.png", f"ftp://{host}/x",
            f"\\\\127.0.0.1@{self.port}\\share\\logo.png", f"smb://{host}/share", "file:///etc/passwd",
            "qrc:/logo.png", ":/logo.png", "data:image/png;base64,iVBORw0KGgo=",
            "data:text/html,<script>1</script>", "javascript:alert(1)", "x-apple:x", "about:blank", f"supportdesk://new?attach={file}",
        )  # fmt: skip

    def touched(self) -> list[str]:
        """Who came since the last question; in the order of the kernel, then the network, then Python."""
        return [*self._opened(), *self._connected(), *self._told_by_python()]

    def _opened(self) -> Iterator[str]:
        try:
            told = os.read(self._watch, 1 << 16)
        except BlockingIOError:
            return
        while told:
            length = _HEAD.unpack_from(told)[3]
            name = told[_HEAD.size : _HEAD.size + length].rstrip(b"\0")
            yield f"opened {name.decode() or 'the folder'}"
            told = told[_HEAD.size + length :]

    def _connected(self) -> Iterator[str]:
        while True:
            try:
                self._server.accept()[0].close()
            except BlockingIOError:
                return
            yield "connected"

    def _told_by_python(self) -> list[str]:
        told = _heard[0].events or []
        if told:
            _heard[0].events = []
        return told

    def close(self) -> None:
        _heard[0].events = None
        os.close(self._watch)
        self._server.close()


@contextmanager
def canary(folder: Path) -> Iterator[Canary]:
    """The program stands in its folder, and finds its browsers first."""
    folder.mkdir(exist_ok=True)
    bird, before, path = Canary(folder), Path.cwd(), os.environ["PATH"]
    os.chdir(folder)
    os.environ["PATH"] = f"{folder}{os.pathsep}{path}"
    try:
        yield bird
    finally:
        os.chdir(before)
        os.environ["PATH"] = path
        bird.close()
