"""'This leaves your computer': every item that will be sent, with a tick box, its size and a look at it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from supportdesk.app import system_info
from supportdesk.app.file_notes import notes
from supportdesk.app.flows.report_draft import DraftFile, ReportDraft
from supportdesk.app.report_state import ReportState
from supportdesk.domain.commands import FileRef
from supportdesk.i18n import _, ngettext
from supportdesk.ui.screens.report.leaving_line import LeavingLine
from supportdesk.ui.screens.report.show_step import icon_of
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.layouts import clear_layout


class LeavingList(Card):
    view_report_requested = Signal()
    view_file_requested = Signal(object)
    view_system_info_requested = Signal()
    file_ticked = Signal(object, bool)
    system_info_ticked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=(0, theme().space.xs, 0, theme().space.xs), parent=parent)
        self._drawn: object = None
        self._report: LeavingLine | None = None
        self._files: list[LeavingLine] = []
        self._system: LeavingLine | None = None

    def render_state(self, state: ReportState, info: str) -> None:
        draft = state.outgoing
        drawn = ([(each.file, notes(each)) for each in draft.files], len(draft.fields), report_bytes(state))
        if drawn != self._drawn:
            self._drawn = drawn
            self._fill(state, info)
        for line, each in zip(self._files, draft.files, strict=True):
            line.set_ticked(each.include)
        if self._system is not None:
            self._system.set_ticked(draft.include_system_info)

    def _fill(self, state: ReportState, info: str) -> None:
        draft = state.outgoing
        clear_layout(self.body)
        self._report = self._report_row(state)
        self._files = [self._file_row(each) for each in draft.files]
        self._system = self._system_row(draft, info)
        for line in (self._report, *self._files, self._system):
            self._add(line)

    def redraw(self, state: ReportState, info: str) -> None:
        self._drawn = None
        self.render_state(state, info)

    def first_target(self) -> QWidget | None:
        """Where one begins to check: the look at the report."""
        return self._report.view if self._report is not None else None

    def _add(self, part: QWidget) -> None:
        if self.body.count():
            self.body.addWidget(Divider(lead=theme().space.xxxl - 1))
        self.body.addWidget(part)

    def _report_row(self, state: ReportState) -> LeavingLine:
        details = len([answer for answer in state.outgoing.fields.values() if answer])
        caption = _("Subject, description · always sent")
        if details:
            caption = ngettext(
                "Subject, description, {n} detail · always sent",
                "Subject, description, {n} details · always sent",
                details,
            ).format(n=details)
        tick = QCheckBox()
        tick.setProperty("state", "locked")
        tick.setChecked(True)
        tick.setEnabled(False)
        line = LeavingLine(tick, "message-square", _("Your report"), caption, report_bytes(state))
        line.view.clicked.connect(self.view_report_requested)
        return line

    def _file_row(self, each: DraftFile) -> LeavingLine:
        tick = QCheckBox()
        tick.toggled.connect(partial(self.file_ticked.emit, each.file))
        caption = " · ".join(notes(each)) or _kind(each.file)
        line = LeavingLine(tick, icon_of(each.file), each.file.name, caption, each.file.size_bytes)
        line.view.clicked.connect(partial(self.view_file_requested.emit, each.file))
        return line

    def _system_row(self, draft: ReportDraft, text: str) -> LeavingLine:
        tick = QCheckBox()
        tick.toggled.connect(self.system_info_ticked)
        line = LeavingLine(
            tick,
            "monitor",
            _("Versions"),
            system_info.summary(draft.source),
            len(text.encode()),
        )
        line.view.clicked.connect(self.view_system_info_requested)
        return line


def report_bytes(state: ReportState) -> int:
    draft = state.outgoing
    return len("".join((draft.subject, draft.description, *draft.fields.values())).encode())


def total_bytes(state: ReportState, system_info: str) -> int:
    files = sum(each.file.size_bytes for each in state.draft.files if each.include)
    extra = len(system_info.encode()) if state.draft.include_system_info else 0
    return report_bytes(state) + files + extra


def _kind(file: FileRef) -> str:
    """What it is, and what it may give away."""
    if file.media_type.startswith("image/"):
        return _("Picture · may show names")
    if file.media_type.startswith("text/") or icon_of(file) == "file-code":
        return _("Text · may contain names")
    return _("File · may contain names")
