"""The delivery log of the account: what waits, why, and what arrived lately."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from supportdesk.app.connection import is_by_choice
from supportdesk.app.outbox_list import OutboxListState, OutboxPresenter
from supportdesk.app.places import place_of
from supportdesk.domain.projections import Delivery, Link
from supportdesk.i18n import _
from supportdesk.ui.screen import Screen, ScreenContext
from supportdesk.ui.screens.outbox.delivery_item import DeliveryItem
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.banner import Banner
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.empty_state import EmptyState
from supportdesk.ui.widgets.layouts import clear_layout, column, row
from supportdesk.ui.widgets.page_layout import PageLayout
from supportdesk.ui.widgets.skeleton import Skeleton
from supportdesk.ui.widgets.text_label import SectionLabel, TextLabel

_WIDTH = 800


class OutboxScreen(Screen):
    """`command_id` in the route unfolds the log of that one."""

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._presenter = OutboxPresenter(context.workspace, context.account.id)
        self._drawn: tuple[object, ...] = ()
        self._build()
        self._connect()
        self.retranslate()
        self._presenter.show_to(self._render)

    def open(self, args: dict[str, str]) -> None:
        if "command_id" in args:
            self._presenter.show(args["command_id"])
        self._presenter.read()

    def refresh(self) -> None:
        self._presenter.read()

    def end(self) -> None:
        self._presenter.close()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Delivery log"))
        self._title.setText(_("Delivery log"))
        self._intro.setText(_("What you send is saved here first, and then sent exactly once."))
        self._now.setText(_("Try again now"))
        self._sign_in.setText(_("Sign in again"))
        self._go_online.setText(_("Go online"))
        self._empty.set_texts(
            _("Nothing waits to be sent"),
            _("Reports and replies appear here until they have arrived, and a week longer."),
        )
        self._drawn = ()
        self._render(self._presenter.state)

    def _build(self) -> None:
        space = theme().space
        self._page = PageLayout(max_width=_WIDTH)
        self._page.column.setSpacing(space.l)
        self._title, self._intro = SectionLabel(), TextLabel(tone="muted", wrap=True)
        self._now = button("", icon="refresh-cw")
        self._banner = Banner(tone="warning")
        self._sign_in = self._banner.add_button("")
        self._go_online = self._banner.add_button("")
        self._lists = QWidget()
        self._list: QVBoxLayout = column(self._lists, gap=space.s)
        self._skeleton = Skeleton("list", 4)
        self._empty = EmptyState("send")
        head = row(gap=space.l)
        texts = column()
        texts.addWidget(self._title)
        texts.addWidget(self._intro)
        head.addLayout(texts, 1)
        head.addWidget(self._now)
        self._page.add_layout(head)
        for part in (self._banner, self._skeleton, self._lists):
            self._page.add(part)
        self._page.add(self._empty, 100)
        self._page.column.addStretch(1)
        lines = column(self)
        lines.addWidget(self._page)

    def _connect(self) -> None:
        for each in (self._now, self._go_online):
            each.clicked.connect(self._presenter.try_now)
        self._sign_in.clicked.connect(self.context.frame.sign_in)

    def _render(self, state: OutboxListState) -> None:
        known = state.sync is not None
        self._skeleton.setVisible(not known and state.error is None)
        self._empty.setVisible(known and not state.waiting and not state.arrived)
        self._lists.setVisible(bool(state.waiting or state.arrived))
        self._show_banner(state)
        self._draw(state)

    def _show_banner(self, state: OutboxListState) -> None:
        text = _trouble(state, self.context.profile.short_name)
        self._banner.setVisible(bool(text))
        self._banner.set_texts(text)
        needed = state.sync is not None and state.sync.link is Link.SIGN_IN_NEEDED
        self._sign_in.setVisible(needed)
        by_choice = is_by_choice(state.sync)
        self._go_online.setVisible(by_choice)
        self._now.setVisible(bool(state.waiting) and not by_choice)

    def _draw(self, state: OutboxListState) -> None:
        drawn = (state.waiting, state.arrived, state.opened, state.link, is_by_choice(state.sync))
        if drawn == self._drawn:
            return
        self._drawn = drawn
        clear_layout(self._list)
        for title, deliveries in ((_("On its way"), state.waiting), (_("Arrived lately"), state.arrived)):
            if deliveries:
                self._list.addWidget(TextLabel(title, kind="caption", tone="muted", strong=True))
                self._list.addWidget(self._card(deliveries, state))
                self._list.addSpacing(theme().space.l)

    def _card(self, deliveries: tuple[Delivery, ...], state: OutboxListState) -> Card:
        card = Card(padding=0)
        for at, delivery in enumerate(deliveries):
            if at:
                card.add(Divider(inset=20))
            item = DeliveryItem(
                delivery,
                self.context.profile.short_name,
                link=state.link,
                by_choice=is_by_choice(state.sync),
                unfolded=delivery.command_id == state.opened,
            )
            item.unfold_requested.connect(self._presenter.unfold)
            item.retry_requested.connect(self._presenter.retry)
            item.take_back_requested.connect(self._take_back)
            item.open_requested.connect(partial(self._open, delivery.about))
            card.add(item)
        return card

    @Slot(str)
    def _take_back(self, command_id: str) -> None:
        self._presenter.take_back(command_id, self._taken_back)

    def _taken_back(self) -> None:
        text = _("Taken back. A report or an order is among your drafts again.")
        self.context.frame.toast(text, tone="info")

    def _open(self, kind: str, subject_id: str) -> None:
        self.context.frame.go(place_of(kind, subject_id))


def _trouble(state: OutboxListState, vendor: str) -> str:
    """Why things wait, in one sentence; '' when nothing is wrong."""
    if state.error is not None:
        return f"{state.error} {state.error.next_step}"
    link = state.sync.link if state.sync else Link.STARTING
    if link is Link.SIGN_IN_NEEDED:
        return _("You have been signed out. What waits is sent after you sign in again.")
    if is_by_choice(state.sync):
        return _("You work offline. What waits is sent when you go online.")
    if link is Link.OFFLINE:
        return _("No connection to {vendor}. It is tried again by itself; you can close the window.").format(
            vendor=vendor
        )
    if link is Link.FAILING:
        return _(
            "{vendor} answers, but something is out of order there. It is tried again by itself."
        ).format(vendor=vendor)
    return ""
