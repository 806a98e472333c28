"""After sending: the delivery log, live, and what can be done next."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from supportdesk import i18n
from supportdesk.app import delivery as words
from supportdesk.app.report_state import ReportState
from supportdesk.app.screens import own_name_of
from supportdesk.domain.profile import Profile
from supportdesk.domain.projections import Delivery, Link, OutboxState
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.delivery_log import DeliveryLog
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.icon_label import IconLabel, IconWell
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.page_layout import PageLayout
from supportdesk.ui.widgets.text_label import ElidedLabel, SectionLabel, TextLabel

_WIDTH = 640


class SentPage(PageLayout):
    open_ticket_requested = Signal(str)
    tickets_requested = Signal()
    another_requested = Signal()
    try_now_requested = Signal()
    correct_requested = Signal()
    sign_in_requested = Signal()
    log_copied = Signal()

    def __init__(self, profile: Profile, parent: QWidget | None = None) -> None:
        super().__init__(max_width=_WIDTH, parent=parent)
        self._profile = profile
        self._vendor = profile.short_name
        self._well = IconWell("send", tone="accent", size=48)
        self._title = SectionLabel()
        self._subject = ElidedLabel(tone="muted")
        self._log = DeliveryLog()
        self._note = TextLabel(tone="muted", wrap=True)
        self._open = button("", "primary")
        self._correct = button("", "primary")
        self._sign_in = button("", "primary")
        self._tickets = button("", "primary")
        self._try_now = button("", "secondary", "refresh-cw")
        self._another = button("", "secondary")
        self._copy = button("", "neutral", "copy")
        self._choices = (
            self._open,
            self._correct,
            self._sign_in,
            self._tickets,
            self._try_now,
            self._another,
        )
        self._phone = Card()
        self._phone_title = TextLabel(strong=True, wrap=True)
        self._phone_text = TextLabel(tone="muted", wrap=True)
        self._delivery: Delivery | None = None
        self._link = Link.STARTING
        self._by_choice = False
        """Offline because the customer wants it."""
        self._build()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Delivery log"))
        self._open.setText(_("Open ticket"))
        self._correct.setText(_("Correct and send again"))
        self._sign_in.setText(_("Sign in again"))
        self._tickets.setText(_("Go to your tickets"))
        self._another.setText(own_name_of("report", self._profile) or _("Report another problem"))
        self._copy.setText(_("Copy log"))
        self._phone_title.setText(_("Cannot work at all?"))
        self._phone_text.setText(_phone_line(self._profile))
        self._render()

    def render_state(self, state: ReportState) -> None:
        self._delivery, self._link, self._by_choice = state.delivery, state.link, state.works_offline
        self._render()

    def focus_first(self) -> None:
        """Where one goes on from here."""
        first = next((each for each in self._choices if not each.isHidden()), self._copy)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self) -> None:
        delivery, link = self._delivery, self._link
        if delivery is None:
            return
        self._try_now.setText(_("Go online") if self._by_choice else _("Try again now"))
        self._title.setText(words.headline(delivery, self._vendor, link, by_choice=self._by_choice))
        self._subject.setText(delivery.subject)
        self._log.set_lines(words.lines(delivery, self._vendor, link, by_choice=self._by_choice))
        self._well.set_icon(*_well(delivery, link))
        self._note.setText(_note(delivery, link))
        self._offer(delivery.state, cut_off=words.is_cut_off(delivery, link))

    def _offer(self, state: OutboxState, *, cut_off: bool) -> None:
        focused = next((each for each in self._choices if each.hasFocus()), None)
        refused, signed_out = state is OutboxState.NEEDS_USER, state is OutboxState.BLOCKED_AUTH
        self._open.setVisible(state is OutboxState.SENT)
        self._correct.setVisible(refused)
        self._sign_in.setVisible(signed_out)
        self._tickets.setVisible(state is not OutboxState.SENT)
        self._tickets.set_kind("secondary" if refused or signed_out else "primary")
        self._try_now.setVisible(cut_off)
        self._another.setVisible(not (cut_off or refused or signed_out))
        self._phone.setVisible(cut_off and bool(self._phone_text.text()))
        if focused is not None and focused.isHidden():
            self.focus_first()

    def _build(self) -> None:
        space = theme().space
        texts = column()
        texts.addWidget(self._title)
        texts.addWidget(self._subject)
        head = row(gap=space.l)
        head.addWidget(self._well)
        head.addLayout(texts, 1)
        card = Card(padding=(0, space.xs, 0, space.xs))
        card.add(self._log)
        note = row(gap=space.s, margins=(20, 0, 20, 0))
        note.addWidget(IconLabel("info", role="muted", size=16))
        note.addWidget(self._note, 1)
        self._build_phone()
        self.add_gap(space.s)
        self.add_layout(head)
        self.add_gap(space.xl)
        self.add(card)
        self.add_gap(space.l)
        self.add_layout(note)
        self.add_gap(space.xl)
        self.add(self._feet())
        self.add_gap(space.xxl)
        self.add(self._phone)

    def _feet(self) -> QWidget:
        choices = QWidget()
        flow = FlowLayout(choices, gap=theme().space.m)
        for each in self._choices:
            flow.addWidget(each)
        feet = QWidget()
        line = row(feet, gap=theme().space.m)
        line.addWidget(choices, 1)
        line.addWidget(self._copy)
        return feet

    def _build_phone(self) -> None:
        texts = column()
        texts.addWidget(self._phone_title)
        texts.addWidget(self._phone_text)
        line = row(gap=theme().space.l, margins=(theme().space.xs, 0, 0, 0))
        line.addWidget(IconLabel("phone", role="accentText"))
        line.addLayout(texts, 1)
        self._phone.body.addLayout(line)

    def _connect(self) -> None:
        self._open.clicked.connect(self._open_ticket)
        self._correct.clicked.connect(self.correct_requested)
        self._sign_in.clicked.connect(self.sign_in_requested)
        self._tickets.clicked.connect(self.tickets_requested)
        self._try_now.clicked.connect(self.try_now_requested)
        self._another.clicked.connect(self.another_requested)
        self._copy.clicked.connect(self._copy_log)

    @Slot()
    def _open_ticket(self) -> None:
        if self._delivery is not None:
            self.open_ticket_requested.emit(self._delivery.ticket_id)

    @Slot()
    def _copy_log(self) -> None:
        if self._delivery is not None:
            told = words.as_text(self._delivery, self._vendor, self._link, by_choice=self._by_choice)
            QGuiApplication.clipboard().setText(told)
            self.log_copied.emit()


def _well(delivery: Delivery, link: Link) -> tuple[str, str]:
    if delivery.state is OutboxState.SENT:
        return "circle-check", "success"
    if delivery.state is OutboxState.NEEDS_USER:
        return "circle-alert", "danger"
    if delivery.state is OutboxState.BLOCKED_AUTH or words.is_cut_off(delivery, link):
        return "hard-drive", "success"
    return "send", "accent"


def _note(delivery: Delivery, link: Link) -> str:
    match delivery.state:
        case OutboxState.SENT:
            return _("You find it in your tickets and see there how it goes on.")
        case OutboxState.NEEDS_USER:
            return _("Nothing is lost. Correct what is named and send it again.")
        case OutboxState.BLOCKED_AUTH:
            return _("Nothing is lost. It goes out by itself once you have signed in.")
    if words.is_cut_off(delivery, link):
        return _("You can close this window and shut the computer down. Nothing is sent twice.")
    return _("You can close this window. Sending continues in the background.")


def _phone_line(profile: Profile) -> str:
    support = profile.support
    if not support.phone:
        return ""
    hours = profile.text(support.hours, i18n.language())
    if not hours:
        return _("Call {phone}.").format(phone=support.phone)
    return _("Call {phone}, {hours}.").format(phone=support.phone, hours=hours)
