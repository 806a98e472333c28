"""Test servers leave no socket behind for the collection after another test."""

import asyncio
import gc
import socket
import ssl
from contextlib import suppress

import pytest

from tests.support.listener import Listener, talking


async def _read(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.read()


@pytest.mark.parametrize("steps", range(6))
@pytest.mark.parametrize("encrypted", [False, True], ids=["plain", "encrypted"])
def test_who_comes_in_the_last_moment_is_closed_too(steps: int, *, encrypted: bool) -> None:
    """However far the loop is with the connection when the listener ends."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if encrypted else None

    async def run() -> socket.socket:
        async with Listener(talking(_read), tls) as listener:
            made = socket.create_connection(("127.0.0.1", listener.port))
            for _step in range(steps):
                await asyncio.sleep(0)
        return made

    with asyncio.run(run()) as made:
        gc.collect()
        made.settimeout(20)
        with suppress(ConnectionResetError):
            assert made.recv(1) == b""


def test_what_nobody_reads_is_not_waited_for() -> None:
    """A connection on which more was written than the other side takes is closed nonetheless."""

    async def write(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(bytes(50_000_000))
        written.set()
        writer.close()

    async def run() -> socket.socket:
        async with Listener(talking(write)) as listener:
            made = socket.create_connection(("127.0.0.1", listener.port))
            await asyncio.wait_for(written.wait(), 20)
        return made

    written = asyncio.Event()
    with asyncio.run(run()):
        gc.collect()
