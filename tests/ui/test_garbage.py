"""What is collected on the GUI thread."""

import gc
import linecache
from functools import partial

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from supportdesk.ui.shell.garbage import GuiGarbage
from supportdesk.ui.widgets.focus_order import stops_around
from supportdesk.ui.widgets.layouts import column


def test_source_lines_do_not_stay_in_memory(qtbot: QtBot) -> None:
    """What PySide6 has read of our modules while they were imported is given back."""
    garbage = GuiGarbage()
    try:
        assert linecache.getlines(__file__)
        qtbot.waitUntil(lambda: not linecache.cache)
    finally:
        garbage.close()


@pytest.mark.parametrize("before", [True, False])
def test_only_the_gui_thread_collects(qtbot: QtBot, before: bool) -> None:
    """The automatic collection is off as long as it is stood in for, and as it was before from then on."""
    assert not gc.isenabled()  # see tests.support.guards
    if before:
        gc.enable()
    garbage = GuiGarbage()
    assert not gc.isenabled()
    garbage.close()
    assert gc.isenabled() == before
    gc.disable()


def test_who_asks_for_the_control_before_leaves_pages_alive(qapp: object) -> None:
    """A page that only Qt holds is not collected because something asked where the focus can go from it."""
    window, page = QWidget(), QWidget()
    gone: list[str] = []
    page.destroyed.connect(partial(gone.append, "page"))
    column(window).addWidget(page)
    inner, first, second = column(page), QLineEdit(), QLineEdit()
    for field in (first, second):
        inner.addWidget(field)
    window.show()
    assert stops_around(second, window) == [first]
    del page, inner, first, second, field
    gc.collect()
    assert not gone
    assert len(window.findChildren(QLineEdit)) == 2
    window.deleteLater()
