"""Subject, state in plain words, and one line of what matters most."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from supportdesk.app.ticket_state import TicketState
from supportdesk.domain.projections import OutboxState
from supportdesk.domain.status import Stage
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_line
from supportdesk.ui.ticket import facts
from supportdesk.ui.widgets.button import icon_button
from supportdesk.ui.widgets.caption_button import CaptionButton
from supportdesk.ui.widgets.chip import Chip, chip_style, status_text
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.menu import Menu, place_below
from supportdesk.ui.widgets.text_label import SectionLabel, TextLabel

_TOP = 20


class TicketHead(QWidget):
    """With `compact` the properties stand in the meta line, else in their own column."""

    copy_number_requested = Signal()
    copy_link_requested = Signal()
    page_requested = Signal()
    details_toggled = Signal(bool)
    close_requested = Signal()
    reopen_requested = Signal()
    log_requested = Signal()
    add_files_requested = Signal()
    save_all_requested = Signal()

    def __init__(self, *, own_page: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own_page = own_page
        self._compact = True
        self._state = TicketState()
        self._build()
        self._connect()
        self.retranslate()

    def render_state(self, state: TicketState) -> None:
        self._state = state
        view, vendor = state.view, state.vendor
        if view is None or vendor is None:
            return
        self._subject.setText(view.row.subject or _("Without a subject"))
        style = chip_style(view.row.stage)
        self._chip.set_state(facts.status_name(view, vendor.profile), style.tone, style.icon)
        self._sentence.setText(facts.status_sentence(view, vendor.profile))
        self._pending.setVisible(view.row.pending and view.ticket is not None)
        self._show_pending()
        self._number.setText(f"#{view.row.number}")
        self._number_pair.setVisible(bool(view.row.number))
        words = facts.meta(view, vendor)
        for label, text in zip(self._meta, (*words, *([""] * len(self._meta))), strict=False):
            label.setText(text)
            label.setVisible(bool(text))
        self._meta_line.setVisible(self._compact)

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self._meta_line.setVisible(compact)

    def set_margins(self, left: int, right: int) -> None:
        self._column.setContentsMargins(left, _TOP, right, theme().space.m)

    @property
    def details_shown(self) -> bool:
        return self._details.isChecked()

    def retranslate(self) -> None:
        self._show_pending()
        self._copy.set_label(_("Copy ticket number"))
        self._page.set_label(_("Open on its own page"))
        self._more.set_label(_("More"))
        self._details.set_text(_("Details"))
        self.render_state(self._state)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self._level_meta()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("surface"))
        bottom = self.height() - 1
        draw_line(painter, 0, bottom, self.width(), bottom, theme().color("hairline"))

    def add_fold(self, widget: QWidget) -> None:
        """What the details button shows."""
        self._column.addWidget(widget)

    def _show_pending(self) -> None:
        """Something of the customer's is on its way, or came back and needs them."""
        refused = any(each.state is OutboxState.NEEDS_USER for each in self._state.deliveries)
        stage = Stage.NEEDS_USER if refused else Stage.OUTBOX
        style = chip_style(stage)
        self._pending.set_state(status_text(stage) if refused else _("Not sent yet"), style.tone, style.icon)

    def _build(self) -> None:
        space = theme().space
        self._column = column(self, gap=space.s)
        self._subject = SectionLabel()
        self._page = icon_button("external-link", _("Open on its own page"))
        self._more = icon_button("ellipsis", _("More"))
        first = row(gap=space.m)
        first.addWidget(self._subject, 1)
        first.addWidget(self._page)
        first.addWidget(self._more)
        self._column.addLayout(first)
        self._page.setHidden(self._own_page)
        self._build_state()
        self._build_meta()

    def _build_state(self) -> None:
        space = theme().space
        self._chip, self._pending = Chip(), Chip()
        self._sentence = TextLabel(tone="muted", wrap=True)
        second = row(gap=space.m)
        second.addWidget(self._chip)
        second.addWidget(self._pending)
        second.addWidget(self._sentence, 1, Qt.AlignmentFlag.AlignVCenter)
        self._column.addLayout(second)

    def _build_meta(self) -> None:
        space = theme().space
        self._meta_line = QWidget()
        flow = FlowLayout(self._meta_line, gap=space.l)
        self._number_pair = number = QWidget()
        pair = row(number, gap=space.xs)
        self._number = TextLabel(kind="caption", tone="muted", tabular=True)
        self._copy = icon_button("copy", _("Copy ticket number"), small_icon=True)
        pair.addWidget(self._number)
        pair.addWidget(self._copy)
        flow.addWidget(number)
        self._meta = [TextLabel(kind="caption", tone="muted") for _part in range(3)]
        for label in self._meta:
            flow.addWidget(label)
        self._details = CaptionButton("", "chevron-down")
        self._details.setCheckable(True)
        flow.addWidget(self._details)
        self._column.addWidget(self._meta_line)
        self._level_meta()

    def _level_meta(self) -> None:
        """What stands in a line that wraps is as high as the highest of it."""
        for each in (self._number_pair, *self._meta, self._details):
            each.setFixedHeight(self._copy.sizeHint().height())

    def _connect(self) -> None:
        self._copy.clicked.connect(self.copy_number_requested)
        self._page.clicked.connect(self.page_requested)
        self._more.clicked.connect(self._open_menu)
        self._details.toggled.connect(self.details_toggled)
        self._details.toggled.connect(self._turn)

    def _turn(self, shown: bool) -> None:
        self._details.set_icon("chevron-up" if shown else "chevron-down")

    def _open_menu(self) -> None:
        self.menu().open_once(place_below(self._more))

    def menu(self) -> Menu:
        """Everything that can be done with this ticket now."""
        menu, offers, view = Menu(self), self._state.offers, self._state.view
        if view is not None and view.row.number:
            menu.entry(_("Copy ticket number"), self.copy_number_requested.emit)
            menu.entry(_("Copy link"), self.copy_link_requested.emit)
            menu.line()
        if self._state.can_add_files:
            menu.entry(_("Add files…"), self.add_files_requested.emit)
        if view is not None and view.attachments:
            menu.entry(_("Save all attachments…"), self.save_all_requested.emit)
        if offers.close:
            menu.entry(_("Close ticket"), self.close_requested.emit)
        if offers.reopen:
            menu.entry(_("Reopen a ticket"), self.reopen_requested.emit)
        if self._state.deliveries and view is not None and view.ticket is not None:
            menu.entry(_("Delivery log"), self.log_requested.emit)
        return menu
