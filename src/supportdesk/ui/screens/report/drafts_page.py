"""Shown first when there are drafts: go on with one, delete one, or begin anew."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from supportdesk.app.flows.report_flow import Step
from supportdesk.app.report_state import ReportState
from supportdesk.domain.projections import Draft
from supportdesk.i18n import _, ngettext
from supportdesk.ui import formats
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button, icon_button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.layouts import clear_layout, row
from supportdesk.ui.widgets.page_layout import PageLayout
from supportdesk.ui.widgets.row_button import RowButton
from supportdesk.ui.widgets.text_label import SectionLabel, TextLabel


class DraftsPage(PageLayout):
    chosen = Signal(str)
    delete_requested = Signal(str)
    anew_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(max_width=640, parent=parent)
        space = theme().space
        self._title = SectionLabel()
        self._text = TextLabel(tone="muted", wrap=True)
        self._card = Card(padding=space.xs)
        self._anew = button("", "primary", "plus")
        self._drafts: tuple[Draft, ...] = ()
        self._rows: list[RowButton] = []
        self.add_gap(space.s)
        self.add(self._title)
        self.add(self._text)
        self.add_gap(space.xl)
        self.add(self._card)
        self.add_gap(space.xl)
        self.column.addWidget(self._anew, 0, Qt.AlignmentFlag.AlignLeading)
        self._anew.clicked.connect(self.anew_requested)
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(_("Go on where you stopped?"))
        self._text.setText(_("What you have begun is kept on this computer until you send or delete it."))
        self._anew.setText(_("Begin a new report"))
        self.setAccessibleName(self._title.text())
        self._fill()

    def render_state(self, state: ReportState) -> None:
        if state.drafts != self._drafts:
            had_focus = any(row_.hasFocus() for row_ in self._card.findChildren(QAbstractButton))
            self._drafts = state.drafts
            self._fill()
            if had_focus:
                self.focus_first()

    def showEvent(self, event: QShowEvent) -> None:
        """How long ago a draft was written is told anew at every visit."""
        for line, draft in zip(self._rows, self._drafts, strict=True):
            line.set_texts(_subject(draft), _how_far(draft))
        super().showEvent(event)

    def focus_first(self) -> None:
        wanted = self._rows[0] if self._rows else self._anew
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        clear_layout(self._card.body)
        self._rows = []
        for draft in self._drafts:
            if self._rows:
                self._card.add(Divider(inset=theme().space.m))
            self._card.body.addLayout(self._line(draft))

    def _line(self, draft: Draft) -> QHBoxLayout:
        subject = _subject(draft)
        line = RowButton(subject, _how_far(draft), "pencil", well=True)
        line.clicked.connect(partial(self.chosen.emit, draft.id))
        self._rows.append(line)
        delete = icon_button("trash", _("Delete draft {name}").format(name=subject))
        delete.clicked.connect(partial(self.delete_requested.emit, draft.id))
        parts = row(gap=theme().space.xs, margins=(0, 0, theme().space.s, 0))
        parts.addWidget(line, 1)
        parts.addWidget(delete)
        return parts


def _subject(draft: Draft) -> str:
    return draft.subject or _("Without a subject")


def _how_far(draft: Draft) -> str:
    parts = [_("Step {n} of {all}").format(n=draft.step, all=int(Step.CHECK)), formats.ago(draft.updated_at)]
    if draft.files:
        parts.append(ngettext("{n} file", "{n} files", len(draft.files)).format(n=len(draft.files)))
    return " · ".join(parts)
