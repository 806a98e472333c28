"""Pictures from a session of QtMultimedia, whatever feeds it."""

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtMultimedia import QMediaCaptureSession, QVideoSink

from supportdesk.ui.camera.cameras import FrameSource


class SinkFrames(FrameSource):
    """`session` is to be fed by who inherits. Frames that come faster than they are shown are left out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = QMediaCaptureSession(self)
        self._sink = QVideoSink(self)
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._deliver)
        self.session.setVideoSink(self._sink)
        # Emitted by the thread that reads the camera.
        self._sink.videoFrameChanged.connect(self._next.start, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def _deliver(self) -> None:
        picture = self._sink.videoFrame().toImage()
        if not picture.isNull():  # a stopped camera sends one without content
            self.frame_came.emit(picture)
