"""What is collected on the GUI thread."""

import gc
import linecache

from pytestqt.qtbot import QtBot

from supportdesk.ui.shell.garbage import GuiGarbage


def test_source_lines_do_not_stay_in_memory(qtbot: QtBot) -> None:
    """What PySide6 has read of our modules while they were imported is given back."""
    garbage = GuiGarbage()
    try:
        assert linecache.getlines(__file__)
        qtbot.waitUntil(lambda: not linecache.cache)
    finally:
        garbage.close()


def test_only_the_gui_thread_collects(qtbot: QtBot) -> None:
    """The automatic collection is off as long as it is stood in for."""
    garbage = GuiGarbage()
    assert not gc.isenabled()
    garbage.close()
    assert gc.isenabled()
