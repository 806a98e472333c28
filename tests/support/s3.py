"""A real S3-compatible server on this machine's loopback, as a process of its own."""

import os
import re
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from supportdesk.server.bucket import Bucket
from supportdesk.server.s3 import S3

SECRET = "s3-secret-7c5"
_LISTENS = re.compile(rb"http://127\.0\.0\.1:(\d+)")


class Store:
    """Holds everything in memory. `told` is what the configuration says about it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=os.environ | {"MOTO_ALLOW_NONEXISTENT_REGION": "true"},
        )
        assert self._process.stderr is not None
        port = next(match[1].decode() for line in self._process.stderr if (match := _LISTENS.search(line)))
        self.address = f"http://127.0.0.1:{port}"

    def bucket(self) -> S3:
        """A new one."""
        told = S3(
            endpoint=self.address,
            bucket=f"files-{uuid.uuid4()}",
            prefix="desk",
            access_key="desk",
            secret_key=SECRET,
        )
        Bucket(told, "")._client.create_bucket(Bucket=told.bucket)
        return told

    def stall(self) -> None:
        """Takes connections and says nothing."""
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        assert self._process.stderr is not None
        self._process.stderr.close()


@contextmanager
def s3_store() -> Iterator[Store]:
    store = Store()
    try:
        yield store
    finally:
        store.end()
