"""R2: power cuts while drafts, files and commands are saved. Everything that was not synced is gone.

A process works under `strace`; its system calls are replayed up to a random point onto a disk that keeps only
what was synced; the stores are opened there and must contain everything acknowledged before the cut.
"""

import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from supportdesk.clock import now, uuid7
from supportdesk.domain.commands import FileRef
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.projections import Account, Draft
from supportdesk.replica.blobs import Blobs
from supportdesk.replica.reader import Reader
from supportdesk.replica.store import Store
from tests.chaos.disk import CALLS, Call, Disk, calls
from tests.chaos.lives import Acknowledged

_ROUNDS = 60
_ACCOUNT = Account(id="account", profile_id="practice", user="jana", person_id="p", organisation_id="o")


class Count(NamedTuple):
    cuts: int
    acknowledged: int
    """Summed over all cuts."""
    lost: int
    cuts_with_loss: int


def run(cuts: int, seed: int) -> bool:
    if shutil.which("strace") is None:
        print("   NOT RUN: strace is not installed (apt-get install strace)")
        return False
    real = _campaign("FULL", cuts, seed)
    print(f"   {real.cuts} cuts, {real.acknowledged} acknowledged before them: {real.lost} lost", flush=True)
    control = _campaign("NORMAL", cuts, seed)
    print(
        f"   control, outbox with synchronous=NORMAL: {control.cuts} cuts, {control.cuts_with_loss} of them"
        " lost something acknowledged",
        flush=True,
    )
    return real.lost == 0 and real.acknowledged > 0 and control.lost > 0


def _campaign(synchronous: str, cuts: int, seed: int) -> Count:
    with tempfile.TemporaryDirectory(prefix="chaos-") as name:
        root = Path(name).resolve()
        log = root / "strace.log"
        options = ["-f", "-xx", "-s", "10000000", "-e", f"trace={CALLS}", "-e", "signal=none", "-o", str(log)]
        work = [sys.executable, "-m", "tests.chaos.power", str(root / "disk"), synchronous, str(seed)]
        subprocess.run(["strace", *options, *work], check=True, timeout=120)
        return _replayed(root, list(calls(log)), random.Random(seed), cuts)


def _replayed(root: Path, happened: list[Call], dice: random.Random, cuts: int) -> Count:
    disk = Disk(str(root / "disk"))
    points = sorted(dice.sample(range(len(happened)), min(cuts, len(happened))))
    total = lost = cuts_with_loss = 0
    at = 0
    for number, point in enumerate(points):
        for call in happened[at:point]:
            disk.apply(call)
        at = point
        acknowledged = b"".join(data for path, data in disk.written if path.endswith("/acknowledged"))
        lines = acknowledged.decode().splitlines()
        target = root / f"cut-{number}"
        disk.after_cut(target)
        missing = _missing(target, lines) if lines else 0
        shutil.rmtree(target)
        total += len(lines)
        lost += missing
        cuts_with_loss += missing > 0
    return Count(len(points), total, lost, cuts_with_loss)


def _missing(folder: Path, lines: list[str]) -> int:
    """How many acknowledged things the stores do not have after the cut."""
    try:
        store = Store.open(folder / "data")
    except SupportDeskError:
        return len(lines)
    blobs = Blobs(folder / "data")
    try:
        promised = dict(line.split(" ", 2)[1:] for line in lines)
        return store.read(
            lambda reader: sum(not _kept(reader, blobs, *entry) for entry in promised.items())
        ).result()
    finally:
        store.close()


def _kept(reader: Reader, blobs: Blobs, command_id: str, promise: str) -> bool:
    """`promise`: 'VERSION' of a draft, or 'sent SHA256…'. A later version or state is as good."""
    sent = {row.id: row for row in reader.unfinished(_ACCOUNT.id)}
    drafts = {draft.id: draft for draft in reader.drafts(None)}
    if command_id in sent:
        row = sent[command_id]
        return row.intact and all(_whole(blobs, file) for file in row.files)
    if promise.startswith("sent") or command_id not in drafts:
        return False
    draft = drafts[command_id]
    return draft.step >= int(promise) and all(_whole(blobs, file) for file in draft.files)


def _whole(blobs: Blobs, file: FileRef) -> bool:
    try:
        blobs.verify(file)
    except SupportDeskError:
        return False
    return True


def work(folder: Path, synchronous: str, seed: int) -> None:
    """What runs under strace: drafts that grow, files, and Send."""
    from tests.chaos.practice import any_command

    dice = random.Random(seed)
    folder.mkdir(parents=True)
    acknowledged = Acknowledged(str(folder / "acknowledged"))
    store = Store.open(folder / "data", outbox_synchronous=synchronous)
    blobs = Blobs(folder / "data")
    store.write(lambda writer: writer.put_account(_ACCOUNT)).result()
    for turn in range(_ROUNDS):
        mark = f"power {uuid7()}"
        files: tuple[FileRef, ...] = ()
        if dice.random() < 0.6:
            files = (blobs.put_bytes(dice.randbytes(dice.randint(1, 9000)), "a.bin", "application/x-test"),)
        command = any_command(turn, mark, files)
        for version in range(dice.randint(1, 4)):
            draft = Draft(command.id, _ACCOUNT.id, "report", mark, version, b"{}", files, now())
            store.write(lambda writer, draft=draft: writer.save_draft(draft)).result()  # type: ignore[misc]
            acknowledged.say(f"draft {command.id} {version}")
        if dice.random() < 0.7:
            store.write(lambda writer, c=command: writer.send(c.id, _ACCOUNT.id, c)).result()  # type: ignore[misc]
            acknowledged.say(f"sent {command.id} sent")
    store.close()


if __name__ == "__main__":
    work(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
