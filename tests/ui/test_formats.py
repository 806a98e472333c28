"""Dates as people read them."""

from datetime import UTC, datetime

import pytest

from supportdesk import clock
from supportdesk.ui import formats

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_date_tells_its_year_where_it_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is due in seventy years is not due this winter."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))
    assert formats.date(datetime(2026, 12, 31, 12, tzinfo=UTC)) == "31 December"
    assert formats.date(datetime(2099, 12, 31, 12, tzinfo=UTC)) == "31 December 2099"
