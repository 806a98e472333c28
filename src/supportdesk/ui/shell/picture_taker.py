"""Taking and marking a picture for a screen: capture or camera, then the studio, then back."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from supportdesk import clock
from supportdesk.app.settings import CAPTURE_DELAY_S, CAPTURE_MODE, Settings
from supportdesk.domain.errors import CaptureFailed, SupportDeskError
from supportdesk.i18n import _
from supportdesk.ui.camera.cameras import Cameras
from supportdesk.ui.camera.window import CameraWindow
from supportdesk.ui.placing import put_around
from supportdesk.ui.studio.capture import Capture, CaptureMode
from supportdesk.ui.studio.editor import StudioEditor

Done = Callable[[bytes, str, int], None]


class PictureTaker(QObject):
    """One picture at a time; asking again while one is being taken brings the studio to the front."""

    def __init__(
        self,
        window: QWidget,
        settings: Settings,
        cameras: Cameras,
        failed: Callable[[SupportDeskError], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._cameras = cameras
        self._tell_failed = failed
        self._done: Done | None = None
        self._capture: Capture | None = None
        self._camera: CameraWindow | None = None
        self._editor: StudioEditor | None = None

    def take(self, done: Done) -> None:
        if self._is_busy():
            return
        self._done = done
        capture = Capture(self._window)
        capture.captured.connect(self._captured)
        capture.cancelled.connect(self._ended)
        capture.failed.connect(self._failed)
        self._capture = capture
        capture.start(CaptureMode(self._settings.get(CAPTURE_MODE)), self._settings.get(CAPTURE_DELAY_S))

    def photograph(self, done: Done) -> None:
        if self._is_busy():
            return
        self._done = done
        camera = CameraWindow(self._cameras, self._window)
        camera.used.connect(self._photographed)
        camera.rejected.connect(self._ended)
        self._camera = camera
        camera.open()

    def mark(self, png: bytes, name: str, done: Done) -> None:
        if self._is_busy():
            return
        image = QImage.fromData(png)
        if image.isNull():
            self._tell_failed(CaptureFailed(_("This picture cannot be opened.")))
            return
        self._done = done
        self._edit(image, name)

    def close(self) -> None:
        """The window closes: the studio and the camera go with it."""
        if self._camera is not None:
            self._camera.reject()
        if self._editor is not None:
            self._editor.close()

    def _is_busy(self) -> bool:
        if self._editor is not None:
            self._editor.raise_()
            self._editor.activateWindow()
        return any(each is not None for each in (self._editor, self._capture, self._camera))

    def _edit(self, image: QImage, name: str) -> None:
        editor = StudioEditor(image, name, self._window)  # a child window stays above its parent
        editor.used.connect(self._used)
        editor.discarded.connect(self._ended)
        self._editor = editor
        put_around(editor, self._window.frameGeometry().center())
        editor.show()
        editor.raise_()
        editor.activateWindow()

    @Slot(QImage)
    def _captured(self, image: QImage) -> None:
        self._drop_sources()
        self._edit(image, _("Screenshot {time}").format(time=_now()) + ".png")

    @Slot(QImage)
    def _photographed(self, image: QImage) -> None:
        self._drop_sources()
        self._edit(image, _("Photo {time}").format(time=_now()) + ".png")

    @Slot(bytes, str, int)
    def _used(self, png: bytes, name: str, blacked_out: int) -> None:
        done = self._done
        self._ended()
        self._window.raise_()
        self._window.activateWindow()
        if done is not None:
            done(bytes(png), name, blacked_out)

    @Slot()
    def _ended(self) -> None:
        self._drop_sources()
        self._done = None
        editor, self._editor = self._editor, None
        if editor is not None:
            editor.close()
            editor.deleteLater()

    @Slot(object)
    def _failed(self, error: SupportDeskError) -> None:
        self._ended()
        self._tell_failed(error)

    def _drop_sources(self) -> None:
        for each in (self._capture, self._camera):
            if each is not None:
                each.deleteLater()
        self._capture = self._camera = None


def _now() -> str:
    """For the name of a file."""
    return f"{clock.now().astimezone():%Y-%m-%d %H.%M.%S}"
