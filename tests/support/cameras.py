"""Cameras that come and go, and give the pictures that a test makes."""

from PySide6.QtGui import QColor, QImage, QPainter

from supportdesk.ui.camera.cameras import Camera, Cameras, FrameSource


def scene(left: str = "#c02020", right: str = "#2040c0") -> QImage:
    """What stands in front of the camera: a red and a blue half."""
    picture = QImage(640, 360, QImage.Format.Format_RGB32)
    picture.fill(QColor(right))
    painter = QPainter(picture)
    painter.fillRect(0, 0, 320, 360, QColor(left))
    painter.end()
    return picture


class MadeFrames(FrameSource):
    is_on = False

    def start(self) -> None:
        self.is_on = True

    def stop(self) -> None:
        self.is_on = False


class MadeCameras(Cameras):
    def __init__(self, *names: str) -> None:
        super().__init__()
        self._found = tuple(Camera(name.lower(), name) for name in names)
        self.opened: list[tuple[str, MadeFrames]] = []

    def found(self) -> tuple[Camera, ...]:
        return self._found

    def open(self, camera: Camera) -> MadeFrames:
        frames = MadeFrames()  # without a parent: it can be looked at when the window has let it go
        self.opened.append((camera.name, frames))
        return frames

    def plug(self, *names: str) -> None:
        """From now on there are these and no others."""
        self._found = tuple(Camera(name.lower(), name) for name in names)
        self.changed.emit()

    @property
    def on(self) -> list[str]:
        """The cameras whose light is on."""
        return [name for name, frames in self.opened if frames.is_on]

    def send(self, picture: QImage) -> None:
        """A frame of the one that is on."""
        next(frames for _name, frames in self.opened if frames.is_on).frame_came.emit(picture)
