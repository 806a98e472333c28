"""Where the rows of the ticket list stand: two kinds of equal rows, each kind under a head."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ListGeometry:
    """Heights in px. The first `local` rows stand under the first head, the rest under the second.

    A head without rows under it is not there.
    """

    row_height: int
    head_height: int
    local: int
    total: int

    @property
    def has_local_head(self) -> bool:
        return self.local > 0

    @property
    def has_server_head(self) -> bool:
        return self.total > self.local

    @property
    def server_head_top(self) -> int:
        return self.head_height * int(self.has_local_head) + self.local * self.row_height

    @property
    def height(self) -> int:
        return self._heads(self.total) + self.total * self.row_height

    def top(self, row: int) -> int:
        return self._heads(row) + row * self.row_height

    def row_at(self, y: int) -> int:
        """The row at `y`, or -1 for a head and everything outside."""
        row = self.first_from(y)
        return row if y >= 0 and row < self.total and y >= self.top(row) else -1

    def first_from(self, y: int) -> int:
        """The first row that ends below `y`; `total` when there is none."""
        row = max(0, (y - 2 * self.head_height) // self.row_height)
        while row < self.total and self.top(row) + self.row_height <= y:
            row += 1
        return row

    def _heads(self, row: int) -> int:
        """Height of the heads above `row`; `total` stands for the end of the list."""
        heads = int(self.has_local_head) + int(self.has_server_head and row >= self.local)
        return heads * self.head_height
