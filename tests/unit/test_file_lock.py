"""The lock that decides who owns a data folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from supportdesk.file_lock import FileLock, Locked

HOLDER = """
import sys
from pathlib import Path
from supportdesk.file_lock import FileLock
lock = FileLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_one_holder_at_a_time(tmp_path: Path) -> None:
    """A second taking is refused, also within one process, until the first is released."""
    first = FileLock(tmp_path / "lock")
    with pytest.raises(Locked):
        FileLock(tmp_path / "lock")
    first.release()
    FileLock(tmp_path / "lock").release()


def test_it_ends_with_the_process(tmp_path: Path) -> None:
    """A killed holder leaves nothing behind."""
    path = tmp_path / "lock"
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Locked):
            FileLock(path)
        holder.kill()
    FileLock(path).release()


def test_a_missing_folder_is_not_taken_for_a_lock(tmp_path: Path) -> None:
    """What keeps the file from being opened is told as it is."""
    with pytest.raises(FileNotFoundError):
        FileLock(tmp_path / "nowhere" / "lock")
