"""Beside the subject: articles and earlier tickets that may already help, found on this computer."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from supportdesk.domain.entities import Publication
from supportdesk.domain.projections import Suggestion
from supportdesk.i18n import _, ngettext
from supportdesk.ui import formats
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.answer_button import AnswerButton
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.layouts import clear_layout, column, row
from supportdesk.ui.widgets.safe_text import SafeText
from supportdesk.ui.widgets.text_label import TextLabel

_CHARS_A_MINUTE = 1_000


class KnownAnswers(QWidget):
    """A list, or one article to read; nothing is shown when nothing is known.

    Between the fields of a narrow window the list is folded into one line, so that they stay in sight.
    """

    article_requested = Signal(str)
    ticket_requested = Signal(str)
    solved = Signal()
    closed = Signal()
    link_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = theme().space
        self._fold = button("", "quiet", "book-open", size="small")
        self._is_foldable, self._is_open = False, False
        self._list = Card(padding=(space.s, space.l, space.s, space.s))
        self._article = Card(gap=space.m)
        self._note = TextLabel(kind="caption", tone="muted", wrap=True)
        self._shown: tuple[Suggestion, ...] = ()
        self._read: Publication | None = None
        note = row(margins=(space.l, 0, space.l, 0))
        note.addWidget(self._note)
        layout = column(self, gap=space.s)
        layout.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self._list)
        layout.addWidget(self._article)
        layout.addLayout(note)
        layout.addStretch(1)
        self._fold.clicked.connect(self._turn)
        for part in (self._fold, self._list, self._article):
            part.hide()

    def set_foldable(self, foldable: bool) -> None:
        self._is_foldable, self._is_open = foldable, False
        self._arrange()

    def show_answers(self, suggestions: tuple[Suggestion, ...], article: Publication | None) -> None:
        if suggestions != self._shown:
            self._shown = suggestions
            self._fill_list()
        if article != self._read:
            self._read = article
            self._fill_article()
        self._arrange()

    def retranslate(self) -> None:
        self._note.setText(_("Found on this computer while you type."))
        self._arrange()
        self._fill_list()
        self._fill_article()

    def _arrange(self) -> None:
        known = self._read is None and bool(self._shown)
        listed = known and (self._is_open or not self._is_foldable)
        self._fold.setVisible(known and self._is_foldable)
        self._fold.set_trailing_icon("chevron-up" if self._is_open else "chevron-down")
        count = len(self._shown)
        self._fold.setText(ngettext("{n} known answer", "{n} known answers", count).format(n=count))
        self._list.setVisible(listed)
        self._note.setVisible(listed)
        self._article.setVisible(self._read is not None)
        self.setVisible(not self._is_foldable or known or self._read is not None)  # a column keeps its place

    @Slot()
    def _turn(self) -> None:
        self._is_open = not self._is_open
        self._arrange()

    def _fill_list(self) -> None:
        body = self._list.body
        clear_layout(body)
        articles = [each for each in self._shown if each.kind == "article"]
        tickets = [each for each in self._shown if each.kind == "ticket"]
        _add_part(body, _("May already help"), [self._article_row(each) for each in articles])
        if articles and tickets:
            space = theme().space
            body.addSpacing(space.s)
            body.addWidget(Divider(inset=space.s))
            body.addSpacing(space.m)
        _add_part(body, _("Your earlier tickets"), [self._ticket_row(each) for each in tickets])

    def _article_row(self, found: Suggestion) -> QWidget:
        minutes = max(1, round(found.body_chars / _CHARS_A_MINUTE))
        line = _("Help article · {n} min").format(n=minutes)
        if found.helpful_percent is not None:
            line = _("{line} · helped {percent} %").format(line=line, percent=found.helpful_percent)
        button_ = AnswerButton(found.title, line, "book-open", role="accentText")
        button_.clicked.connect(partial(self.article_requested.emit, found.id))
        return button_

    def _ticket_row(self, found: Suggestion) -> QWidget:
        line = f"#{found.detail}"
        if found.updated_at is not None:
            line = _("{number} · last change {when}").format(
                number=line, when=formats.ago_within(found.updated_at)
            )
        button_ = AnswerButton(found.title, line, "inbox", role="muted")
        button_.clicked.connect(partial(self.ticket_requested.emit, found.id))
        return button_

    def _fill_article(self) -> None:
        body = self._article.body
        clear_layout(body)
        if self._read is None:
            return
        back = button(_("Back to the suggestions"), "quiet", "arrow-left", size="small")
        back.clicked.connect(self.closed)
        solved = button(_("This solved it"), "secondary", "check", size="small")
        solved.clicked.connect(self.solved)
        text = SafeText(self._read.body)
        text.link_requested.connect(self.link_requested)
        text.setAccessibleName(self._read.title)
        feet = row()
        feet.addWidget(solved)
        feet.addStretch(1)
        body.addWidget(back, 0, Qt.AlignmentFlag.AlignLeading)
        body.addWidget(TextLabel(self._read.title, kind="emphasis", strong=True, wrap=True))
        body.addWidget(text)
        body.addLayout(feet)


def _add_part(body: QVBoxLayout, title: str, rows: list[QWidget]) -> None:
    if rows:
        head = row(margins=(theme().space.s, 0, theme().space.s, theme().space.xs))
        head.addWidget(TextLabel(title, kind="caption", tone="muted", strong=True))
        body.addLayout(head)
    for each in rows:
        body.addWidget(each)
