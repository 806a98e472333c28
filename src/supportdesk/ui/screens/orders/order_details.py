"""Everything about one order beside its conversation: status, history, articles, files, documents."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QWidget

from supportdesk.app.conversation_state import ItemState
from supportdesk.app.item_words import order_sentence, state_name
from supportdesk.app.return_slip import choice_name
from supportdesk.app.ticket_vendor import Vendor
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.commands import FileRef
from supportdesk.domain.entities import Attachment, EventKind, Order
from supportdesk.domain.orders import Article, OrderStatus, remaining, total_quantity
from supportdesk.domain.projections import ItemView
from supportdesk.i18n import _, ngettext
from supportdesk.ui import formats
from supportdesk.ui.conversation.file_row import FileRow
from supportdesk.ui.conversation.linked_part import LinkedPart
from supportdesk.ui.conversation.pictures import Pictures
from supportdesk.ui.screens.orders.article_card import ArticleCard
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.badge import Badge
from supportdesk.ui.widgets.button import Button
from supportdesk.ui.widgets.chip import Chip, chip_style
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.focus_order import focus_in_reading_order
from supportdesk.ui.widgets.layouts import clear_layout, column, row
from supportdesk.ui.widgets.page_layout import PageLayout
from supportdesk.ui.widgets.text_label import PageTitle, TextLabel

_AT_ONCE = 30
"""Articles that are shown before the customer asks for more: each is some widgets."""


class OrderDetails(PageLayout):
    """`add_requested` and `dropped` carry the place of an article, None for the order."""

    slip_requested = Signal()
    log_requested = Signal()
    add_requested = Signal(object)
    dropped = Signal(object, list)
    file_opened = Signal(object)
    file_saved = Signal(object)
    file_copied = Signal(object)

    def __init__(
        self, pictures: Pictures, place_of: Callable[[FileRef], Path], parent: QWidget | None = None
    ) -> None:
        """`place_of` says where the bytes of an unsent file are."""
        super().__init__(parent=parent)
        self._pictures, self._place_of = pictures, place_of
        self._state = ItemState()
        self._articles: tuple[Article, ...] = ()
        self._files: tuple[Attachment, ...] = ()
        self._cards: list[ArticleCard] = []
        self._shown = _AT_ONCE
        self._build()
        self._connect()
        self.retranslate()

    def render_state(self, state: ItemState) -> None:
        if state.view is None or state.vendor is None:
            return
        before, self._state = self._state, state
        view, vendor = state.view, state.vendor
        is_new = before.view is None or before.view.row.id != view.row.id
        arrived = before.view is not None and before.view.row.fact is None and view.row.fact is not None
        if is_new:
            self._shown = _AT_ONCE
        self._show_head(view, vendor)
        articles = _articles_of(view)
        if articles != self._articles or is_new or arrived:
            self._articles, self._files = articles, ()
            self._fill(vendor)
        if view.row.fact is not None:
            self._show_files(view)
        else:
            self._files_part.hide()
        self.linked.show_state(state)
        self._show_history(view)
        for files in (self._of_order, *(card.files for card in self._cards)):
            files.show_pictures(state.files.pictures)
            files.show_fetching(state.files.fetching)

    def retranslate(self) -> None:
        self._slip.setText(_("Return slip (PDF)"))
        self._add.setText(_("Add files"))
        self._log.setText(_("Delivery log"))
        self._articles_title.setText(_("Articles"))
        self._files_title.setText(_("Files of the order"))
        self._history_title.setText(_("Status history"))
        self._more.setText(_("Show more articles"))
        if self._state.view is not None:
            self._articles = ()
            self.render_state(self._state)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _show_head(self, view: ItemView, vendor: Vendor) -> None:
        fact, style = view.row.fact, chip_style(view.row.state)
        self._title.setText(view.row.title)
        self._chip.set_state(state_name("order", view.row.state), style.tone, style.icon)
        sentence = order_sentence(view.row.state, vendor.profile.short_name)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self._line.setText(_line(view, vendor))
        note = fact.note if isinstance(fact, Order) else view.order.note if view.order else ""
        self._place_chip()
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._slip.setVisible(isinstance(fact, Order))
        self._add.setVisible(self._state.can_add_files)
        self._log.setVisible(isinstance(fact, Order) and bool(self._state.deliveries))  # else it is in sight
        count = len(remaining(_articles_of(view)))
        self._badge.set_text(formats.number(count))
        pieces = total_quantity(_articles_of(view))
        text = ngettext("{n} piece", "{n} pieces", pieces)
        self._pieces.setText(text.format(n=formats.number(pieces)))

    def _fill(self, vendor: Vendor) -> None:
        clear_layout(self._list)
        self._cards = []
        self._fill_up(vendor)

    def _fill_up(self, vendor: Vendor) -> None:
        for place in range(len(self._cards), min(self._shown, len(self._articles))):
            article = self._articles[place]
            card = ArticleCard(article, vendor.catalogue or Catalogue(), vendor.profile, self._pictures)
            card.add_requested.connect(partial(self.add_requested.emit, place))
            card.dropped.connect(partial(self.dropped.emit, place))
            self._connect_files(card.files)
            card.show_unsent(self._unsent_files(place))
            self._cards.append(card)
            self._list.addWidget(card)
        self._more.setVisible(len(self._cards) < len(self._articles))

    def _unsent_files(self, place: int) -> tuple[tuple[FileRef, Path], ...]:
        view = self._state.view
        if view is None or view.order is None or view.row.fact is not None:
            return ()
        return tuple((file, self._place_of(file)) for file in view.order.articles[place].files)

    def _show_files(self, view: ItemView, begin: int = 0) -> None:
        """From the article at `begin` on."""
        own = tuple(each for each in view.attachments if each.message_id is None)
        can_add = self._state.can_add_files
        if own != self._files or not self._files or begin:
            self._files = own
            for place, card in enumerate(self._cards[begin:], begin):
                files = tuple(each for each in own if each.article == place)
                card.show_files(files, can_add=can_add)
            of_order = tuple(each for each in own if each.article is None)
            self._of_order.replace_attachments(of_order)
            self._files_part.setVisible(bool(of_order))

    def _show_history(self, view: ItemView) -> None:
        clear_layout(self._history)
        for at, words in _history(view):
            line = f"{formats.exact(at)}  {words}"
            self._history.addWidget(TextLabel(line, kind="caption", wrap=True, tabular=True))
        self._history_part.setVisible(view.row.fact is not None)

    @Slot()
    def _show_more(self) -> None:
        self._shown += _AT_ONCE
        if self._state.view is not None and self._state.vendor is not None:
            self._fill_up(self._state.vendor)
            self._show_files(self._state.view, begin=self._shown - _AT_ONCE)

    def _connect_files(self, files: FileRow) -> None:
        files.open_requested.connect(self.file_opened)
        files.save_requested.connect(self.file_saved)
        files.copy_requested.connect(self.file_copied)

    def _connect(self) -> None:
        self._slip.clicked.connect(self.slip_requested)
        self._log.clicked.connect(self.log_requested)
        self._add.clicked.connect(partial(self.add_requested.emit, None))
        self._more.clicked.connect(self._show_more)
        self._connect_files(self._of_order)
        self.linked.made.connect(self._order_stops)
        self.width_changed.connect(self._place_chip)

    @Slot()
    def _order_stops(self) -> None:
        """Made late, links would be the last ones that Tab reaches."""
        focus_in_reading_order(self)

    @Slot()
    def _place_chip(self) -> None:
        """Beside the title, or below where its longest word leaves no room."""
        way, margins = QBoxLayout.Direction, self.column.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._head.spacing()
        fits = self._title.minimumSizeHint().width() + self._chip.sizeHint().width() <= room
        self._head.setDirection(way.LeftToRight if fits else way.TopToBottom)

    def _build(self) -> None:
        space = theme().space
        self.column.setSpacing(space.l)
        self._title, self._chip = PageTitle(), Chip()
        self._sentence = TextLabel(tone="muted", wrap=True)
        self._line, self._note = TextLabel(tone="muted", wrap=True), TextLabel(wrap=True)
        self._slip = Button("", "secondary", "download")
        self._add = Button("", "secondary", "paperclip")
        self._log = Button("", "quiet", "send")
        tools = QWidget()
        flow = FlowLayout(tools, gap=space.s)
        for button in (self._slip, self._add, self._log):
            flow.addWidget(button)
        self._head = row(gap=space.m)
        self._head.addWidget(self._title)
        self._head.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._head.addStretch(1)
        self.add_layout(self._head)
        for widget in (self._sentence, self._line, self._note, tools):
            self.add(widget)
        self._history_title, history = _heading(), QWidget()
        self._history = column(history, gap=space.xs)
        self._history_part = self._part(self._history_title, history)
        self._build_articles()
        self._files_title, self._of_order = _heading(), FileRow(self._pictures)
        self._files_part = self._part(self._files_title, self._of_order)
        self.linked = LinkedPart()
        self.add(self.linked)

    def _build_articles(self) -> None:
        space = theme().space
        self._articles_title, self._badge = _heading(), Badge()
        self._pieces = TextLabel(kind="caption", tone="muted")
        head = row(gap=space.s)
        for widget in (self._articles_title, self._badge, self._pieces):
            head.addWidget(widget)
        head.addStretch(1)
        self._list = column(gap=space.s)
        self._more = Button("", "link", flush=True)
        self.add_layout(head)
        self.add_layout(self._list)
        self.add(self._more)

    def _part(self, title: TextLabel, content: QWidget) -> QWidget:
        part = QWidget()
        inside = column(part, gap=theme().space.s)
        inside.addWidget(title)
        inside.addWidget(content)
        self.add(part)
        return part


def _heading() -> TextLabel:
    return TextLabel(strong=True)


def _articles_of(view: ItemView) -> tuple[Article, ...]:
    if isinstance(view.row.fact, Order):
        return view.row.fact.articles
    return tuple(each.article for each in view.order.articles) if view.order is not None else ()


def _line(view: ItemView, vendor: Vendor) -> str:
    """Number, kind, who ordered and when."""
    fact = view.row.fact
    if not isinstance(fact, Order):
        return _("Number follows")
    ordered = _("Ordered by {name} on {date}").format(
        name=fact.requester_name, date=formats.date(fact.created_at)
    )
    kind = choice_name((vendor.catalogue or Catalogue()).order_kinds, fact.order_kind, vendor.profile)
    return " · ".join(part for part in (f"#{fact.number}", kind, ordered) if part)


def _history(view: ItemView) -> list[tuple[datetime, str]]:
    """When it took which status, oldest first."""
    taken = [
        (event.created_at, state_name("order", event.value))
        for event in view.events
        if event.event is EventKind.STATUS
    ]
    return [(view.row.created_at, state_name("order", OrderStatus.RECEIVED)), *taken]
