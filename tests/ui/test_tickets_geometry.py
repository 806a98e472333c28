"""Where the rows of the ticket list stand."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from supportdesk.ui.widgets.list_geometry import ListGeometry


@given(st.integers(0, 30), st.integers(0, 200_000), st.integers(20, 200), st.integers(10, 60), st.data())
def test_every_pixel_belongs_to_one_row_or_one_head(
    local: int, server: int, row_height: int, head_height: int, data: st.DataObject
) -> None:
    """The row at any height is the one whose top is above and whose end is below it; else there is a head."""
    geometry = ListGeometry(row_height, head_height, local, local + server)
    heads = (local > 0) + (server > 0)
    assert geometry.height == (local + server) * row_height + heads * head_height
    y = data.draw(st.integers(0, max(0, geometry.height - 1)))
    row = geometry.row_at(y)
    if row >= 0:
        assert geometry.top(row) <= y < geometry.top(row) + row_height
    else:
        in_local_head = local > 0 and y < head_height
        in_server_head = server > 0 and 0 <= y - geometry.server_head_top < head_height
        assert in_local_head or in_server_head or geometry.total == 0


@given(st.integers(0, 30), st.integers(0, 1000))
def test_rows_follow_each_other(local: int, server: int) -> None:
    """Rows stand in order without overlap, and the last one ends the list."""
    geometry = ListGeometry(72, 32, local, local + server)
    tops = [geometry.top(row) for row in range(geometry.total)]
    assert all(below - above >= 72 for above, below in pairwise(tops))
    if tops:
        assert tops[-1] + 72 == geometry.height
