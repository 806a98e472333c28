"""The window in which a picture is taken with a camera: live, then still, then used."""

from PySide6.QtCore import QEvent, QSize, Signal, Slot
from PySide6.QtGui import QHideEvent, QImage, QShowEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from supportdesk.i18n import _
from supportdesk.ui.camera.cameras import Camera, Cameras, CameraTrouble, FrameSource
from supportdesk.ui.camera.live_view import LiveView
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.empty_state import EmptyState
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import TextLabel

_WIDTH, _HEIGHT = 640, 560


class CameraWindow(QDialog):
    """`used` carries the picture. The camera is on only while its live picture can be seen."""

    used = Signal(QImage)

    def __init__(self, cameras: Cameras, parent: QWidget) -> None:
        super().__init__(parent)
        self._cameras = cameras
        self._camera: Camera | None = None
        self._source: FrameSource | None = None
        self._picture = QImage()
        self._is_taken = False
        self._trouble: CameraTrouble | None = None
        self._build()
        self._connect()
        theme().dress(self)
        self.retranslate()
        self._cancel.setFocus()

    def retranslate(self) -> None:
        self.setWindowTitle(_("Take a picture"))
        self.setAccessibleName(_("Take a picture"))
        self._choice.setAccessibleName(_("Camera"))
        self._view.set_waiting(_("The camera is being switched on…"))
        self._again.setText(_("Try again"))
        self._cancel.setText(_("Cancel"))
        self._retake.setText(_("Retake"))
        self._take.setText(_("Take the picture"))
        self._use.setText(_("Use"))
        self._show_state()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_taken:
            self._go_live()

    def hideEvent(self, event: QHideEvent) -> None:
        """Closed, or minimised for a while."""
        super().hideEvent(event)
        self._switch_off()

    def _build(self) -> None:
        space = theme().space
        self._choice = Combo()
        self._view = LiveView()
        self._problem = EmptyState("camera-off", tone="warning")
        self._again = self._problem.add_button("", "secondary", "refresh-cw")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._view)
        self._stack.addWidget(self._problem)
        self._note = TextLabel(kind="caption", tone="muted", wrap=True)
        self._cancel, self._retake = button(""), button("", "secondary", "rotate-ccw")
        self._take, self._use = button("", "primary", "camera"), button("", "primary", "check")
        foot = row(gap=space.m)
        foot.addWidget(self._retake)
        foot.addStretch(1)
        for each in (self._cancel, self._take, self._use):
            foot.addWidget(each)
        whole = column(self, gap=space.l, margins=space.xl)
        whole.addWidget(self._choice)
        whole.addWidget(self._stack, 1)
        whole.addWidget(self._note)
        whole.addLayout(foot)
        wanted = QSize(theme().scaled(_WIDTH), theme().scaled(_HEIGHT))
        self.resize(wanted.boundedTo(self.screen().availableSize()))

    def _connect(self) -> None:
        self._cameras.changed.connect(self._see_cameras)
        self._choice.changed.connect(self._choose)
        self._again.clicked.connect(self._go_live)
        self._cancel.clicked.connect(self.reject)
        self._take.clicked.connect(self._keep)
        self._retake.clicked.connect(self._go_live)
        self._use.clicked.connect(self._hand_over)

    # The camera

    @Slot()
    def _go_live(self) -> None:
        self._switch_off()
        self._picture, self._is_taken, self._trouble = QImage(), False, None
        found = self._cameras.found()
        camera = self._camera = self._camera or next(iter(found), None)
        if camera in found:
            self._switch_on(camera)
        else:
            self._trouble = CameraTrouble.GONE
        self._show_state()

    def _switch_on(self, camera: Camera) -> None:
        source = self._cameras.open(camera)
        source.frame_came.connect(self._show_frame)
        source.failed.connect(self._fail)
        self._source = source
        source.start()

    def _switch_off(self) -> None:
        source, self._source = self._source, None
        if source is not None:
            source.frame_came.disconnect(self._show_frame)
            source.failed.disconnect(self._fail)
            source.stop()
            source.deleteLater()

    @Slot(QImage)
    def _show_frame(self, picture: QImage) -> None:
        is_first = self._picture.isNull()
        self._picture = picture
        if is_first:
            self._show_state()
            if self.focusWidget() is not self._choice:  # else somebody is still choosing
                self._take.setFocus()
        self._view.show_picture(picture)

    @Slot(object)
    def _fail(self, trouble: CameraTrouble) -> None:
        self._switch_off()
        self._trouble = trouble
        self._show_state()
        self._again.setFocus()

    @Slot()
    def _see_cameras(self) -> None:
        """One was plugged in, or is gone: perhaps the one whose picture is shown, or waited for."""
        is_there = self._camera in self._cameras.found()
        if self._source is not None and not is_there:
            self._fail(CameraTrouble.GONE)
        elif self._trouble is CameraTrouble.GONE and self.isVisible():
            self._go_live()
        else:
            self._show_state()

    @Slot(str)
    def _choose(self, camera_id: str) -> None:
        self._camera = next(each for each in self._cameras.found() if each.id == camera_id)
        self._go_live()

    # The picture

    @Slot()
    def _keep(self) -> None:
        self._is_taken = True
        self._switch_off()
        self._show_state()
        self._use.setFocus()

    @Slot()
    def _hand_over(self) -> None:
        self.accept()
        self.used.emit(self._picture)

    def _show_state(self) -> None:
        cameras = self._cameras.found()
        self._choice.set_options([(each.id, each.name) for each in cameras])
        self._choice.set_value(self._camera.id if self._camera is not None else None)
        self._choice.setVisible(bool(cameras) and cameras != (self._camera,))
        self._choice.setEnabled(not self._is_taken)
        self._view.show_picture(self._picture)
        self._view.setAccessibleName(_("The picture you took") if self._is_taken else _("Live picture"))
        self._stack.setCurrentWidget(self._view if self._trouble is None else self._problem)
        if self._trouble is not None:
            self._problem.set_texts(*_words(self._trouble))
        self._note.setVisible(self._trouble is None)
        self._note.setText(
            _("The camera is off. The picture stays on this computer until you send it.")
            if self._is_taken
            else _("The camera is on only while you see its picture here.")
        )
        self._take.setVisible(not self._is_taken and self._trouble is None)
        self._take.setEnabled(not self._picture.isNull())
        for each in (self._retake, self._use):
            each.setVisible(self._is_taken)


def _words(trouble: CameraTrouble) -> tuple[str, str]:
    """What happened, and what to do."""
    return {
        CameraTrouble.SILENT: (
            _("The camera gives no picture."),
            _(
                "Another program may be using it: close that program, then try again. Or your system does not"
                " let SupportDesk use it: its privacy settings say so."
            ),
        ),
        CameraTrouble.REFUSED: (
            _("SupportDesk is not allowed to use the camera."),
            _("Allow it in the privacy settings of your system, then try again."),
        ),
        CameraTrouble.GONE: (
            _("The camera is not there any more."),
            _("Plug it in again, or choose another one."),
        ),
    }[trouble]
