"""Shown first when there are drafts: go on with one, or begin anew."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from supportdesk.app.flows.report_flow import Step
from supportdesk.app.report import ReportState
from supportdesk.domain.projections import Draft
from supportdesk.i18n import _, ngettext
from supportdesk.ui import formats
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.layouts import clear_layout
from supportdesk.ui.widgets.page_layout import PageLayout
from supportdesk.ui.widgets.row_button import RowButton
from supportdesk.ui.widgets.text_label import SectionLabel, TextLabel


class DraftsPage(PageLayout):
    chosen = Signal(str)
    anew_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(max_width=640, parent=parent)
        space = theme().space
        self._title = SectionLabel()
        self._text = TextLabel(tone="muted", wrap=True)
        self._card = Card(padding=space.xs)
        self._anew = button("", "primary", "plus")
        self._drafts: tuple[Draft, ...] = ()
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

    def show_state(self, state: ReportState) -> None:
        if state.drafts != self._drafts:
            self._drafts = state.drafts
            self._fill()

    def focus_first(self) -> None:
        item = self._card.body.itemAt(0)
        wanted = item.widget() if item is not None else None
        (wanted or self._anew).setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        clear_layout(self._card.body)
        for draft in self._drafts:
            line = RowButton(draft.subject or _("Without a subject"), _line(draft), "pencil", well=True)
            line.clicked.connect(partial(self.chosen.emit, draft.id))
            self._card.add(line)


def _line(draft: Draft) -> str:
    parts = [_("Step {n} of {all}").format(n=draft.step, all=int(Step.CHECK)), formats.ago(draft.updated_at)]
    if draft.files:
        parts.append(ngettext("{n} file", "{n} files", len(draft.files)).format(n=len(draft.files)))
    return " · ".join(parts)
