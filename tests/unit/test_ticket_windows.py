"""Windows of a long list."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from supportdesk.app.ticket_windows import MAX_WINDOWS, WINDOW_ROWS, TicketWindows
from supportdesk.domain.projections import TicketRow
from supportdesk.domain.status import Stage

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def row(number: int) -> TicketRow:
    return TicketRow(
        "a", str(number), Stage.NEW, str(number), "S", "", True, "", "", "", "", NOW, NOW,
        unread=False, has_attachments=False,
    )  # fmt: skip


def window(index: int) -> tuple[TicketRow, ...]:
    return tuple(row(index * WINDOW_ROWS + offset) for offset in range(WINDOW_ROWS))


@given(st.lists(st.integers(0, 999), max_size=60))
def test_a_known_row_is_the_right_one(asked: list[int]) -> None:
    """Whatever was fetched and forgotten in whatever order, a row is either unknown or the right one."""
    windows = TicketWindows(100_000)
    for index in asked:
        windows = windows.with_windows({index: window(index)})
        assert len(windows.windows) <= MAX_WINDOWS
        shown = windows.row(index * WINDOW_ROWS + 7)
        assert shown is not None
        assert shown.id == str(index * WINDOW_ROWS + 7)
        assert windows.position("a", shown.id) == index * WINDOW_ROWS + 7
    for position in range(0, 100_000, 997):
        known = windows.row(position)
        assert known is None or known.id == str(position)


def test_only_what_is_missing_is_asked_for() -> None:
    """Known windows and positions outside the list are not fetched."""
    windows = TicketWindows(250).with_windows({0: window(0)})
    assert windows.missing(0, 99) == ()
    assert windows.missing(50, 5000) == (1, 2)
    assert windows.missing(-20, -5) == ()
    assert TicketWindows(0).missing(0, 100) == ()
