"""Step 3: pictures and files."""

from functools import partial

from PySide6.QtCore import QSize, QTimer, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from supportdesk.app.file_notes import notes
from supportdesk.app.flows.report_draft import DraftFile
from supportdesk.app.report import ReportPresenter
from supportdesk.app.report_state import ReportState
from supportdesk.domain.commands import FileRef
from supportdesk.i18n import _, ngettext
from supportdesk.ui import formats
from supportdesk.ui.camera.camera_button import CameraButton
from supportdesk.ui.camera.cameras import Cameras
from supportdesk.ui.screens.report.step_page import StepPage
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.drop_area import DropArea
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.layouts import clear_layout, row
from supportdesk.ui.widgets.text_label import TextLabel
from supportdesk.ui.widgets.thumbnail import Thumbnail


class ShowStep(StepPage):
    capture_requested = Signal()
    photograph_requested = Signal()
    choose_requested = Signal()
    paste_requested = Signal()
    files_dropped = Signal(object)
    image_dropped = Signal(object)
    edit_requested = Signal(object)
    remove_requested = Signal(object)
    """DraftFile."""
    open_requested = Signal(object)
    pictures_wanted = Signal(object, QSize)
    """FileRefs whose thumbnail is not there yet."""

    def __init__(self, presenter: ReportPresenter, cameras: Cameras, vendor: str, language: str) -> None:
        super().__init__(presenter, vendor, language)
        self._drop = DropArea()
        self._capture = self._drop.add_button("", "scan")
        self._photograph = CameraButton(cameras)
        self._drop.take_button(self._photograph)
        self._choose = self._drop.add_button("", "folder-open")
        self._paste = self._drop.add_button("", "clipboard-paste")
        self._added = TextLabel(strong=True)
        self._sum = TextLabel(tone="muted", wrap=True)
        self._cards = QWidget()
        self._flow = FlowLayout(self._cards, gap=theme().space.l)
        self._thumbnails: dict[FileRef, Thumbnail] = {}
        self._pictures: dict[str, QImage] = {}
        self._shown: tuple[DraftFile, ...] = ()
        self._build()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        self.set_heading(
            _("Show us"),
            _("A picture says more than a description. Cover names with Black-out before you add it."),
        )
        self._capture.setText(_("Capture screen"))
        self._photograph.setText(_("Take a picture"))
        self._choose.setText(_("Choose files"))
        self._paste.setText(_("Paste"))
        self._added.setText(_("Added"))
        for button_ in (self._capture, self._photograph, self._choose, self._paste):
            button_.setAccessibleName(button_.text())
        self._fill()

    def render_state(self, state: ReportState) -> None:
        super().render_state(state)
        limits = state.capabilities.limits
        self._drop.set_texts(
            _("Drop files or pictures here"),
            ngettext(
                "Up to {n} file, {size} each.", "Up to {n} files, {size} each.", limits.max_files
            ).format(n=limits.max_files, size=formats.size(limits.max_file_bytes)),
        )
        files = state.draft.files
        if files != self._shown:
            more = len(files) > len(self._shown)
            self._shown = files
            self._fill()
            if more and self.isVisible():
                QTimer.singleShot(0, self, self._show_last)  # once it has its place
        self._added.setVisible(bool(files) or bool(state.adding))
        self._sum.setText(_summary(state))

    def set_picture(self, sha256: str, picture: QImage) -> None:
        self._pictures[sha256] = picture
        for file, thumbnail in self._thumbnails.items():
            if file.sha256 == sha256:
                thumbnail.set_picture(picture)

    def control_of(self, _field: str) -> QWidget | None:
        return self._capture

    def _build(self) -> None:
        space = theme().space
        head = row(gap=space.s)
        head.addWidget(self._added)
        head.addWidget(self._sum, 1)
        self.add(self._drop)
        self.add_gap(space.xl)
        self.add_layout(head)
        self.add_gap(space.s)
        self.add(self._cards)

    def _connect(self) -> None:
        self._capture.clicked.connect(self.capture_requested)
        self._photograph.clicked.connect(self.photograph_requested)
        self._choose.clicked.connect(self.choose_requested)
        self._paste.clicked.connect(self.paste_requested)
        self._drop.files_dropped.connect(self.files_dropped)
        self._drop.image_dropped.connect(self.image_dropped)

    def _fill(self) -> None:
        focused = self._focused_place()
        clear_layout(self._flow)
        self._thumbnails = {each.file: self._thumbnail(each) for each in self._shown}
        for thumbnail in self._thumbnails.values():
            self._flow.addWidget(thumbnail)
        if focused is not None:
            self._focus_place(focused)
        missing = [f for f in self._thumbnails if is_picture(f) and f.sha256 not in self._pictures]
        if missing:
            self.pictures_wanted.emit(missing, QSize(504, 232))

    def _focused_place(self) -> int | None:
        """Which of the files has the focus."""
        focused = QApplication.focusWidget()
        shown = enumerate(self._thumbnails.values())
        return next((at for at, each in shown if focused and each.isAncestorOf(focused)), None)

    def _focus_place(self, place: int) -> None:
        """Where one was removed, the next one has the focus; Qt alone would leave the page."""
        shown = list(self._thumbnails.values())
        if shown:
            near = shown[min(place, len(shown) - 1)]
            near.show()  # else Qt does it later, and nothing hidden takes the focus
            near.setFocus()
        else:
            self._choose.setFocus()

    @Slot()
    def _show_last(self) -> None:
        """In a small window what was just added would be out of sight."""
        if self._thumbnails:
            self.ensureWidgetVisible(list(self._thumbnails.values())[-1])

    def _thumbnail(self, each: DraftFile) -> Thumbnail:
        file = each.file
        caption = " · ".join((formats.size(file.size_bytes), *notes(each)[:1]))
        thumbnail = Thumbnail(file.name, caption, icon=icon_of(file), editable=is_picture(file))
        thumbnail.set_picture(self._pictures.get(file.sha256))
        thumbnail.opened.connect(partial(self.open_requested.emit, file))
        thumbnail.edit_requested.connect(partial(self.edit_requested.emit, file))
        thumbnail.renamed.connect(partial(self.presenter.rename_file, file))
        thumbnail.remove_requested.connect(partial(self.remove_requested.emit, each))
        return thumbnail


def is_picture(file: FileRef) -> bool:
    return file.media_type in ("image/png", "image/jpeg", "image/gif", "image/bmp", "image/webp")


def icon_of(file: FileRef) -> str:
    if file.media_type.startswith("image/"):
        return "image"
    return "file-code" if file.name.lower().endswith((".log", ".xml", ".json", ".ini")) else "file-text"


def _summary(state: ReportState) -> str:
    files = state.draft.files
    if state.adding:
        return _("Being added…")
    if not files:
        return ""
    size = formats.size(sum(each.file.size_bytes for each in files))
    return ngettext("{n} file, {size}", "{n} files, {size}", len(files)).format(n=len(files), size=size)
