"""What a conversation is linked with: each a link, and below it how that stands."""

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from supportdesk.app.conversation_state import ConversationState
from supportdesk.app.document_words import called, linked_words
from supportdesk.app.status_words import vendor_name
from supportdesk.domain.entities import Document
from supportdesk.domain.profile import Profile
from supportdesk.domain.projections import ItemRow, Linked, TicketRow
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import Button
from supportdesk.ui.widgets.chip import status_text
from supportdesk.ui.widgets.layouts import clear_layout, column, row
from supportdesk.ui.widgets.text_label import TextLabel

_ICONS = {"ticket": "inbox", "order": "package", "document": "file-text"}
_Line = tuple[str, str, str, str]
"""Kind, id, name and how it stands."""


class LinkedPart(QWidget):
    """`chosen` carries kind and id; `made` the links when there are others. Hidden while there are none."""

    chosen = Signal(str, str)
    made = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = ConversationState()
        self._lines: tuple[tuple[_Line, ...], ...] = ()
        self._column = column(self, gap=theme().space.xs)
        self.hide()

    def show_state(self, state: ConversationState) -> None:
        self._state = state
        if state.view is None or state.vendor is None:
            return
        above = (state.view.belongs_to,) if state.view.belongs_to else ()
        lines = tuple(
            tuple(_line(each, state, state.vendor.profile) for each in several)
            for several in (above, state.view.documents)
        )
        if lines != self._lines:
            self._lines = lines
            self._fill()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._lines = ()
            self.show_state(self._state)

    def _fill(self) -> None:
        clear_layout(self._column)
        links = []
        for title, lines in zip((_("Belongs to"), _("Documents")), self._lines, strict=True):
            if lines:
                self._column.addWidget(TextLabel(title, kind="caption", tone="muted"))
            links += [self._add(*line) for line in lines]
        self.setVisible(bool(links))
        self.made.emit(links)

    def _add(self, kind: str, id: str, name: str, words: str) -> Button:
        link = Button(name, "link", _ICONS[kind], size="small", flush=True)
        link.setMinimumWidth(1)  # what is longer than the line is elided
        link.setAccessibleDescription(words)
        link.clicked.connect(partial(self.chosen.emit, kind, id))
        line = row()
        line.addWidget(link)
        line.addStretch(1)
        self._column.addLayout(line)
        self._column.addWidget(TextLabel(words, kind="caption", tone="muted", wrap=True))
        return link


def _line(linked: Linked, state: ConversationState, profile: Profile) -> _Line:
    found = linked.row
    if isinstance(found, TicketRow):
        standing = vendor_name(profile, found.stage) or status_text(found.stage)
        name = _("Ticket #{number}").format(number=found.number)
        return "ticket", found.id, name, f"{found.subject} · {standing}"
    seal = state.seals.get(linked.sealed.id) if linked.sealed else None
    words = linked_words(found, seal, formats.full_day)
    return found.kind, found.id, _name(found), f"{found.title} · {words}"


def _name(found: ItemRow) -> str:
    if isinstance(found.fact, Document):
        return called(found.fact.type, found.number)
    return _("Order #{number}").format(number=found.number)
