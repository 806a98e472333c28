"""A bad server cannot hurt."""

from pathlib import Path

import pytest

from tests.support.hostile import ENDPOINTS, hurt

_ANSWERS = 400


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_bad_answers_are_typed_errors(endpoint: str, tmp_path: Path) -> None:
    """Hundreds of spoiled answers each (`tests.chaos hostile` makes it thousands): nothing else comes out,
    and what is believed can be kept and listed."""
    assert hurt(endpoint, _ANSWERS, 1, tmp_path) == []
