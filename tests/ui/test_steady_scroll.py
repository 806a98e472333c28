"""Content that is low only where it is wide, and wide only where it is low."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from supportdesk.ui.widgets.steady_scroll import SteadyScroll

_WIDTH, _HEIGHT = 400, 300


class _Flipping(QWidget):
    """Needs the scroll bar exactly when it is not there."""

    resized = 0

    def minimumSizeHint(self) -> QSize:
        return QSize(50, _HEIGHT - 50 if self.width() < _WIDTH else _HEIGHT + 50)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.resized += 1
        super().resizeEvent(event)


def test_a_page_that_flips_comes_to_an_end(qtbot: QtBot) -> None:
    """Each size of the window is settled in a few turns. (QScrollArea alone ends the process here.)"""
    page, content = SteadyScroll(), _Flipping()
    qtbot.addWidget(page)
    page.setFrameShape(SteadyScroll.Shape.NoFrame)
    page.setWidget(content)
    page.show()
    for height in (_HEIGHT, _HEIGHT + 20, _HEIGHT - 20, _HEIGHT):
        content.resized = 0
        page.resize(_WIDTH, height)
        page.updateGeometry()
        qtbot.wait(0)
        assert content.resized < 20
        assert content.width() <= _WIDTH
