"""Programs for the capture tests, each a process of its own.

`foreign` shows a green window that is not ours, `pattern` one without two equal pixels, `capture` shows
a magenta one of ours and captures. All tell on standard output what happens, a JSON a line.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from supportdesk.domain.errors import SupportDeskError
from supportdesk.ui.studio.capture import Capture, CaptureMode
from supportdesk.ui.studio.overlay import MonitorOverlay

GREEN, MAGENTA = 0xFF00C040, 0xFFFF00FF
_LONGEST_MS = 120_000


def tell(event: str, **facts: object) -> None:
    print(json.dumps({"event": event, **facts}), flush=True)


class ColouredWindow(QWidget):
    def __init__(self, colour: int) -> None:
        super().__init__()
        self._colour = colour

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._colour)


class PatternWindow(QWidget):
    def paintEvent(self, _event: QPaintEvent) -> None:
        picture = QImage(self.size(), QImage.Format.Format_RGB32)
        for x in range(picture.width()):
            for y in range(picture.height()):
                picture.setPixel(x, y, 0xFF000000 | (x % 256) << 16 | (y % 256) << 8 | (x // 256 * 16 + 64))
        QPainter(self).drawImage(0, 0, picture)


class ActivationReport(QObject):
    """Tells when a window has the keyboard."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate and isinstance(watched, QWidget):
            tell("choosing" if isinstance(watched, MonitorOverlay) else "active")
        return False


class Stage(QObject):
    def __init__(self, mode: CaptureMode, delay_s: int, file: Path) -> None:
        super().__init__()
        self._mode, self._delay_s, self._file = mode, delay_s, file
        self._window = ColouredWindow(MAGENTA)
        self._window.setGeometry(60, 60, 300, 200)
        self._capture = Capture(self)
        self._capture.captured.connect(self._on_captured)
        self._capture.cancelled.connect(self._on_cancelled)
        self._capture.failed.connect(self._on_failed)

    @Slot()
    def begin(self) -> None:
        self._window.show()
        QTimer.singleShot(500, self._start)

    @Slot()
    def _start(self) -> None:
        self._capture.start(self._mode, self._delay_s)
        tell("started", own_windows_visible=self._window.isVisible())

    @Slot(QImage)
    def _on_captured(self, picture: QImage) -> None:
        picture.save(str(self._file))
        self._end(
            "captured", width=picture.width(), height=picture.height(), scale=picture.devicePixelRatio()
        )

    @Slot()
    def _on_cancelled(self) -> None:
        self._end("cancelled")

    @Slot(object)
    def _on_failed(self, error: SupportDeskError) -> None:
        self._end("failed", code=error.code, what=str(error), next_step=error.next_step)

    def _end(self, event: str, **facts: object) -> None:
        tell(event, own_windows_visible=self._window.isVisible(), **facts)
        QApplication.quit()


def main(arguments: list[str]) -> int:
    application = QApplication(["stage"])
    report = ActivationReport()
    application.installEventFilter(report)
    QTimer.singleShot(_LONGEST_MS, application.quit)
    if arguments[0] in {"foreign", "pattern"}:
        window = ColouredWindow(GREEN) if arguments[0] == "foreign" else PatternWindow()
        window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        window.setGeometry(*(int(number) for number in arguments[1:5]))
        window.show()
        return application.exec()
    stage = Stage(CaptureMode(arguments[1]), int(arguments[2]), Path(arguments[3]))
    QTimer.singleShot(0, stage.begin)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
