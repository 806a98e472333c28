"""A look at one item that will be sent, in place."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.page_layout import PageLayout
from supportdesk.ui.widgets.picture_view import PictureView
from supportdesk.ui.widgets.safe_text import SafeText
from supportdesk.ui.widgets.text_label import SectionLabel


class PreviewPage(PageLayout):
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._back = button("", "secondary", "arrow-left")
        self._title = SectionLabel()
        self._card = Card()
        self._text = SafeText()
        self._picture = PictureView()
        self._card.add(self._text)
        self._card.add(self._picture)
        self.column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeading)
        self.add_gap(theme().space.m)
        self.add(self._title)
        self.add_gap(theme().space.m)
        self.add(self._card)
        self._back.clicked.connect(self.closed)
        theme().changed.connect(self._measure)
        self._measure()
        self.retranslate()

    def retranslate(self) -> None:
        self._back.setText(_("Back to check and send"))

    def show_text(self, name: str, text: str) -> None:
        self._show(name, self._text)
        self._text.set_plain(text)
        self._text.setAccessibleName(name)

    def show_picture(self, name: str, picture: QImage) -> None:
        self._show(name, self._picture)
        self._picture.set_picture(picture, name)

    @Slot()
    def _measure(self) -> None:
        self._text.setMaximumWidth(theme().measure())

    def _show(self, name: str, part: QWidget) -> None:
        self._title.setText(name)
        self.setAccessibleName(name)
        self._text.setVisible(part is self._text)
        self._picture.setVisible(part is self._picture)
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)
