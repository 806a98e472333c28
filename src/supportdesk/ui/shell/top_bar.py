"""Back, vendor, breadcrumb, search, connection, account: the same on every screen."""

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from supportdesk.app.connection import ConnectionState, pill_words
from supportdesk.app.navigation import Crumb
from supportdesk.app.shell import Place
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.shell.account_button import AccountButton
from supportdesk.ui.shell.account_menu import AccountMenu
from supportdesk.ui.shell.breadcrumb import Breadcrumb
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import icon_button
from supportdesk.ui.widgets.icon_label import VendorMark
from supportdesk.ui.widgets.layouts import row
from supportdesk.ui.widgets.pill import Pill
from supportdesk.ui.widgets.search_button import SearchButton
from supportdesk.ui.widgets.text_label import ElidedLabel, plain_tooltip

_NAMES_FROM = 900
_SEARCH_WIDTH = 280
_WIDE_FROM = 800


class TopBar(QFrame):
    back_requested = Signal()
    route_requested = Signal(object)
    search_requested = Signal()
    connection_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place: Place | None = None
        self._connection = ConnectionState()
        self._crumbs: tuple[Crumb, ...] = ()
        self.setProperty("kind", "bar")
        self._build()
        self._connect()
        self.retranslate()
        self.set_crumbs(())

    def set_place(self, place: Place) -> None:
        self._place = place
        self.show_ways(True)
        self._mark.set_icon(place.profile.logo.icon)
        self._mark.set_logo(place.profile.logo.svg)
        self._vendor.setText(place.profile.name)
        self.account.set_person(
            place.account.person_name or place.account.user, place.account.organisation_name
        )

    def show_ways(self, there: bool) -> None:
        """What leads elsewhere, as far as there is an account for which it does."""
        for way in (self._search, self._pill, self.account):
            way.setVisible(there)

    def set_crumbs(self, crumbs: tuple[Crumb, ...]) -> None:
        """None of them: this is Home, and the vendor's name stands there."""
        self._crumbs = crumbs
        self._breadcrumb.set_crumbs(crumbs)
        self._breadcrumb.setVisible(bool(crumbs))
        self._vendor.setVisible(not crumbs)
        self._back.setVisible(bool(crumbs))
        self._fit()

    def set_connection(self, state: ConnectionState) -> None:
        self._connection = state
        words = pill_words(state)
        self._pill.set_state(words.text, words.icon, words.tone)
        self._pill.setAccessibleName(_("Connection: {state}").format(state=words.text))
        self._pill.setToolTip(plain_tooltip(self._last_success()))
        self._fit()

    def retranslate(self) -> None:
        self._back.set_label(_("Back"))
        keys = QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText)
        self._search.set_texts(_("Search or go to"), keys.replace("+", " "))
        self.set_connection(self._connection)
        if self._place is not None:
            self.set_place(self._place)

    @Slot()
    def show_accounts(self) -> None:
        self.menu.fill()
        below = self.account.mapToGlobal(QPoint(0, self.account.height()))
        width = self.menu.sizeHint().width()
        if not self.isRightToLeft():
            below.setX(below.x() + self.account.width() - width)
        self.menu.popup(below)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _build(self) -> None:
        space = theme().space
        self._line: QHBoxLayout = row(self, gap=space.s)
        self._back = icon_button("arrow-left", "")
        self._mark = VendorMark()
        self._vendor = ElidedLabel(kind="emphasis", strong=True)
        self._breadcrumb = Breadcrumb()
        self._search = SearchButton()
        self._pill = Pill()
        self.account = AccountButton()
        self.menu = AccountMenu(self)
        self._line.addWidget(self._back)
        self._line.addWidget(self._mark)
        self._line.addSpacing(space.xs)
        self._line.addWidget(self._vendor, 1)
        self._line.addWidget(self._breadcrumb, 1)
        self._line.addWidget(self._search)
        self._line.addWidget(self._pill)
        self._line.addWidget(self.account)

    def _connect(self) -> None:
        self._back.clicked.connect(self.back_requested)
        self._breadcrumb.requested.connect(self.route_requested)
        self._search.clicked.connect(self.search_requested)
        self._pill.clicked.connect(self.connection_requested)
        self.account.clicked.connect(self.show_accounts)
        theme().changed.connect(self._fit)

    @Slot()
    def _fit(self) -> None:
        space = theme().space
        margin = space.page_margin if self.width() >= _WIDE_FROM else space.page_margin_narrow
        left = margin - 6 if self._crumbs else margin  # the arrow stands optically on the page's margin
        self._line.setContentsMargins(left, 0, margin - space.s, 0)
        self.setFixedHeight(theme().height.top_bar)
        self.account.set_compact(self.width() < theme().scaled(_NAMES_FROM))
        self._search.setMaximumWidth(self._room_for_search())

    def _room_for_search(self) -> int:
        """What vendor or breadcrumb leave: the search gives way first, down to its icon."""
        space = theme().space
        path = self._breadcrumb.wanted_width() if self._crumbs else self._vendor.sizeHint().width()
        fixed = (self._mark, self._pill, self.account)
        taken = path + sum(widget.sizeHint().width() + space.s for widget in fixed)
        taken += self._back.sizeHint().width() + space.s if self._crumbs else 0
        margins = self._line.contentsMargins()
        room = self.width() - taken - margins.left() - margins.right() - space.xs - space.s
        if room < self._search.width_of_words():
            return theme().height.field
        return min(room, theme().scaled(_SEARCH_WIDTH))

    def _last_success(self) -> str:
        moment = self._connection.last_success_at
        return _("Last up to date: {time}").format(time=formats.exact(moment)) if moment else ""
