"""Many processes on one PostgreSQL desk at the same moment."""

import base64
import json
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from supportdesk.clock import uuid7
from supportdesk.desk.store.address import PostgresSchema
from supportdesk.desk.store.database import DeskConnection, opened, reading
from supportdesk.desk.visibility import feed
from supportdesk.desk.visibility.facts import View
from supportdesk.domain.changes import Upsert
from supportdesk.domain.commands import CreateTicket, encode_intent
from supportdesk.domain.entities import Ticket
from tests.support.crowd import Wanted
from tests.support.desk import COLLEAGUE, CUSTOMER, view_of
from tests.support.postgres import Cluster

COMMANDS = 1_000
PROCESSES = 4
THREADS = 12
"""In each process; PostgreSQL takes a hundred connections."""


class Reader:
    """Pulls as often as it can, from cursor to cursor, and remembers what came."""

    def __init__(self, connection: DeskConnection, view: View) -> None:
        self._connection = connection
        self._view = view
        self._cursor: str | None = None
        self.numbers: dict[str, str] = {}
        """Of each ticket."""
        self.pages = 0

    def pull(self) -> bool:
        """Whether there is more at once."""
        with reading(self._connection):
            page = feed.pull(self._connection, self._view, self._cursor, 50)
        self._cursor = page.cursor
        self.pages += bool(page.changes)
        for change in page.changes:
            if isinstance(change, Upsert) and isinstance(change.entity, Ticket):
                self.numbers[change.entity.id] = change.entity.number
        return page.more


@contextmanager
def _reading_along(address: PostgresSchema) -> Iterator[Reader]:
    """Until the end, and then up to the newest change."""
    over = threading.Event()

    def pull_on(reader: Reader) -> None:
        while not over.wait(0.002):
            reader.pull()

    with closing(opened(address)) as connection:
        reader = Reader(connection, view_of(connection, CUSTOMER))
        thread = threading.Thread(target=pull_on, args=(reader,))
        thread.start()
        try:
            yield reader
        finally:
            over.set()
            thread.join()
        while reader.pull():
            pass


def _sent(address: PostgresSchema, sendings: list[list[Wanted]]) -> list[dict[str, list[str]]]:
    """What each process was told."""
    command = [sys.executable, "-m", "tests.support.crowd", address.url, str(THREADS)]
    crowd = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _process in sendings
    ]
    pipes = []
    for process, sending in zip(crowd, sendings, strict=True):
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(sending) + "\n")
        process.stdin.flush()
        pipes.append((process.stdin, process.stdout))
    for _stdin, stdout in pipes:
        assert stdout.readline() == "ready\n"
    return [json.loads(process.communicate("go\n")[0]) for process in crowd]


@pytest.mark.second_stage
@pytest.mark.timeout(180)
def test_a_thousand_commands_at_once_are_taken_once_each(cluster: Cluster) -> None:
    """Each is sent by two processes: one ticket, one number, one answer for both; the numbers have no gap.

    Somebody who pulls all the while gets every one of them: nothing appears behind a cursor.
    """
    name = cluster.make_furnished()
    address = PostgresSchema(cluster.url(name))
    dice = random.Random(7)
    wanted: list[Wanted] = [
        (dice.choice((CUSTOMER, COLLEAGUE)), uuid7(), _intent(number)) for number in range(COMMANDS)
    ]
    sendings: list[list[Wanted]] = [[] for _process in range(PROCESSES)]
    for each in wanted:
        for process in dice.sample(range(PROCESSES), 2):
            sendings[process].append(each)
    with _reading_along(address) as reader:
        told = _sent(address, sendings)
    answers = {id: {tuple(each[id]) for each in told if id in each} for _user, id, _intent in wanted}
    assert all(len(each) == 1 for each in answers.values())
    numbers = {id: number for [(id, number)] in answers.values()}
    assert sorted(map(int, numbers.values())) == list(range(1001, 1001 + COMMANDS))
    assert reader.numbers == numbers
    assert reader.pages > 20, "somebody was reading while it happened"
    cluster.drop_database(name)


def _intent(number: int) -> str:
    intent = CreateTicket(subject=f"Printer {number}", description="It does not print.")
    return base64.b64encode(encode_intent(intent)).decode()
