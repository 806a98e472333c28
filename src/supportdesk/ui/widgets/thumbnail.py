"""A file that was added: picture, name, what there is to know, edit, rename and remove."""

from pathlib import PurePath

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_line
from supportdesk.ui.widgets.button import IconButton
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.line_edit import LineEdit
from supportdesk.ui.widgets.menu import Menu
from supportdesk.ui.widgets.painted_button import PaintedButton
from supportdesk.ui.widgets.picture import Picture
from supportdesk.ui.widgets.text_label import ElidedLabel

_WIDTH, _PICTURE, _FOOT = 252, 116, 56


class _Preview(PaintedButton):
    corner = 7

    def __init__(self, icon: str) -> None:
        super().__init__()
        self.picture = Picture(icon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, theme().scaled(_PICTURE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        top_corners = QPainterPath()
        top_corners.setFillRule(Qt.FillRule.WindingFill)
        top_corners.addRoundedRect(QRectF(self.rect()), self.corner, self.corner)
        top_corners.addRect(QRectF(0, self.corner, self.width(), self.height() - self.corner))
        self.picture.paint(painter, self.rect(), top_corners, theme().scaled(44))
        hairline = theme().color("hairline")
        draw_line(painter, 0, self.height() - 1, self.width(), self.height() - 1, hairline)


class Thumbnail(QWidget):
    """Pressing the picture opens it. F2, a double click on the name and the menu rename it in place."""

    opened = Signal()
    edit_requested = Signal()
    remove_requested = Signal()
    renamed = Signal(str)

    def __init__(
        self,
        name: str = "",
        caption: str = "",
        *,
        icon: str = "file-text",
        editable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._preview = _Preview(icon)
        self._name = ElidedLabel(strong=True, mode=Qt.TextElideMode.ElideMiddle)
        self._caption = ElidedLabel(kind="caption", tone="muted")
        self._new_name = LineEdit()
        self._edit = IconButton("pencil", "")
        self._remove = IconButton("trash", "")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._build()
        self._connect()
        self.set_editable(editable)
        self.set_texts(name, caption)

    def set_texts(self, name: str, caption: str) -> None:
        self._name.setText(name)
        self._caption.setText(caption)
        self.setAccessibleName(name)
        self.setAccessibleDescription(caption)
        self.retranslate()

    def set_picture(self, picture: QImage | QPixmap | None) -> None:
        self._preview.picture.set(picture)
        self._preview.update()

    def set_editable(self, editable: bool) -> None:
        self._edit.setVisible(editable)

    def retranslate(self) -> None:
        name = self._name.text()
        self._preview.setAccessibleName(_("Open {name}").format(name=name))
        self._edit.set_label(_("Edit {name}").format(name=name))
        self._remove.set_label(_("Remove {name}").format(name=name))
        self._new_name.setAccessibleName(_("New name of {name}").format(name=name))

    def rename(self) -> None:
        """Shows the name as a field, its ending not selected; Enter takes it, Esc leaves it as it was."""
        name = self._name.text()
        self._new_name.setText(name)
        self._swap(editing=True)
        self._new_name.setFocus(Qt.FocusReason.OtherFocusReason)
        self._new_name.setSelection(0, len(PurePath(name).stem))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.rename()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_requested.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._name.geometry().contains(event.position().toPoint()):
            self.rename()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._ask(event.globalPos())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the name field is about the name, not about the screen."""
        cancels = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if cancels and event.type() in {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}:
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self._swap(editing=False)
                self._preview.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def sizeHint(self) -> QSize:
        texts = theme().line_height() + theme().line_height("caption")
        foot = max(_FOOT, texts + 20)
        return QSize(theme().scaled(_WIDTH), theme().scaled(_PICTURE) + foot + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill, border = theme().color("surface"), theme().color("hairline")
        draw_box(QPainter(self), self.rect(), fill=fill, border=border, radius=theme().radius.card)

    def _build(self) -> None:
        texts = column()
        texts.addStretch(1)
        texts.addWidget(self._name)
        texts.addWidget(self._caption)
        texts.addStretch(1)
        foot = row(gap=4, margins=(8, 0, 8, 0))
        foot.addSpacing(4)
        foot.addLayout(texts, 1)
        foot.addWidget(self._new_name, 1)
        foot.addWidget(self._edit)
        foot.addWidget(self._remove)
        layout = column(self, margins=1)
        layout.addWidget(self._preview)
        layout.addLayout(foot, 1)
        self._swap(editing=False)
        self.setFocusProxy(self._preview)

    def _connect(self) -> None:
        self._preview.clicked.connect(self.opened)
        self._edit.clicked.connect(self.edit_requested)
        self._remove.clicked.connect(self.remove_requested)
        self._new_name.installEventFilter(self)
        self._new_name.editingFinished.connect(self._take_name)

    def _swap(self, *, editing: bool) -> None:
        self._new_name.setVisible(editing)
        for label in (self._name, self._caption):
            label.setHidden(editing)

    def _ask(self, at: QPoint) -> None:
        menu = Menu(self)
        menu.entry(_("Open"), self.opened.emit)
        if not self._edit.isHidden():
            menu.entry(_("Edit"), self.edit_requested.emit)
        menu.entry(_("Rename"), self.rename).setShortcut(QKeySequence(Qt.Key.Key_F2))
        menu.entry(_("Remove"), self.remove_requested.emit).setShortcut(QKeySequence(Qt.Key.Key_Delete))
        menu.open_once(at)

    @Slot()
    def _take_name(self) -> None:
        if self._new_name.isHidden():
            return
        self._swap(editing=False)
        name = self._new_name.text().strip()
        if name and name != self._name.text():
            self.renamed.emit(name)
