"""Leads to the camera, and is there while there is one."""

from PySide6.QtCore import Slot

from supportdesk.ui.camera.cameras import Cameras
from supportdesk.ui.theme.button_style import ButtonKind, ButtonSize
from supportdesk.ui.widgets.button import Button


class CameraButton(Button):
    def __init__(
        self, cameras: Cameras, kind: ButtonKind = "secondary", *, size: ButtonSize = "regular"
    ) -> None:
        super().__init__("", kind, "camera", size=size)
        self._cameras = cameras
        if not cameras.found():  # else it appears with the place it is put into
            self.hide()
        cameras.changed.connect(self._appear)
        cameras.look()

    @Slot()
    def _appear(self) -> None:
        self.setVisible(bool(self._cameras.found()))
