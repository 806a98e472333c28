"""The whole program with its real window, in this process: what a person would have on the screen."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from supportdesk import bootstrap
from supportdesk.app.first_look import FirstLook
from supportdesk.app.instance import Ownership
from supportdesk.app.screens import Route
from supportdesk.app.workspace import Workspace
from supportdesk.ui.camera.cameras import Cameras
from supportdesk.ui.shell.application import Application
from supportdesk.ui.shell.main_window import MainWindow

W = TypeVar("W", bound=QWidget)
TIMEOUT_MS = 90_000


class Desktop:
    """Finds things as a person does: by what is visible and how it is called."""

    def __init__(self, application: Application) -> None:
        self.application = application

    @property
    def window(self) -> MainWindow:
        window = self.application.stage.window
        assert window is not None, "there is no main window"
        return window

    @property
    def workspace(self) -> Workspace:
        assert self.window.workspace is not None
        return self.window.workspace

    @property
    def account_id(self) -> str:
        assert self.window.place is not None
        return self.window.place.account.id

    def wait(self, until: Callable[[], bool], what: str = "", timeout_ms: int = TIMEOUT_MS) -> None:
        """Lets the program live until `until()` holds; fails when it does not in time."""
        loop, ticks, limit = QEventLoop(), QTimer(), QTimer()
        ticks.timeout.connect(lambda: loop.quit() if until() else None)
        limit.setSingleShot(True)
        limit.timeout.connect(loop.quit)
        ticks.start(5)
        limit.start(timeout_ms)
        if not until():
            loop.exec()
        ticks.stop()
        limit.stop()
        assert until(), f"did not happen: {what or until}"

    def find(self, kind: type[W], name: str, within: QWidget | None = None) -> W:
        """The visible widget of this kind with this accessible name (buttons: or text); waits for it."""
        found: list[W] = []

        def search() -> bool:
            found[:] = [w for w in self._candidates(kind, within) if name in _names(w)]
            return bool(found)

        self.wait(search, f"a {kind.__name__} called “{name}”")
        return found[0]

    def named(self, beginning: str) -> str:
        """The whole name of a button, which ends in something that changes, such as a day."""
        found: list[str] = []

        def search() -> bool:
            buttons = self._candidates(QAbstractButton, None)
            found[:] = [name for each in buttons for name in _names(each) if name.startswith(beginning)]
            return bool(found)

        self.wait(search, f"a button called “{beginning}…”")
        return found[0]

    def has(self, kind: type[QWidget], name: str) -> bool:
        return any(name in _names(widget) for widget in self._candidates(kind, None))

    def click(self, name: str, within: QWidget | None = None) -> None:
        """A real click into the middle of the button of this name."""
        button = self.find(QAbstractButton, name, within)
        self.wait(button.isEnabled, f"“{name}” can be clicked")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center())
        self.settle()

    def type_into(self, widget: QWidget, text: str) -> None:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        QTest.keyClicks(widget, text)
        self.settle()

    def go(self, screen: str, **args: str) -> None:
        self.window.go(Route(screen, args))
        self.settle()

    def settle(self) -> None:
        """Everything that was asked for on the lanes so far has come back and is painted."""
        for _round in range(3):
            for lane in (self.workspace.cpu, self.workspace.apart):
                lane.submit(lambda: None).result(90)
            self.workspace.read(lambda _reader: None).result(30)
            self.workspace.write(lambda _writer: None).result(30)
            for _turn in range(5):
                QCoreApplication.processEvents()
                QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def grab(self, path: Path, widget: QWidget | None = None) -> None:
        self.settle()
        path.parent.mkdir(parents=True, exist_ok=True)
        assert (widget or self.window).grab().save(str(path)), path

    def _candidates(self, kind: type[W], within: QWidget | None) -> list[W]:
        roots = [within] if within is not None else QApplication.topLevelWidgets()
        widgets = [w for root in roots if root.isVisible() for w in (root, *root.findChildren(kind))]
        return [w for w in widgets if isinstance(w, kind) and w.isVisible()]


def _names(widget: QWidget) -> tuple[str, ...]:
    text = widget.text().replace("&", "") if isinstance(widget, QAbstractButton) else ""
    return (widget.accessibleName(), text)


@contextmanager
def running_app(
    folder: Path, request: dict[str, object] | None = None, cameras: Cameras | None = None
) -> Iterator[Desktop]:
    """The program on the data folder `folder`, as `supportdesk` starts it; a QApplication must exist.

    The cameras of this machine are nobody's in a test: without `cameras` there are none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ownership = Ownership.take(folder)
    assert ownership is not None
    asked = request or {"do": "show"}
    application = Application(bootstrap.open_workspace, FirstLook(folder, asked), cameras or Cameras())
    application.start(ownership, asked)
    try:
        yield Desktop(application)
    finally:
        QApplication.clipboard().clear()  # what is left in it crashes the offscreen platform when it ends
        application.close()
        ownership.close()
        application.deleteLater()
        for _turn in range(3):
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()  # here: what Qt made must not be cleared away by a thread of the next test


@contextmanager
def demo_app(folder: Path, name: str = "practice", cameras: Cameras | None = None) -> Iterator[Desktop]:
    """As `running_app`, with the demo customer signed in, synchronised, and Home on the screen."""
    with running_app(folder, {"do": "show", "demo": name}, cameras) as desktop:
        stage = desktop.application.stage
        desktop.wait(lambda: stage.shown is not None and stage.window is not None, "the demo is signed in")
        desktop.workspace.sync.once(desktop.account_id, 30).result(60)
        desktop.wait(partial(_shows_what_is_known, desktop), "the window knows the account as it is now")
        desktop.settle()
        yield desktop


def _shows_what_is_known(desktop: Desktop) -> bool:
    """The window makes its screens anew when it learns more about the account, as at the first connection."""
    account_id, place = desktop.account_id, desktop.application.stage.shown
    known = desktop.workspace.read(lambda r: (r.account(account_id), r.capabilities(account_id))).result(30)
    return place is not None and (place.account, place.capabilities) == known
