"""Dates as people read them."""

from datetime import UTC, datetime

import pytest

from supportdesk import clock, i18n
from supportdesk.ui import formats

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_date_tells_its_year_where_it_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is due in seventy years is not due this winter."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))
    assert formats.date(datetime(2026, 12, 31, 12, tzinfo=UTC)) == "31 December"
    assert formats.date(datetime(2099, 12, 31, 12, tzinfo=UTC)) == "31 December 2099"


def test_dates_numbers_and_sizes_are_written_as_in_sweden(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small letters, the day before the month without a full stop, a comma before the decimals."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))
    i18n.set_language("sv")
    moment = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert formats.day(moment) == "20 nov."
    assert formats.day(moment, long=True) == "fredag 20 november"
    assert formats.full_day(moment) == "20 november 2026"
    assert formats.ago(datetime(2026, 11, 22, 10, tzinfo=UTC)) == "2 tim sedan"
    assert formats.number(1234567).split() == ["1", "234", "567"]
    assert formats.size(1_600_000).split() == ["1,5", "MB"]
