"""A file that was added: picture, name, what there is to know, edit and remove."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_line
from supportdesk.ui.widgets.button import IconButton
from supportdesk.ui.widgets.layouts import column, row
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
    """Pressing the picture opens it."""

    opened = Signal()
    edit_requested = Signal()
    remove_requested = Signal()

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
        self._name = ElidedLabel(strong=True)
        self._caption = ElidedLabel(kind="caption", tone="muted")
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
        foot.addWidget(self._edit)
        foot.addWidget(self._remove)
        layout = column(self, margins=1)
        layout.addWidget(self._preview)
        layout.addLayout(foot, 1)

    def _connect(self) -> None:
        self._preview.clicked.connect(self.opened)
        self._edit.clicked.connect(self.edit_requested)
        self._remove.clicked.connect(self.remove_requested)
