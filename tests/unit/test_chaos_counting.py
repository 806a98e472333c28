"""What the chaos runs count as lost, so that they can fail."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from tests.chaos.counting import Held, counted
from tests.chaos.lives import Acknowledged

_CONTENT = b"picture"
_FILE = f":{hashlib.sha256(_CONTENT).hexdigest()}"


@pytest.mark.parametrize(
    ("kind", "texts", "lost"),
    [
        ("reply-on-ticket", 1, 0),
        ("reply-on-ticket", 0, 1),
        ("ticket", 0, 1),
        ("order", 0, 1),
        ("files-on-ticket", 0, 0),
    ],
)
def test_a_text_is_lost_although_its_files_are_there(
    tmp_path: Path, kind: str, texts: int, lost: int
) -> None:
    """Only added files have no text."""
    acknowledged = Acknowledged(str(tmp_path / "acknowledged"))
    acknowledged.say(f"{kind} chaos-1 {_FILE}")
    desk = Held(Counter({"chaos-1": texts}), {"chaos-1": Counter({_FILE: 1})}, {}, {}, Counter(), 0)
    count = counted(acknowledged, desk, lambda _sha256: _CONTENT)
    assert (count.lost, count.doubled, count.damaged) == (lost, 0, 0)
