"""`supportdesk-server run` as a process of its own."""

import os
import queue
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_START_TIMEOUT_S = 180.0
_ADDRESS = re.compile(r"http://\S+?:\d+")


class ServerProcess:
    """Started when made, or the reason why it ended stands in `log`."""

    def __init__(
        self, folder: Path, *arguments: str, environment: Mapping[str, str] | None = None, port: int = 0
    ) -> None:
        self._log = folder / f"server-{port}.log"
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "supportdesk.server", "run", f"--port={port}", *arguments],
                env=os.environ | {"LANG": "C", "PYTHONUNBUFFERED": "1"} | dict(environment or {}),
                stdout=subprocess.PIPE,
                stderr=log,
            )
        self._said: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, name="server-output")
        self._reader.start()
        self.address = self._announced()
        """Without a slash at the end; '' where it ended instead."""

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def kill(self) -> None:
        """As a power cut does to a process."""
        self._process.kill()
        self.wait()

    def end(self) -> int:
        """As systemd does; returns the exit code."""
        self._process.send_signal(signal.SIGTERM)
        return self.wait()

    def wait(self) -> int:
        code = self._process.wait(60)
        self._reader.join()
        return code

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self._said.put(line.decode())
        self._said.put("")

    def _announced(self) -> str:
        line = self._said.get(timeout=_START_TIMEOUT_S)
        match = _ADDRESS.search(line)
        return match[0] if match else ""


@contextmanager
def server_process(
    folder: Path, *arguments: str, environment: Mapping[str, str] | None = None, port: int = 0
) -> Iterator[ServerProcess]:
    """Killed at the end where it still runs."""
    process = ServerProcess(folder, *arguments, environment=environment, port=port)
    try:
        yield process
    finally:
        if process.running:
            process.kill()
        process.wait()
