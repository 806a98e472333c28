"""The cameras of this computer."""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QLoggingCategory, QObject, QTimer, Slot

from supportdesk.ui.camera.cameras import Camera, Cameras, FrameSource

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QCameraDevice, QMediaDevices

log = logging.getLogger(__name__)


class InstalledCameras(Cameras):
    """Loading QtMultimedia takes 100 ms, so it waits until somebody looks, and then for the next paint."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices: QMediaDevices | None = None
        self._found: tuple[Camera, ...] = ()
        self._first_look = QTimer(self, singleShot=True, interval=0)
        self._first_look.timeout.connect(self._load)
        self._has_looked = False

    def look(self) -> None:
        if not self._has_looked:
            self._has_looked = True
            self._first_look.start()

    def found(self) -> tuple[Camera, ...]:
        return self._found

    def open(self, camera: Camera) -> FrameSource:
        from PySide6.QtMultimedia import QCameraDevice

        from supportdesk.ui.camera.device_frames import DeviceFrames

        plugged = self._devices.videoInputs() if self._devices is not None else []
        device = next((each for each in plugged if _camera(each) == camera), QCameraDevice())
        return DeviceFrames(device, self)

    @Slot()
    def _load(self) -> None:
        try:
            from PySide6.QtMultimedia import QMediaDevices
        except ModuleNotFoundError:
            return  # the extra is not installed
        except ImportError as error:
            log.warning("cameras cannot be used: %s", error)  # a library of the system is missing
            return
        # Qt looks for the system's video decoders, which a live view does without, and warns of each; and it
        # names its FFmpeg on the console.
        QLoggingCategory.setFilterRules(
            "qt.multimedia.symbolsresolver=false\nqt.multimedia.ffmpeg.info=false"
        )
        self._devices = QMediaDevices(self)
        self._devices.videoInputsChanged.connect(self._see)
        self._see()

    @Slot()
    def _see(self) -> None:
        plugged = self._devices.videoInputs() if self._devices is not None else []
        found = tuple(map(_camera, plugged))
        if found != self._found:
            self._found = found
            self.changed.emit()


def _camera(device: "QCameraDevice") -> Camera:
    return Camera(bytes(device.id().data()).decode(errors="replace"), device.description())
