"""docs/portals.md says what the tests of the portals prove, and no line is left out."""

import pytest

from tests.portals.table import PAGE, Portal, page, portals, walk


def test_the_page_is_as_the_tests_make_it() -> None:
    """After a change to a walk or a line it is made anew with `python -m tests.portals`."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_manuals_have_sixty_five_lines() -> None:
    """None can be lost from the table without somebody seeing it."""
    assert {each.number: len(each.lines) for each in portals()} == {
        "P1": 14,
        "P2": 18,
        "P3": 12,
        "P4": 11,
        "P5": 10,
    }


@pytest.mark.parametrize("portal", portals(), ids=lambda portal: portal.name)
def test_each_line_has_its_step(portal: Portal) -> None:
    """In the order of the manual, in the demo and with a server."""
    followed = walk(portal)
    assert [line for line, _step in followed.steps] == list(range(1, len(portal.lines) + 1))
    assert followed.backends == ("local", "rest")
