"""The reading threads while a database's file is replaced."""

import sqlite3
import threading
from pathlib import Path

import pytest

from supportdesk.replica.readlane import ReadLane


@pytest.fixture
def place(tmp_path: Path) -> Path:
    sqlite3.connect(tmp_path / "any.db").close()
    return tmp_path / "any.db"


def test_nobody_opens_a_connection_during_a_pause(place: Path) -> None:
    """Also a thread that has never read before waits until the file is in its place again."""
    paused, opened_in_pause = threading.Event(), threading.Event()

    def connect() -> sqlite3.Connection:
        if paused.is_set():
            opened_in_pause.set()
        return sqlite3.connect(place, check_same_thread=False)

    lane = ReadLane(connect, damaged=lambda: None, threads=2)
    lane.submit(lambda _reader: None).result(20)  # one of the two threads has a connection now
    lane.pause()
    paused.set()
    jobs = [lane.submit(lambda _reader: 1) for _thread in range(2)]
    assert not opened_in_pause.wait(0.2)
    paused.clear()
    lane.go_on()
    assert [job.result(20) for job in jobs] == [1, 1]
    lane.close()
