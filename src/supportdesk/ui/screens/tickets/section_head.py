"""The head over a part of the ticket list; the one over the server's tickets also carries the order."""

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from supportdesk.domain.projections import SortBy
from supportdesk.i18n import N_, _
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_line
from supportdesk.ui.widgets.caption_button import CaptionButton
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import row
from supportdesk.ui.widgets.menu import Menu, place_below
from supportdesk.ui.widgets.text_label import TextLabel

ORDERS: dict[SortBy, str] = {
    SortBy.UPDATED: N_("Last change"),
    SortBy.CREATED: N_("Reported"),
    SortBy.NUMBER: N_("Number"),
    SortBy.SUBJECT: N_("Subject"),
    SortBy.STATUS: N_("Status"),
    SortBy.PRIORITY: N_("Priority"),
}


class SectionHead(QWidget):
    """`icon` '' leaves it out."""

    def __init__(self, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextLabel(kind="caption", tone="muted", strong=True)
        self._line = row(self, gap=theme().space.s)
        self._leading = theme().space.page_margin
        self._mirror()
        if icon:
            self._line.addWidget(IconLabel(icon, role="muted", size=theme().icon_size.small))
        self._line.addWidget(self._title)
        self._line.addStretch(1)

    def _mirror(self) -> None:
        """Qt mirrors what is in a layout, not its margins."""
        leading, trailing = self._leading, theme().space.xs
        left, right = (trailing, leading) if self.isRightToLeft() else (leading, trailing)
        self._line.setContentsMargins(left, 0, right, 0)

    def set_leading(self, pixels: int) -> None:
        """The margin of the title."""
        self._leading = pixels
        self._mirror()

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._mirror()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("canvas"))
        bottom = self.height() - 1
        draw_line(painter, 0, bottom, self.width(), bottom, theme().color("hairline"))


class OrderHead(SectionHead):
    """With the menu that orders the list. `order_chosen` carries a SortBy; `turned` asks for the reverse."""

    order_chosen = Signal(object)
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._sort = CaptionButton("", "chevron-down", strong=True)
        self._menu = Menu(self)
        group = QActionGroup(self._menu)
        self._actions: dict[SortBy, QAction] = {}
        for by in ORDERS:
            choose = partial(self.order_chosen.emit, by)
            self._actions[by] = self._menu.entry("", choose, checked=False)
            self._actions[by].setActionGroup(group)
        self._menu.line()
        self._descending = self._menu.entry("", self.turned.emit, checked=False)
        self._line.addWidget(self._sort)
        self._sort.clicked.connect(self._open_menu)
        self.retranslate()

    def set_order(self, by: SortBy, descending: bool) -> None:
        self._actions[by].setChecked(True)
        self._descending.setChecked(descending)
        self._sort.set_text(_(ORDERS[by]))
        self._sort.setAccessibleName(_("Sort by {order}").format(order=_(ORDERS[by])))

    def retranslate(self) -> None:
        for by, action in self._actions.items():
            action.setText(_(ORDERS[by]))
        self._descending.setText(_("Latest or highest first"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _open_menu(self) -> None:
        self._menu.popup(place_below(self._sort))
