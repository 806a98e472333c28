"""The process of the app with a window: opens the data folder, answers other processes, ends cleanly.

What a first painted window does not need is imported after it, not here.
"""

import logging
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Slot, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from supportdesk.app.first_look import FirstLook
from supportdesk.app.settings import LAST_COLOUR
from supportdesk.domain.errors import StoreError, SupportDeskError
from supportdesk.ui.bridge import Bridge
from supportdesk.ui.camera.cameras import Cameras
from supportdesk.ui.camera.installed_cameras import InstalledCameras
from supportdesk.ui.shell.appearance import apply_appearance
from supportdesk.ui.shell.entrance import Entrance
from supportdesk.ui.shell.first_paint import FirstPaint
from supportdesk.ui.shell.garbage import GuiGarbage
from supportdesk.ui.shell.language import SpokenLanguage, speak

if TYPE_CHECKING:
    from supportdesk.app.instance import Ownership
    from supportdesk.app.jobs import Deliver
    from supportdesk.app.requests import Request
    from supportdesk.app.shell import Opened
    from supportdesk.ui.shell.stage import Stage

    OpenFolder = Callable[[Path, Deliver], Opened]

_OPENING_TIMEOUT_S = 60.0
log = logging.getLogger(__name__)


def run(open_folder: "OpenFolder", ownership: "Ownership", first_look: FirstLook, request: "Request") -> int:
    """Shows the window and returns the exit code once it is closed. Releases the ownership."""
    qt = make_qt()
    application = Application(open_folder, first_look, InstalledCameras())
    application.start(ownership, request)
    code = qt.exec()
    ownership.stop_listening()
    application.close()
    ownership.close()
    return code


def make_qt() -> QApplication:
    """Never with the process' own arguments: Qt loads code that is named there."""
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("SupportDesk")
    qt.setDesktopFileName("supportdesk")
    qt.setQuitOnLastWindowClosed(False)
    return qt


class Application(QObject):
    def __init__(self, open_folder: "OpenFolder", first_look: FirstLook, cameras: Cameras) -> None:
        super().__init__()
        self._open_folder = open_folder
        self._first_look = first_look
        self._cameras = cameras
        self._bridge = Bridge(self)
        self._garbage = GuiGarbage(self)
        self._opened: Future[Opened] = Future()
        self._opening: threading.Thread | None = None
        self._first_request: Request = {}
        self._ownership: Ownership | None = None
        self._spoken = SpokenLanguage()
        self._entrance = Entrance(self)
        speak(first_look, self._spoken)
        apply_appearance(first_look, accent=first_look.get(LAST_COLOUR))

    @cached_property
    def stage(self) -> "Stage":
        """Everything beyond the sign-in window; loaded when it is first wanted."""
        from supportdesk.ui.shell.stage import Stage

        stage = Stage(self._first_look, self._entrance, self._spoken, self._cameras, self)
        stage.open_again.connect(self._open)
        return stage

    def start(self, ownership: "Ownership", request: "Request") -> None:
        """Paints first; then the folder is opened."""
        sys.excepthook = self._unexpected
        self._first_request, self._ownership = request, ownership
        sign_in = self._first_look.sign_in
        shown = self._entrance.show_first(sign_in) if sign_in else self.stage.show_window()
        FirstPaint(shown, self).reached.connect(self._painted)

    def handle(self, request: "Request") -> None:
        """A request of another process or of the one that started this. GUI thread."""
        self.stage.handle(request)

    @Slot()
    def _painted(self) -> None:
        self._open()
        self.stage.handle(self._first_request)
        if self._ownership is not None:
            self._ownership.listen(partial(self._answer, self._ownership.leaving))

    def close(self) -> None:
        """After the event loop: saves what is unsaved, lets the engine stop, closes the files."""
        self.stage.end()
        self._bridge.close()
        if self._opening is not None:  # who closes the window at once leaves it to open what is closed here
            self._opening.join()
        if self._opened.done() and self._opened.exception() is None:
            self._opened.result().close()
        self._garbage.close()
        self._spoken.end()
        sys.excepthook = sys.__excepthook__

    @Slot()
    def _open(self) -> None:
        self._opened = Future()
        self._opening = threading.Thread(target=self._open_off_thread, args=(self._opened,), name="opening")
        self._opening.start()

    def _open_off_thread(self, future: "Future[Opened]") -> None:
        try:
            opened = self._open_folder(self._first_look.folder, self._bridge.deliver)
        except SupportDeskError as error:
            self._fail(future, error)
        except OSError as error:
            told = StoreError()
            told.__cause__ = error
            self._fail(future, told)
        else:
            future.set_result(opened)
            self._bridge.deliver(lambda: self.stage.begin(opened))  # made on the GUI thread, if not yet

    def _fail(self, future: "Future[Opened]", error: SupportDeskError) -> None:
        log.error("the data folder cannot be opened", exc_info=error)
        future.set_exception(error)
        self._bridge.deliver(lambda: self.stage.fail(error))

    def _answer(self, leaving: "Future[None]", request: "Request") -> dict[str, object]:
        """Called on threads of the ownership."""
        from supportdesk.app.remote_control import OK, answer_other, refused
        from supportdesk.app.requests import is_for_window

        if is_for_window(request):
            self._bridge.deliver(partial(self.handle, request))
            return {"exit": OK, "result": {}}
        try:
            return answer_other(self._opened.result(_OPENING_TIMEOUT_S), request, leaving)
        except SupportDeskError as error:
            return refused(error)

    def _unexpected(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """A mistake of ours in a slot: logged with its place, told calmly, and the window lives on."""
        from supportdesk.app.failure import trace_id

        log.critical("unexpected, trace %s", trace_id(error), exc_info=(kind, error, trace))
        if issubclass(kind, KeyboardInterrupt):
            QApplication.exit(130)
            return
        told = SupportDeskError()
        told.__cause__ = error
        self.stage.tell(told)


def selftest() -> None:
    """Paints the sign-in window once, without a screen."""
    import os

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    before = qInstallMessageHandler(_without_missing_screen)
    qt = make_qt()
    from supportdesk.ui.login.dialog import SignInDialog

    dialog = SignInDialog()
    dialog.show()
    qt.processEvents()
    if dialog.grab().isNull():
        message = "nothing was painted"
        raise RuntimeError(message)
    dialog.close()
    qInstallMessageHandler(before)


def _without_missing_screen(_kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    """Qt complains of what a window without a screen cannot do."""
    if not text.startswith("This plugin does not support"):
        sys.stderr.write(f"{text}\n")
