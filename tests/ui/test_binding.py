"""The Python binding of Qt, where a version of it was found broken."""

import subprocess
import sys

_EMIT_OFTEN = """
from PySide6.QtCore import QObject, Signal

class Sender(QObject):
    told = Signal(bool)

heard = []
sender = Sender()
sender.told.connect(heard.append)
for _ in range(5000):
    sender.told.emit(True)
assert heard == [True] * 5000
print("alive")
"""


def test_emitting_often_loses_no_reference() -> None:
    """5,000 emits of True leave the interpreter alive; PySide6 6.12.0 on CPython 3.11 dies after some 590."""
    finished = subprocess.run(
        [sys.executable, "-c", _EMIT_OFTEN], capture_output=True, text=True, timeout=30, check=False
    )
    assert finished.stdout.strip() == "alive", finished.stderr
