"""R3: system calls fail. What was acknowledged stays, and the error says what happened."""

import random
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path

from supportdesk.domain.errors import DiskFull, SupportDeskError
from supportdesk.domain.projections import Account
from supportdesk.replica.blobs import Blobs
from supportdesk.replica.store import Store
from tests.chaos.lives import Acknowledged
from tests.chaos.practice import any_command

_ACCOUNT = Account(id="account", profile_id="practice", user="jana", person_id="p", organisation_id="o")
_CALLS = {"pwrite64": 60, "fdatasync": 8, "fsync": 24, "rename": 8, "openat": 6}
"""How many of them one thread of `work` makes for certain, so that each of these can fail."""
_OF_FILES = ("fsync", "rename")
"""Mostly of files whose names nobody knows before; the others only where they meet a database."""
_ERRORS = ("EIO", "ENOSPC", "EMFILE", "EACCES")
_DISK_KIB = 2048


def run(faults: int, seed: int) -> bool:
    return _full_disk() and _failing_calls(faults, seed)


def _full_disk() -> bool:
    """On a disk of 2 MB in a mount namespace of its own, so that nothing is left behind."""
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        mount = f"mount -t tmpfs -o size={_DISK_KIB}k chaos {folder}"
        work = f"exec {sys.executable} -m tests.chaos.faults full {folder}"
        done = subprocess.run(
            ["unshare", "--map-root-user", "--mount", "sh", "-c", f"{mount} && {work}"],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    print(f"   full disk: {done.stdout.strip() or done.stderr.strip()[-300:]}", flush=True)
    return done.returncode == 0


def _failing_calls(faults: int, seed: int) -> bool:
    if shutil.which("strace") is None:
        print("   NOT RUN: strace is not installed (apt-get install strace)")
        return False
    dice = random.Random(seed)
    counts: Counter[str] = Counter()
    failed = acknowledged = 0
    for _number in range(faults):
        call, error = dice.choice(list(_CALLS)), dice.choice(_ERRORS)
        with tempfile.TemporaryDirectory(prefix="chaos-") as name:
            folder = Path(name)
            outcome = _run_with_fault(folder, call, error, dice.randint(1, _CALLS[call]))
            failed += injected(folder / "strace") > 0
            lines = Acknowledged(str(folder / "acknowledged")).lines()
            acknowledged += len(lines)
            counts[outcome] += 1
            if missing := _missing(folder, lines):
                counts[f"LOST {missing} after {error} in {call}"] += 1
    told = dict(sorted(counts.items()))
    print(f"   {failed} of {faults} runs met a failing call, {acknowledged} acknowledged: {told}", flush=True)
    return failed == faults and not any(key.startswith(("LOST", "unclear")) for key in counts)


def _run_with_fault(folder: Path, call: str, error: str, when: int) -> str:
    inject = f"inject={call}:error={error}:when={when}"
    files = ("outbox.db", "outbox.db-wal", "replica.db", "replica.db-wal")
    only = [part for file in files for part in ("-P", str(folder / "data" / file)) if call not in _OF_FILES]
    program = [sys.executable, "-m", "tests.chaos.faults", "work", str(folder)]
    done = subprocess.run(
        ["strace", "-f", "-o", str(folder / "strace"), "-e", f"trace={call}", *only, "-e", inject, *program],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout.strip() or f"unclear: {done.stderr.strip()[-200:]}"


def injected(log: Path) -> int:
    """How many calls strace let fail."""
    return log.read_text("utf-8").count("(INJECTED)") if log.exists() else 0


def _missing(folder: Path, lines: list[str]) -> int:
    store = Store.open(folder / "data")
    blobs = Blobs(folder / "data")
    try:
        kept = store.read(
            lambda reader: {
                row.id for row in reader.unfinished(_ACCOUNT.id) if all(map(blobs.has, row.files))
            }
        ).result()
        return len(set(lines) - kept)
    finally:
        store.close()


def work(folder: Path, commands: int, size_bytes: int) -> str:
    """Saves what a customer writes until an error comes. Returns its code, or 'no error'."""
    dice = random.Random(1)
    acknowledged = Acknowledged(str(folder / "acknowledged"))
    store = None
    try:
        store = Store.open(folder / "data")
        blobs = Blobs(folder / "data")
        store.write(lambda writer: writer.put_account(_ACCOUNT)).result()
        for turn in range(commands):
            file = blobs.put_bytes(dice.randbytes(size_bytes), "a.bin", "application/x-test")
            command = any_command(turn, "faults", (file,))
            store.write(lambda writer, c=command: writer.send(None, _ACCOUNT.id, c)).result()  # type: ignore[misc]
            acknowledged.say(command.id)
    except SupportDeskError as error:
        return error.code
    finally:
        if store is not None:
            store.close()
    return "no error"


def fill_disk(folder: Path) -> bool:
    """Works until the disk is full, then makes room and goes on."""
    ballast = folder / "ballast"
    ballast.write_bytes(bytes(300 * 1024))
    code = work(folder, 10_000, 20_000)
    full = Acknowledged(str(folder / "acknowledged")).lines()
    ballast.unlink()
    lost = _missing(folder, full)
    again = work(folder, 5, 1_000)
    print(f"{len(full)} acknowledged until {code}; {lost} lost; after making room: {again}")
    return (code, lost, again) == (DiskFull.code, 0, "no error") and len(full) > 10


def main() -> int:
    what, folder = sys.argv[1], Path(sys.argv[2])
    try:
        if what == "full":
            return 0 if fill_disk(folder) else 1
        print(work(folder, 8, 3_000))
    except Exception:  # noqa: BLE001 the caller counts it as an error that nobody can understand
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
