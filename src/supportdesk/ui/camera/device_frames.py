"""The live picture of a real camera."""

from PySide6.QtCore import QCameraPermission, QCoreApplication, QObject, QPermission, Qt, QTimer, Slot
from PySide6.QtMultimedia import QCamera, QCameraDevice

from supportdesk.ui.camera.cameras import CameraTrouble
from supportdesk.ui.camera.sink_frames import SinkFrames

_PATIENCE_MS = 10_000
"""Some cameras need seconds for their first picture; one that another program has may never send any."""


class DeviceFrames(SinkFrames):
    def __init__(self, device: QCameraDevice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_wanted = False
        self._device = device
        self._camera = QCamera(device, self)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self.session.setCamera(self._camera)
        self._camera.errorOccurred.connect(self._give_up)
        self._patience.timeout.connect(self._give_up)
        self.frame_came.connect(self._patience.stop)

    def start(self) -> None:
        """Where the system asks whether we may, the camera is on when the person has agreed."""
        self._is_wanted = True
        application = QCoreApplication.instance()
        if application is not None:
            application.requestPermission(QCameraPermission(), self, self._begin)

    def stop(self) -> None:
        self._is_wanted = False
        self._patience.stop()
        self._camera.stop()

    def _begin(self, permission: QPermission) -> None:
        if not self._is_wanted:
            return
        if permission.status() != Qt.PermissionStatus.Granted:
            self.failed.emit(CameraTrouble.REFUSED)
        elif self._device.isNull():  # Qt would take any other one
            self.failed.emit(CameraTrouble.GONE)
        else:
            self._patience.start()
            self._camera.start()

    @Slot()
    def _give_up(self) -> None:
        if self._is_wanted:
            self.stop()
            self.failed.emit(CameraTrouble.SILENT)
