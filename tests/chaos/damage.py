"""R9: flipped bits, torn pages and cut ends in databases and files are found, set aside and recovered."""

import asyncio
import random
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import get_args

from supportdesk.clock import now, uuid7
from supportdesk.domain.changes import Page, Upsert
from supportdesk.domain.commands import FileRef
from supportdesk.domain.entities import Message, Role, Ticket
from supportdesk.domain.errors import StoreDamaged, SupportDeskError
from supportdesk.domain.projections import Account, Draft, ItemKind, ItemQuery, OpenState, TicketQuery
from supportdesk.domain.status import Status
from supportdesk.replica.blobs import Blobs
from supportdesk.replica.reader import Reader
from supportdesk.replica.store import Store
from supportdesk.sync.upkeep import Upkeep
from tests.chaos.practice import any_command
from tests.support import facts

_ACCOUNT = Account(id="account", profile_id="practice", user="jana", person_id="jana", organisation_id="o")
_ENTRIES = 40
_TICKETS = 80
_ITEMS = 20
_HEADER_BYTES = 100


class Template:
    """A data folder as it should be, and what it contains."""

    def __init__(self, folder: Path, dice: random.Random) -> None:
        self.folder = folder
        store = Store.open(folder)
        blobs = Blobs(folder)
        store.write(lambda writer: writer.put_account(_ACCOUNT)).result()
        store.write(lambda writer: writer.apply(_ACCOUNT.id, _facts(dice))).result()
        self.files: list[FileRef] = []
        for number in range(_ENTRIES):
            file = blobs.put_bytes(dice.randbytes(2000), f"{number}.bin", "application/x-test")
            self.files.append(file)
            _fill(store, number, file)
        self.outbox = store.read(_outbox).result()
        self.shown = store.read(_shown).result()
        store.close()


def run(damages: int, seed: int) -> bool:
    dice = random.Random(seed)
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="chaos-") as name:
        template = Template(Path(name) / "template", dice)
        for number in range(damages):
            folder = Path(name) / f"damaged-{number}"
            shutil.copytree(template.folder, folder)
            kind = ("outbox", "replica", "blob")[number % 3]
            result = {"outbox": _outbox_case, "replica": _replica_case, "blob": _blob_case}[kind](
                template, folder, dice
            )
            counts[f"{kind}: {result}"] += 1
            shutil.rmtree(folder)
    for line, count in sorted(counts.items()):
        print(f"   {count:4} {line}")
    return not any("WRONG" in line for line in counts)


def _outbox_case(template: Template, folder: Path, dice: random.Random) -> str:
    _damage(folder / "outbox.db", dice)
    store = Store.open(folder)
    try:
        complete = store.read(_outbox).result() == template.outbox
        set_aside = any((folder / "quarantine").glob("outbox-*"))
        if not store.events:
            return "not touched by it" if complete else "WRONG: not noticed"
        if not set_aside:
            return "WRONG: reported but not set aside"
        return "found, set aside, everything recovered" if complete else "WRONG: entries lost"
    finally:
        store.close()


def _replica_case(template: Template, folder: Path, dice: random.Random) -> str:
    _damage(folder / "replica.db", dice)
    store = Store.open(folder)
    try:
        damaged = bool(store.events) or _checked(store, folder)
        if damaged:
            fresh = store.read(lambda reader: reader.cursor(_ACCOUNT.id)).result() is None
            return "found, set aside, rebuilt" if fresh else "WRONG: found but not rebuilt"
        same = store.read(_shown).result() == template.shown
        return "not touched by it" if same else "WRONG: not noticed"
    finally:
        store.close()


def _checked(store: Store, folder: Path) -> bool:
    """The daily check, and what reading meets."""
    try:
        if asyncio.run(Upkeep(store, Blobs(folder)).once(pause_s=0)):
            return True
        store.read(_shown).result()
    except StoreDamaged:
        store.write(lambda _writer: None).result()  # behind the repair
        return True
    return bool(store.events)


def _blob_case(template: Template, folder: Path, dice: random.Random) -> str:
    blobs = Blobs(folder)
    file = dice.choice(template.files)
    _damage(blobs.path(file), dice, skip=0)
    try:
        blobs.verify(file)
    except SupportDeskError:
        aside = any((folder / "quarantine").glob("blob-*"))
        return "found and set aside" if aside and not blobs.path(file).exists() else "WRONG: not set aside"
    return "WRONG: not noticed"


def _damage(path: Path, dice: random.Random, skip: int = _HEADER_BYTES) -> None:
    content = bytearray(path.read_bytes())
    kind = dice.choice(["bit", "bit", "bytes", "page", "end"])
    at = dice.randrange(skip, len(content))
    if kind == "bit":
        content[at] ^= 1 << dice.randrange(8)
    elif kind == "bytes":
        content[at : at + 16] = bytes(byte ^ 0xFF for byte in content[at : at + 16])
    elif kind == "page":
        start = at // 4096 * 4096
        length = len(content[start : start + 4096])
        content[start : start + length] = dice.randbytes(length)
    else:
        del content[at:]
    path.write_bytes(content)


def _fill(store: Store, number: int, file: FileRef) -> None:
    command = any_command(number // 2, f"damage {uuid7()}", (file,))
    if number % 2:
        store.write(lambda writer: writer.send(None, _ACCOUNT.id, command)).result()
    else:
        draft = Draft(command.id, _ACCOUNT.id, "report", "damage", 1, b"{}" * 300, (file,), now())
        store.write(lambda writer: writer.save_draft(draft)).result()


def _facts(dice: random.Random) -> Page:
    changes = []
    for number in range(_TICKETS):
        moment = now()
        ticket = Ticket(
            id=f"t{number}",
            number=str(1000 + number),
            subject=f"Der Drucker zieht Papier schief ein {dice.random()}",
            status=Status.NEW,
            requester_id="jana",
            requester_name="Jana Wiebe",
            organisation_id="o",
            organisation_name="Praxis",
            created_at=moment,
            updated_at=moment,
        )
        changes += [Upsert(ticket), _said(ticket.id, dice)]
    for number in range(_ITEMS):
        changes += [Upsert(facts.document(f"d{number}")), _said(f"d{number}", dice)]
        changes += [Upsert(facts.order(f"o{number}")), _said(f"o{number}", dice)]
        changes += [Upsert(facts.subscription(f"s{number}")), _said(f"s{number}", dice)]
    return Page(tuple(changes), "cursor", more=False)


def _said(about: str, dice: random.Random) -> Upsert:
    words = f"Seit heute früh, {dice.random()}. " * 12
    return Upsert(Message(f"m{about}", about, "jana", "Jana Wiebe", Role.CUSTOMER, words, now()))


def _outbox(reader: Reader) -> object:
    commands = [row for row in reader.unfinished(_ACCOUNT.id) if row.intact]
    frozen = [(row[:10], reader.delivery(row.id).log) for row in commands]
    return sorted(map(repr, frozen)), sorted(map(repr, reader.drafts(None))), reader.accounts()


def _shown(reader: Reader) -> object:
    query = TicketQuery(_ACCOUNT.id, open_state=OpenState.ALL)
    rows = reader.ticket_window(query, 0, 1000)
    found = [reader.ticket(_ACCOUNT.id, row.id) for row in rows]
    told = rows, [(view.ticket, view.messages) for view in found], reader.ticket_count(query)
    listed = [reader.item_window(ItemQuery(_ACCOUNT.id, kind)) for kind in get_args(ItemKind)]
    items = [reader.item(_ACCOUNT.id, row.id) for rows in listed for row in rows]
    return told, listed, [(view.row, view.messages) for view in items]
