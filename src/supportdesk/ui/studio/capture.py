"""Takes a picture of the screen: own windows away, delay, grab, choose, own windows back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage

from supportdesk.app.annotation.desktop import CaptureMode, whole_desktop
from supportdesk.app.annotation.geometry import Rect
from supportdesk.domain.errors import CaptureFailed
from supportdesk.i18n import _
from supportdesk.ui.studio.choosing import Choosing
from supportdesk.ui.studio.countdown import Countdown
from supportdesk.ui.studio.foreign_windows import window_frames
from supportdesk.ui.studio.own_windows import OwnWindows
from supportdesk.ui.studio.settling import Settling
from supportdesk.ui.studio.shot import (
    Shot,
    grab_monitors,
    monitor_under_pointer,
    shots_from_desktop,
    take,
)

if TYPE_CHECKING:
    from supportdesk.ui.studio.portal import ScreenshotPortal

__all__ = ["Capture", "CaptureMode"]


class Capture(QObject):
    """Exactly one signal answers each `start`; when it comes, our windows are back. GUI thread.

    A start while one is running is ignored.
    """

    captured = Signal(QImage)
    """Opaque, in device pixels; its device pixel ratio is the scale of the screen it shows."""
    cancelled = Signal()
    failed = Signal(object)
    """A SupportDeskError."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mode = CaptureMode.REGION
        self._delay_s = 0
        self._is_running = False
        self._shots: list[Shot] = []
        self._choosing: Choosing | None = None
        self._own = OwnWindows()
        self._countdown = Countdown()
        self._settling = Settling(self)
        self._portal: ScreenshotPortal | None = None
        self._connect()

    def start(self, mode: CaptureMode, delay_s: int = 0) -> None:
        if self._is_running:
            return
        self._is_running = True
        self._mode, self._delay_s = mode, delay_s
        with self._windows_back_on_error():
            _require_permission()
            self._own.hide(spared=[self._countdown])
            if delay_s:
                self._countdown.start(delay_s)
            else:
                self._settling.start(self._own.frames, self._own.native_ids)

    @Slot()
    def cancel(self) -> None:
        self._end(self.cancelled.emit)

    def _connect(self) -> None:
        self._countdown.finished.connect(self._on_counted_down)
        self._countdown.cancelled.connect(self.cancel)
        self._settling.settled.connect(self._on_settled)
        self.destroyed.connect(self._own.bring_back)
        self.destroyed.connect(self._countdown.deleteLater)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._on_screens_changed)
            application.screenRemoved.connect(self._on_screens_changed)

    @Slot()
    def _on_counted_down(self) -> None:
        self._settling.start([*self._own.frames, self._countdown.frameGeometry()], self._own.native_ids)

    @Slot()
    def _on_settled(self) -> None:
        if not self._is_running:
            return
        with self._windows_back_on_error():
            if QGuiApplication.platformName().startswith("wayland"):
                self._ask_portal()
            else:
                self._use(grab_monitors())

    def _ask_portal(self) -> None:
        from supportdesk.ui.studio.portal import ScreenshotPortal

        portal = ScreenshotPortal(parent=self)
        portal.delivered.connect(self._on_desktop_picture)
        portal.failed.connect(self._on_failed)
        self._portal = portal
        portal.request()

    @Slot(QImage)
    def _on_desktop_picture(self, picture: QImage) -> None:
        if not self._is_running:
            return
        with self._windows_back_on_error():
            self._use(shots_from_desktop(picture))

    @Slot(object)
    def _on_failed(self, error: CaptureFailed) -> None:
        self._end(lambda: self.failed.emit(error))

    @Slot()
    def _on_screens_changed(self) -> None:
        """The pictures no longer fit the monitors."""
        if self._is_running:
            self.cancel()

    def _use(self, shots: list[Shot]) -> None:
        self._shots = shots
        if self._mode is CaptureMode.MONITOR:
            self._finish(monitor_under_pointer(shots))
        elif self._mode is CaptureMode.ALL_MONITORS:
            self._finish(whole_desktop([shot.monitor for shot in shots]))
        else:
            self._choose()

    def _choose(self) -> None:
        choosing = Choosing(self._shots, window_frames(), self._delay_s, self)
        choosing.chosen.connect(self._finish)
        choosing.cancelled.connect(self.cancel)
        choosing.delay_chosen.connect(self._begin_anew)
        self._choosing = choosing
        choosing.show()

    @Slot(int)
    def _begin_anew(self, delay_s: int) -> None:
        """The person chose a delay on the overlay: count down and take new pictures."""
        self._forget_choosing()
        self._delay_s = delay_s
        self._countdown.start(delay_s)

    @Slot(object)
    def _finish(self, region: Rect) -> None:
        with self._windows_back_on_error():
            picture = take(self._shots, region)
            self._end(lambda: self.captured.emit(picture))

    def _end(self, tell: Callable[[], None]) -> None:
        if not self._is_running:
            return
        self._is_running = False
        self._countdown.stop()
        self._settling.stop()
        self._forget_portal()
        self._forget_choosing()
        self._shots = []
        self._own.bring_back()
        tell()

    def _forget_portal(self) -> None:
        portal, self._portal = self._portal, None
        if portal is not None:
            portal.cancel()
            portal.deleteLater()

    def _forget_choosing(self) -> None:
        choosing, self._choosing = self._choosing, None
        if choosing is not None:
            choosing.close()
            choosing.deleteLater()

    @contextmanager
    def _windows_back_on_error(self) -> Iterator[None]:
        """A capture that failed is told; any other error goes on, but with our windows back."""
        try:
            yield
        except CaptureFailed as error:
            self._on_failed(error)
        except BaseException:
            self._end(self.cancelled.emit)
            raise


def _require_permission() -> None:
    if QGuiApplication.platformName() != "cocoa":
        return
    from supportdesk.ui.studio.mac_windows import may_capture_screen

    if not may_capture_screen():
        raise CaptureFailed(
            _("SupportDesk is not allowed to record the screen."),
            next_step=_("Allow it in System Settings, Privacy & Security, Screen Recording, then try again."),
        )
