"""The rows of a long list that are in memory: a few windows of it, the rest is on its way or not needed."""

from collections.abc import Iterator
from typing import Generic, TypeVar

import msgspec

from supportdesk.domain.projections import ItemRow, TicketRow

R = TypeVar("R", TicketRow, ItemRow)

WINDOW_ROWS = 100
MAX_WINDOWS = 24


class RowWindows(msgspec.Struct, Generic[R], frozen=True):
    """`total` rows, of which those in `windows` (by index of the window) are known."""

    total: int = 0
    windows: dict[int, tuple[R, ...]] = {}

    def row(self, position: int) -> R | None:
        """None while it is not here yet."""
        rows = self.windows.get(position // WINDOW_ROWS, ())
        offset = position % WINDOW_ROWS
        return rows[offset] if offset < len(rows) else None

    def position(self, account_id: str, id: str) -> int | None:
        for index, row in self._known():
            if row.id == id and row.account_id == account_id:
                return index
        return None

    def missing(self, first: int, last: int) -> tuple[int, ...]:
        """Indexes of the windows that positions `first` to `last` need and that are not here."""
        low, high = max(0, first), min(last, self.total - 1)
        if high < low:
            return ()
        return tuple(i for i in range(low // WINDOW_ROWS, high // WINDOW_ROWS + 1) if i not in self.windows)

    def with_windows(self, fresh: dict[int, tuple[R, ...]]) -> "RowWindows[R]":
        """The windows farthest from `fresh` are forgotten when there are too many."""
        centre = sum(fresh) / len(fresh) if fresh else 0
        everything = {**self.windows, **fresh}
        nearest = sorted(everything, key=lambda index: abs(index - centre))[:MAX_WINDOWS]
        return RowWindows(self.total, {index: everything[index] for index in sorted(nearest)})

    def _known(self) -> Iterator[tuple[int, R]]:
        for window, rows in self.windows.items():
            for offset, row in enumerate(rows):
                yield window * WINDOW_ROWS + offset, row


TicketWindows = RowWindows[TicketRow]
ItemWindows = RowWindows[ItemRow]
