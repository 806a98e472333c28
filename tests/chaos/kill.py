"""R1: the application and its desk are killed at random points while tickets with files are sent."""

import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from supportdesk.backends.base import Backend
from supportdesk.clock import now, uuid7
from supportdesk.domain.commands import Command, Receipt, Reply
from supportdesk.domain.projections import Draft
from tests.chaos.flaky import BadNetwork, KeyMadeAnew
from tests.chaos.lives import Acknowledged, finish, fork, kill_after, wait_for
from tests.chaos.practice import Practice, desk_database, desk_file, new_ticket, warm

_LONGEST_LIFE_S = 0.45
_KILLED_EARLY = 0.25
"""Share of lives that may end before they have begun to work."""
_CONTROL_SHARE = 0.2
_WAITING_AT_MOST = 8
_REPLIES = 0.3


class Count(NamedTuple):
    kills: int
    acknowledged: int
    lost: int
    doubled: int
    damaged: int
    """Attachments whose bytes are not those that were saved."""


def run(kills: int, seed: int) -> bool:
    warm()
    controls = max(40, int(kills * _CONTROL_SHARE))
    real = _campaign("", kills, seed)
    print(
        f"   {real.kills} kills, {real.acknowledged} acknowledged: {real.lost} lost, {real.doubled} doubled,"
        f" {real.damaged} with other bytes",
        flush=True,
    )
    good = real.acknowledged >= kills // 2 and (real.lost, real.doubled, real.damaged) == (0, 0, 0)
    for control, words in (
        ("client", "key made anew for each attempt"),
        ("desk", "desk that ignores the key"),
    ):
        found = _campaign(control, controls, seed)
        print(
            f"   control, {words}: {found.kills} kills, {found.acknowledged} acknowledged,"
            f" {found.doubled} doubled",
            flush=True,
        )
        good = good and found.doubled > 0
    return good


def _campaign(control: str, kills: int, seed: int) -> Count:
    dice = random.Random(f"{seed}{control}")
    with tempfile.TemporaryDirectory(prefix="chaos-") as name:
        folder = Path(name)
        if not finish(fork(partial(_live, folder, control, seed))):  # makes the desk, in peace
            raise RuntimeError("the first life failed")
        killed = 0
        for life in range(kills):
            ready = folder / f"ready-{life}"
            child = fork(partial(_live, folder, control, seed + life, ready))
            if dice.random() > _KILLED_EARLY:
                wait_for(ready)
            killed += kill_after(child, dice.uniform(0.01, _LONGEST_LIFE_S))
        if not finish(fork(partial(_live, folder, control, seed))):
            raise RuntimeError("the last life failed")
        return _counted(folder, killed)


def _live(folder: Path, control: str, seed: int, ready: Path | None = None) -> None:
    dice = random.Random(f"{seed}live")
    if control == "desk":
        forget_keys()
    last = ready is None
    practice = Practice(folder, partial(_network, control=control, dice=dice, last=last))
    account_id = practice.start()
    if ready is None:
        state = practice.sync.once(account_id, 60).result(90)
        waiting = practice.store.read(lambda reader: reader.outbox(account_id)).result()
        practice.close()
        if waiting:
            raise RuntimeError(f"{len(waiting)} still waiting at the end: {state} {waiting[0]}")
        return
    acknowledged = Acknowledged(str(folder / "acknowledged"))
    while True:
        waiting = practice.store.read(lambda reader: reader.outbox(account_id)).result()
        if len(waiting) < _WAITING_AT_MOST:
            write_something(practice, account_id, acknowledged, dice, replies=not control)
            ready.touch()


def _network(backend: Backend, control: str, dice: random.Random, last: bool) -> Backend:
    if control == "client":
        backend = KeyMadeAnew(backend)
    return backend if last else BadNetwork(backend, dice)


def write_something(
    practice: Practice, account_id: str, acknowledged: Acknowledged, dice: random.Random, *, replies: bool
) -> None:
    """As a customer does: a draft, its files, then Send. Acknowledged is what is durable."""
    mark = f"chaos {uuid7()}"
    files = tuple(
        practice.blobs.put_bytes(
            dice.randbytes(dice.randint(1, 3000)), f"{mark} {place}.bin", "application/x-test"
        )
        for place in range(dice.randint(0, 2))
    )
    command = new_ticket(mark, files)
    draft = Draft(command.id, account_id, "report", mark, 4, b"{}", files, now())
    practice.store.write(lambda writer: writer.save_draft(draft)).result()
    practice.store.write(lambda writer: writer.send(draft.id, account_id, command)).result()
    acknowledged.say(" ".join(["ticket", mark, *(file.sha256 for file in files)]))
    practice.sync.kick(account_id)
    if replies and dice.random() < _REPLIES:
        words = f"chaos {uuid7()}"
        reply = Command(uuid7(), now(), Reply(command.id, words))
        practice.store.write(lambda writer: writer.send(None, account_id, reply)).result()
        acknowledged.say(f"reply {words}")
        practice.sync.kick(account_id)


def forget_keys() -> None:
    """Control: a desk that gives each request a new identity, whatever key it carries."""
    from supportdesk.desk.conversations import intake

    take = intake.take

    def forgetful(connection, actor, asked, moment):  # type: ignore[no-untyped-def]
        receipt: Receipt = take(connection, actor, replace(asked, id=uuid7()), moment)
        return replace(receipt, command_id=asked.id)

    intake.take = forgetful


class Truth(NamedTuple):
    """What a desk holds of what was written here."""

    subjects: Counter[str]
    bodies: Counter[str]
    attached: dict[str, set[str]]
    """Hashes by subject."""


Query = Callable[[str], Iterable[tuple[str, ...]]]


def truth(query: Query) -> Truth:
    """`query` asks the desk's database, past all our code."""
    attached: dict[str, set[str]] = {}
    for subject, sha256 in query(
        "SELECT t.subject, a.sha256 FROM attachments a JOIN tickets t ON t.id = a.conversation_id"
    ):
        attached.setdefault(subject, set()).add(sha256)
    return Truth(
        Counter(row[0] for row in query("SELECT subject FROM tickets WHERE subject LIKE 'chaos %'")),
        Counter(row[0] for row in query("SELECT body FROM messages WHERE body LIKE 'chaos %'")),
        attached,
    )


def _counted(folder: Path, kills: int) -> Count:
    with closing(desk_database(folder)) as desk:
        held = truth(desk.execute)
    return counted(Acknowledged(str(folder / "acknowledged")), held, partial(desk_file, folder), kills)


def counted(acknowledged: Acknowledged, held: Truth, content: Callable[[str], bytes], kills: int) -> Count:
    """Compares what was promised with what is there; `content` reads a file by its hash."""
    promised = [line.split(" ") for line in acknowledged.lines()]
    lost = damaged = 0
    for kind, *rest in promised:
        mark = " ".join(rest[:2])
        lost += (held.subjects if kind == "ticket" else held.bodies)[mark] == 0
        damaged += kind == "ticket" and set(rest[2:]) != held.attached.get(mark, set())
    for sha256 in {sha256 for _kind, _word, _mark, *hashes in promised for sha256 in hashes}:
        damaged += _hash(content(sha256)) != sha256
    doubled = sum(number - 1 for number in (held.subjects + held.bodies).values() if number > 1)
    return Count(kills, len(promised), lost, doubled, damaged)


def _hash(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()
