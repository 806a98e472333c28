"""What is different now, and what it looks like."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from supportdesk.app import status_words
from supportdesk.app.reopen import ReopenState
from supportdesk.app.screens import name_of
from supportdesk.domain.capabilities import Limits
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.camera.camera_button import CameraButton
from supportdesk.ui.camera.cameras import Cameras
from supportdesk.ui.conversation.file_tag import FileTags
from supportdesk.ui.conversation.written_text import WrittenText
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.action_bar import ActionBar
from supportdesk.ui.widgets.banner import Banner
from supportdesk.ui.widgets.chip import Chip, chip_style, status_text
from supportdesk.ui.widgets.drop_area import DropArea
from supportdesk.ui.widgets.form_field import FormField
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.page_layout import PageLayout
from supportdesk.ui.widgets.text_label import PageTitle, SectionLabel, TextLabel

_COLUMN = 640


class WritePage(QWidget):
    """Signals as of the reply box; `other_requested` goes back to the choice of the ticket."""

    written = Signal(str)
    keep_requested = Signal()
    files_added = Signal(object)
    image_added = Signal(object, str)
    file_removed = Signal(object)
    attach_requested = Signal()
    capture_requested = Signal()
    photograph_requested = Signal()
    paste_requested = Signal()
    check_requested = Signal()
    send_requested = Signal()
    other_requested = Signal()

    def __init__(self, cameras: Cameras, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cameras = cameras
        self._state = ReopenState()
        self._build()
        self._connect()
        self.retranslate()

    def render_state(self, state: ReopenState) -> None:
        self._state = state
        row, vendor = state.row, state.vendor
        if row is None or vendor is None:
            return
        self._title.setText(name_of("reopen", vendor.profile))
        style = chip_style(row.stage)
        name = status_words.vendor_name(vendor.profile, row.stage) or status_text(row.stage)
        self._chip.set_state(name, style.tone, style.icon)
        self._subject.setText(row.subject)
        self._about.setText(self._about_text(state))
        self._late.setVisible(state.too_late)
        self._form.setVisible(not state.too_late)
        self._area.set_text(state.composer.text)
        self._field.set_error(state.missing)
        self._tags.set_files(state.composer.files, state.composer.warnings)
        self._trouble.setVisible(bool(state.composer.problem))
        self._trouble.set_texts(state.composer.problem)
        self._send.setVisible(not state.too_late)
        self._send.set_busy(state.composer.sending)
        self._bar.set_note(*self._note(state))
        self._drop.set_texts(
            _("A new picture shows what is different now"), _limit_text(vendor.capabilities.limits)
        )

    def focus_text(self) -> None:
        self._area.focus_text()

    def add_image(self, image: QImage) -> None:
        self._area.add_image(image)

    def flush(self) -> None:
        self._area.flush()

    def retranslate(self) -> None:
        self._field.set_label(_("What is different now, or what did not help?"))
        self._area.set_placeholder(_("For example: since this morning the message appears again."))
        self._show.setText(_("Show it"))
        self._capture.setText(_("Capture screen"))
        self._photograph.setText(_("Take a picture"))
        self._choose.setText(_("Choose files"))
        self._paste.setText(_("Paste"))
        self._late.set_texts(
            _("You can report it as a new problem and name the old number."),
            _("This ticket can no longer be reopened."),
        )
        self._other.setText(_("Another ticket"))
        self._send.setText(_("Reopen ticket"))
        self.render_state(self._state)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self) -> None:
        space = theme().space
        page = PageLayout(max_width=theme().scaled(_COLUMN))
        self._title = PageTitle()
        self._chip = Chip()
        self._subject = SectionLabel()
        self._about = TextLabel(tone="muted", wrap=True)
        self._late = Banner("", tone="warning")
        self._form = QWidget()
        state = row(gap=space.m)
        state.addWidget(self._chip)
        state.addWidget(self._about, 1, Qt.AlignmentFlag.AlignVCenter)
        page.add(self._title)
        page.add_gap(space.l)
        page.add(self._subject)
        page.add_gap(space.s)
        page.add_layout(state)
        page.add_gap(space.xl)
        page.add(self._late)
        page.add(self._form)
        self._build_form()
        self._bar = ActionBar()
        self._other = self._bar.add_button("", "secondary", "arrow-left")
        self._send = self._bar.add_button("", "primary")
        whole = column(self)
        whole.addWidget(page, 1)
        whole.addWidget(self._bar)
        self._late.hide()

    def _build_form(self) -> None:
        space = theme().space
        form = column(self._form, gap=space.l)
        self._area = WrittenText(formatting=True, min_lines=5, max_lines=14)
        self._field = FormField("", self._area, required=True)
        self._show = TextLabel(strong=True)
        self._drop = DropArea()
        self._capture = self._drop.add_button("", "scan")
        self._photograph = CameraButton(self._cameras)
        self._drop.take_button(self._photograph)
        self._choose = self._drop.add_button("", "folder-open")
        self._paste = self._drop.add_button("", "clipboard-paste")
        self._tags = FileTags()
        self._trouble = Banner("", tone="danger")
        shown = column(gap=space.xs)
        shown.addWidget(self._show)
        shown.addWidget(self._drop)
        form.addWidget(self._field)
        form.addLayout(shown)
        form.addWidget(self._tags)
        form.addWidget(self._trouble)
        self._tags.hide()
        self._trouble.hide()

    def _connect(self) -> None:
        self._area.written.connect(self.written)
        self._area.keep_requested.connect(self.keep_requested)
        self._area.files_pasted.connect(self.files_added)
        self._area.image_added.connect(self.image_added)
        self._field.left.connect(self.check_requested)
        self._drop.files_dropped.connect(self.files_added)
        self._drop.image_dropped.connect(self._area.add_image)
        self._capture.clicked.connect(self.capture_requested)
        self._photograph.clicked.connect(self.photograph_requested)
        self._choose.clicked.connect(self.attach_requested)
        self._paste.clicked.connect(self.paste_requested)
        self._tags.remove_requested.connect(self.file_removed)
        self._send.clicked.connect(self._ask_to_send)
        self._other.clicked.connect(self.other_requested)

    def _ask_to_send(self) -> None:
        self._area.drop_pause()
        self.send_requested.emit()

    def _about_text(self, state: ReopenState) -> str:
        number = f"#{state.row.number}" if state.row else ""
        until = state.ticket.reopen_until if state.ticket else None
        if until is None or state.too_late:
            return number
        return _("{number} · can be reopened until {date}").format(number=number, date=formats.day(until))

    @staticmethod
    def _note(state: ReopenState) -> tuple[str, str]:
        if state.composer.adding:
            return _("Adding files…"), "loader-circle"
        saved = state.composer.saved_at
        if saved is None:
            return "", ""
        return _("Draft saved {time}").format(time=formats.time_of_day(saved)), "check"


def _limit_text(limits: Limits) -> str:
    return _("Drop pictures or files here. Up to {count} files, {size} each.").format(
        count=limits.max_files, size=formats.size(limits.max_file_bytes)
    )
