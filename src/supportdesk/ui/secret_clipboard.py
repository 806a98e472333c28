"""The system's clipboard for secrets: kept out of histories, emptied in time and when the program ends."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from supportdesk.app.clipboard import SecretClipboard

_WINDOWS_FORMAT = 'application/x-qt-windows-mime;value="{}"'
_NO = bytes(4)  # a DWORD


class SystemBoard(QObject):
    """A `Board`. Child of the application: a copied secret outlives the screen it was copied on."""

    def __init__(self, application: QGuiApplication) -> None:
        super().__init__(application)
        self._due: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ring)
        self.secrets = SecretClipboard(self)
        QGuiApplication.clipboard().dataChanged.connect(self.secrets.changed_elsewhere)
        application.aboutToQuit.connect(self.secrets.clear)

    def put(self, secret: str) -> None:
        data = QMimeData()
        data.setText(secret)
        for name, value in left_out_of_histories(sys.platform).items():
            data.setData(name, value)
        QGuiApplication.clipboard().setMimeData(data)

    def text(self) -> str:
        return QGuiApplication.clipboard().text()

    def clear(self) -> None:
        QGuiApplication.clipboard().clear()

    def call_later(self, delay_s: float, job: Callable[[], None]) -> None:
        self._due = job
        self._timer.start(round(delay_s * 1000))

    @Slot()
    def _ring(self) -> None:
        if self._due is not None:
            self._due()


def left_out_of_histories(platform: str) -> dict[str, bytes]:
    """Formats by which a program asks that what it copies is not kept; `platform` as in sys.platform.

    Windows documents three: for its history, its cloud and whoever watches. Klipper and its kin have one.
    """
    if platform == "win32":
        return {
            _WINDOWS_FORMAT.format("ExcludeClipboardContentFromMonitorProcessing"): b"1",
            _WINDOWS_FORMAT.format("CanIncludeInClipboardHistory"): _NO,
            _WINDOWS_FORMAT.format("CanUploadToCloudClipboard"): _NO,
        }
    return {"x-kde-passwordManagerHint": b"secret"}


def secret_clipboard() -> SecretClipboard:
    """The one of the running program, which has one clipboard. GUI thread only."""
    application = QGuiApplication.instance()
    if not isinstance(application, QGuiApplication):
        message = "a clipboard needs a QGuiApplication"
        raise RuntimeError(message)  # noqa: TRY004 - what is missing is an application, not a type
    board = application.findChild(SystemBoard) or SystemBoard(application)
    return board.secrets
