"""A disk that only keeps what was synced, fed with a real process's system calls (as `strace` wrote them).

The strictest reading of POSIX: a file's bytes survive a power cut when the file was synced after they were
written; a name survives when its folder was synced after it was made, moved or removed.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CALLS = (
    "openat,close,lseek,read,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,ftruncate,"
    "mkdir,mkdirat,dup,dup2,dup3,fcntl"
)

_LINE = re.compile(r"^(?:\[pid +)?(\d+)\]? +(.*)$")
_UNFINISHED = re.compile(r"^(.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"^<\.\.\. \w+ resumed>(.*)$")
_CALL = re.compile(r"^(\w+)\((.*)\) += (-?\d+)")
_HEX = re.compile(r"\\x([0-9a-f]{2})")


class Call(NamedTuple):
    name: str
    arguments: list[str]
    result: int


def calls(log: Path) -> Iterator[Call]:
    """Completed, successful calls in the order in which they were completed."""
    begun: dict[str, str] = {}
    for line in log.read_text().splitlines():
        if not (match := _LINE.match(line)):
            continue
        process, text = match.groups()
        if part := _UNFINISHED.match(text):
            begun[process] = part.group(1)
            continue
        if part := _RESUMED.match(text):
            text = begun.pop(process, "") + part.group(1)
        if (call := _CALL.match(text)) and not call.group(3).startswith("-"):
            yield Call(call.group(1), _arguments(call.group(2)), int(call.group(3)))


def text_of(argument: str) -> bytes:
    """The bytes of a string argument written with -xx."""
    return bytes.fromhex("".join(_HEX.findall(argument)))


def _arguments(text: str) -> list[str]:
    return [part.strip() for part in re.split(r', (?=(?:[^"]*"[^"]*")*[^"]*$)', text)]


class Inode:
    def __init__(self) -> None:
        self.now = bytearray()
        self.synced = b""


class Opened:
    def __init__(self, path: str, inode: Inode | None) -> None:
        self.path = path
        self.inode = inode
        """None for a folder."""
        self.offset = 0


class Disk:
    """Files below `root`."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._names: dict[str, Inode] = {}
        self._synced_names: dict[str, Inode] = {}
        self._folders: set[str] = set()
        self._opened: dict[int, Opened] = {}
        self.written: list[tuple[str, bytes]] = []
        """(path, bytes) of plain writes, for the observer."""

    def apply(self, call: Call) -> None:
        handler = getattr(self, f"_{call.name}", None)
        if handler is not None:
            handler(call)

    def after_cut(self, target: Path) -> None:
        """Writes into `target` what would be found after the power came back."""
        target.mkdir(parents=True)
        for folder in sorted(self._folders):
            (target / folder[len(self._root) + 1 :]).mkdir(parents=True, exist_ok=True)
        for path, inode in self._synced_names.items():
            place = target / path[len(self._root) + 1 :]
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(inode.synced)

    def _openat(self, call: Call) -> None:
        path = text_of(call.arguments[1]).decode()
        if not path.startswith(f"{self._root}/"):
            self._opened.pop(call.result, None)
            return
        flags = call.arguments[2]
        if "O_DIRECTORY" in flags or path in self._folders:
            self._opened[call.result] = Opened(path, None)
            return
        inode = self._names.get(path)
        if inode is None:
            inode = self._names[path] = Inode()
        if "O_TRUNC" in flags:
            inode.now.clear()
        opened = self._opened[call.result] = Opened(path, inode)
        if "O_APPEND" in flags:
            opened.offset = -1

    def _close(self, call: Call) -> None:
        self._opened.pop(_number(call.arguments[0]), None)

    def _lseek(self, call: Call) -> None:
        if opened := self._opened.get(_number(call.arguments[0])):
            opened.offset = call.result

    def _read(self, call: Call) -> None:
        if (opened := self._opened.get(_number(call.arguments[0]))) and opened.offset >= 0:
            opened.offset += call.result

    def _write(self, call: Call) -> None:
        opened = self._opened.get(_number(call.arguments[0]))
        if opened is None or opened.inode is None:
            return
        data = text_of(call.arguments[1])[: call.result]
        self.written.append((opened.path, data))
        at = len(opened.inode.now) if opened.offset < 0 else opened.offset
        _put(opened.inode.now, at, data)
        if opened.offset >= 0:
            opened.offset += len(data)

    def _pwrite64(self, call: Call) -> None:
        opened = self._opened.get(_number(call.arguments[0]))
        if opened is not None and opened.inode is not None:
            _put(opened.inode.now, int(call.arguments[3]), text_of(call.arguments[1])[: call.result])

    def _ftruncate(self, call: Call) -> None:
        opened = self._opened.get(_number(call.arguments[0]))
        if opened is not None and opened.inode is not None:
            size = int(call.arguments[1])
            del opened.inode.now[size:]
            opened.inode.now.extend(bytes(size - len(opened.inode.now)))

    def _fsync(self, call: Call) -> None:
        opened = self._opened.get(_number(call.arguments[0]))
        if opened is None:
            return
        if opened.inode is not None:
            opened.inode.synced = bytes(opened.inode.now)
        else:
            self._sync_folder(opened.path)

    _fdatasync = _fsync

    def _sync_folder(self, folder: str) -> None:
        for names in (self._synced_names, self._names):
            for path in [path for path in names if path.rpartition("/")[0] == folder]:
                if path in self._names:
                    self._synced_names[path] = self._names[path]
                else:
                    del self._synced_names[path]

    def _rename(self, call: Call) -> None:
        self._move(call.arguments[0], call.arguments[1])

    def _renameat(self, call: Call) -> None:
        self._move(call.arguments[1], call.arguments[3])

    _renameat2 = _renameat

    def _move(self, old: str, new: str) -> None:
        inode = self._names.pop(text_of(old).decode(), None)
        if inode is not None:
            self._names[text_of(new).decode()] = inode

    def _unlink(self, call: Call) -> None:
        self._names.pop(text_of(call.arguments[0]).decode(), None)

    def _unlinkat(self, call: Call) -> None:
        self._names.pop(text_of(call.arguments[1]).decode(), None)

    def _mkdir(self, call: Call) -> None:
        path = text_of(call.arguments[0]).decode()
        if path.startswith(f"{self._root}/"):
            self._folders.add(path)

    def _mkdirat(self, call: Call) -> None:
        path = text_of(call.arguments[1]).decode()
        if path.startswith(f"{self._root}/"):
            self._folders.add(path)


def _number(argument: str) -> int:
    return int(argument.partition("<")[0])


def _put(content: bytearray, at: int, data: bytes) -> None:
    if len(content) < at:
        content.extend(bytes(at - len(content)))
    content[at : at + len(data)] = data
