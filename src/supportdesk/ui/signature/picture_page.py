"""A picture of the signature: the ground goes away, what is left is cropped to the ink."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QSlider, QStackedWidget, QWidget

from supportdesk.app.workspace import Workspace
from supportdesk.i18n import _
from supportdesk.ui.signature.cut_out import cut_out, load_grey
from supportdesk.ui.signature.mark import png_of
from supportdesk.ui.signature.mark_view import MarkView
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.drop_area import DropArea
from supportdesk.ui.widgets.file_dialog import FileDialog, Place
from supportdesk.ui.widgets.form_field import FormField
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import TextLabel

_STEPS = 100
_PAUSE_MS = 120


class PicturePage(QWidget):
    changed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._grey = QImage()
        self._png = b""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._cut)
        self._build()
        self._connect()
        self.retranslate()

    @property
    def is_empty(self) -> bool:
        return not self._png

    def png(self) -> bytes:
        return self._png

    def end(self) -> None:
        self._workspace.jobs.release(self)

    def retranslate(self) -> None:
        self._drop.set_texts(_("Drop a picture of your signature here"), _("Dark ink on bright paper."))
        self._choose.setText(_("Choose a picture"))
        self._other.setText(_("Another picture"))
        self._darkness.set_label(_("How much counts as ink"))

    def _build(self) -> None:
        self._drop = DropArea()
        self._choose = self._drop.add_button("", "image-plus")
        self._problem = TextLabel(tone="danger", wrap=True)
        self._problem.hide()
        self._view = MarkView()
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, _STEPS)
        self._slider.setValue(_STEPS // 2)
        self._darkness = FormField("", self._slider)
        self._other = button("", "quiet", "image", size="small")
        found = QWidget()
        below = row(gap=theme().space.m)
        below.addWidget(self._darkness, 1)
        below.addWidget(self._other, 0, Qt.AlignmentFlag.AlignBottom)
        inside = column(found, gap=theme().space.m)
        inside.addWidget(self._view)
        inside.addLayout(below)
        inside.addStretch(1)
        self._parts = QStackedWidget()
        self._parts.addWidget(self._drop)
        self._parts.addWidget(found)
        whole = column(self, gap=theme().space.s)
        whole.addWidget(self._parts)
        whole.addWidget(self._problem)
        whole.addStretch(1)

    def _connect(self) -> None:
        self._choose.clicked.connect(self._ask)
        self._other.clicked.connect(self._ask)
        self._drop.files_dropped.connect(self._take_files)
        self._slider.valueChanged.connect(self._pause.start)

    @Slot()
    def _ask(self) -> None:
        dialog = FileDialog(self, _("Choose a picture"), Place.PicturesLocation)
        dialog.setFileMode(FileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Pictures") + " (*.png *.jpg *.jpeg *.webp *.bmp *.gif)")
        dialog.fileSelected.connect(self._take)
        dialog.open()

    @Slot(object)
    def _take_files(self, files: list[str]) -> None:
        if files:
            self._take(files[0])

    @Slot(str)
    def _take(self, file: str) -> None:
        cpu = self._workspace.cpu
        self._workspace.jobs.start(
            self, "load", lambda: cpu.submit(partial(load_grey, Path(file))), self._loaded
        )

    def _loaded(self, grey: QImage) -> None:
        self._problem.setVisible(grey.isNull())
        self._problem.setText(_("This file is not a picture that can be read."))
        if not grey.isNull():
            self._grey = grey
            self._cut()

    @Slot()
    def _cut(self) -> None:
        grey, darkness, cpu = self._grey, self._slider.value() / _STEPS, self._workspace.cpu
        self._workspace.jobs.start(
            self, "cut", lambda: cpu.submit(lambda: png_of(cut_out(grey, darkness))), self._show
        )

    def _show(self, png: bytes) -> None:
        self._png = png
        self._view.show_mark(png)
        self._parts.setCurrentIndex(1)
        self._problem.setVisible(not png)
        self._problem.setText(_("There is no ink to be seen in this picture."))
        self.changed.emit()
