"""Processes that are born quickly and die at any moment."""

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path


def fork(work: Callable[[], None]) -> int:
    """Runs `work` in a child; the caller must not have threads. Returns the child's process id."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    except BaseException:  # noqa: BLE001 a child must never return into its parent's program
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def kill_after(child: int, seconds: float) -> bool:
    """Kills the child unless it ended before; True when it was killed."""
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def wait_for(sign: Path, timeout_s: float = 10.0) -> None:
    """Until a child has made the file, or for the time-out."""
    end = time.monotonic() + timeout_s
    while not sign.exists() and time.monotonic() < end:
        time.sleep(0.003)


def finish(child: int) -> bool:
    """Waits for the child; True when it ended well."""
    _pid, status = os.waitpid(child, 0)
    return os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0


class Acknowledged:
    """Lines that a process wrote before it was killed: what it promised to have kept."""

    def __init__(self, path: str) -> None:
        self._path = path

    def say(self, line: str) -> None:
        with open(self._path, "ab", buffering=0) as file:  # noqa: PTH123 unbuffered appends are one system call
            file.write(line.encode() + b"\n")

    def lines(self) -> list[str]:
        if not os.path.exists(self._path):  # noqa: PTH110
            return []
        with open(self._path, "rb") as file:  # noqa: PTH123
            return file.read().decode().splitlines()
