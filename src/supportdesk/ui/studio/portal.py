"""The freedesktop screenshot portal: on Wayland the only way to a picture of the screen."""

import logging
import secrets
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import SLOT, QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusObjectPath, QDBusPendingCallWatcher
from PySide6.QtGui import QImage

from supportdesk.domain.errors import CaptureFailed
from supportdesk.i18n import _
from supportdesk.ui.studio.background import Background

log = logging.getLogger(__name__)

_SERVICE = "org.freedesktop.portal.Desktop"
_PATH = "/org/freedesktop/portal/desktop"
_INTERFACE = "org.freedesktop.portal.Screenshot"
_REQUEST = "org.freedesktop.portal.Request"
_GRANTED, _REFUSED = 0, 1
# The type hints of QDBusConnection ask for bytes, the call itself takes what SLOT gives.
_ANSWER: Any = SLOT("onResponse(uint,QVariantMap)")


class ScreenshotPortal(QObject):
    """One question at a time. Exactly one of `delivered` and `failed` answers each `request`."""

    delivered = Signal(QImage)
    failed = Signal(object)

    def __init__(self, timeout_s: float = 60.0, parent: QObject | None = None) -> None:
        """The time-out is long: the desktop may ask the person for permission first."""
        super().__init__(parent)
        self._bus = QDBusConnection.sessionBus()
        self._path = ""
        self._background = Background(self)
        self._limit = QTimer(self, singleShot=True, interval=round(timeout_s * 1000))
        self._limit.timeout.connect(self._on_timeout)

    def request(self) -> None:
        """Ask for a picture of the whole desktop; never answers before it returns."""
        if not self._bus.isConnected():
            QTimer.singleShot(0, self._on_no_portal)
            return
        token = "supportdesk_" + secrets.token_hex(8)
        sender = self._bus.baseService().lstrip(":").replace(".", "_")
        self._listen(f"{_PATH}/request/{sender}/{token}")
        self._limit.start()
        message = QDBusMessage.createMethodCall(_SERVICE, _PATH, _INTERFACE, "Screenshot")
        message.setArguments(["", {"handle_token": token, "interactive": False}])
        watcher = QDBusPendingCallWatcher(self._bus.asyncCall(message), self)
        watcher.finished.connect(self._on_called)

    def cancel(self) -> None:
        """No answer will come any more."""
        self._limit.stop()
        self._listen("")

    def _listen(self, path: str) -> None:
        """To the answer of the request at `path` and to no other."""
        for act, place in ((self._bus.disconnect, self._path), (self._bus.connect, path)):
            if place:
                act(_SERVICE, place, _REQUEST, "Response", self, _ANSWER)
        self._path = path

    @Slot(QDBusPendingCallWatcher)
    def _on_called(self, watcher: QDBusPendingCallWatcher) -> None:
        watcher.deleteLater()
        if not self._path:
            return
        if watcher.isError():
            log.warning("screenshot portal: %s", watcher.error().message())
            self._on_no_portal()
            return
        handle: QDBusObjectPath = watcher.reply().arguments()[0]
        self._follow(handle.path())

    def _follow(self, path: str) -> None:
        """Portals before version 0.9 choose the path of the request themselves."""
        if path != self._path:
            self._listen(path)

    @Slot("uint", "QVariantMap")
    def onResponse(self, code: int, results: dict[str, Any]) -> None:
        """The portal's answer: 0 granted, 1 refused by the person, 2 ended in another way."""
        if not self._path:
            return
        if code == _REFUSED:
            self._fail(_("The desktop did not allow the capture, or it was cancelled there."))
        elif code != _GRANTED:
            self._fail(_("The desktop ended the capture without a picture."))
        else:
            self.cancel()
            file = Path(QUrl(str(results.get("uri", ""))).toLocalFile())
            self._background.run(partial(_taken_over, file), self.delivered, self.failed)

    @Slot()
    def _on_no_portal(self) -> None:
        self._fail(_("This desktop does not let programs capture the screen."))

    @Slot()
    def _on_timeout(self) -> None:
        self._fail(_("The desktop did not answer the request to capture the screen."))

    def _fail(self, what: str) -> None:
        self.cancel()
        self.failed.emit(CaptureFailed(what))


def _taken_over(file: Path) -> QImage:
    """Read the picture and remove the portal's file: it shows what may be blacked out later."""
    picture = QImage(str(file))
    if picture.isNull():
        raise CaptureFailed(_("The desktop delivered a picture that cannot be read."))
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        log.warning("the portal's picture could not be removed: %s", error)
    return picture
