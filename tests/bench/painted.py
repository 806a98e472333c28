"""One process that opens a window and writes a line when it is painted.

Started as a file, so that nothing is imported but what is measured:
`painted.py {bare,login,home,home-alone,home-offline} FOLDER [stay]`; `home-alone` takes up no connection,
so that no desk is loaded; `home-offline` has a sign-in that was kept. The line has the moment
(CLOCK_MONOTONIC) and the CPU seconds of the process so far. With `stay` the window remains until the process
is ended from outside.
"""

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


class Told:
    """Called while the window paints; the line is written right behind that, before anything else, once."""

    def __init__(self) -> None:
        self._called = False

    def __call__(self) -> None:
        from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

        class Behind(QObject):
            def event(self, event: QEvent) -> bool:
                _tell()
                return super().event(event)

        if not self._called:
            self._called = True
            self._behind = Behind()
            behind = QEvent(QEvent.Type.User)
            QCoreApplication.postEvent(self._behind, behind, Qt.EventPriority.HighEventPriority.value)


def _tell() -> None:
    from PySide6.QtCore import QCoreApplication

    os.write(1, f"{time.monotonic()} {time.process_time()}\n".encode())
    if len(sys.argv) == 3:
        QCoreApplication.quit()


def bare(told: Told) -> None:
    from PySide6.QtWidgets import QApplication, QWidget

    class Window(QWidget):
        def paintEvent(self, _event: object) -> None:
            told()

    qt = QApplication(sys.argv[:1])
    window = Window()
    window.resize(440, 560)
    window.show()
    qt.exec()


def app(wanted: str, told: Told) -> None:
    """The program's own main function; only the paint events of the wanted window are listened to."""
    from supportdesk import cli
    from supportdesk.app.first_look import FirstLook

    look = FirstLook.__init__

    def looked(self: FirstLook, folder: Path, request: dict[str, object]) -> None:
        """Behind it the program loads Qt."""
        look(self, folder, request)
        from supportdesk.ui.shell import application

        make_qt = application.make_qt

        def watched() -> "QApplication":
            _watch(wanted, told)
            return make_qt()

        application.make_qt = watched

    FirstLook.__init__ = looked  # type: ignore[method-assign]
    cli.main(["--data-dir", sys.argv[2]])


def _watch(wanted: str, told: Told) -> None:
    """Imports nothing that the program would not import by itself now, but for Home."""
    if wanted == "login":
        from supportdesk.ui.login.vendor_button import VendorButton
        from supportdesk.ui.login.vendors_page import VendorsPage

        _tell_painted(VendorsPage, VendorButton, told)
    else:
        from supportdesk.app.accounts import Accounts
        from supportdesk.ui.screens.home.tile_grid import TileGrid
        from supportdesk.ui.widgets.tile import Tile

        _tell_painted(TileGrid, Tile, told)
        if wanted == "home-alone":
            from supportdesk.sync.service import Sync

            Accounts._is_demo_customer = lambda *_args: False  # type: ignore[method-assign]
            Sync.start = lambda *_args: None  # type: ignore[method-assign]
        elif wanted == "home-offline":
            from supportdesk.domain.projections import Account
            from supportdesk.domain.session import Session

            async def kept(_self: Accounts, account: Account) -> Session | None:
                return Session(account.user, "token")

            Accounts._session = kept  # type: ignore[method-assign,assignment]


def _tell_painted(kind: type, content: type, told: Told) -> None:
    """As soon as a widget of `kind` is painted that has `content` in it."""

    def paint_event(widget: object, _event: object) -> None:
        if widget.findChildren(content):  # type: ignore[attr-defined]
            told()

    kind.paintEvent = paint_event  # type: ignore[attr-defined]


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare(Told())
    else:
        app(sys.argv[1], Told())
