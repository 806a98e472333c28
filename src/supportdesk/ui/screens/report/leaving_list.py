"""'This leaves your computer': every item that will be sent, with a tick box, its size and a look at it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from supportdesk.app import system_info
from supportdesk.app.flows.report_draft import DraftFile, ReportDraft
from supportdesk.app.report_state import ReportState
from supportdesk.domain.commands import FileRef
from supportdesk.i18n import _, ngettext
from supportdesk.ui import formats
from supportdesk.ui.screens.report.show_step import icon_of
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.announce import set_accessible
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import clear_layout, column, row
from supportdesk.ui.widgets.text_label import ElidedLabel, TextLabel


class LeavingList(Card):
    view_report_requested = Signal()
    view_file_requested = Signal(object)
    view_system_info_requested = Signal()
    file_ticked = Signal(object, bool)
    system_info_ticked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=(0, theme().space.xs, 0, theme().space.xs), parent=parent)
        self._drawn: object = None

    def render_state(self, state: ReportState, info: str) -> None:
        draft = state.outgoing
        drawn = (draft.files, draft.include_system_info, len(draft.fields), report_bytes(state))
        if drawn == self._drawn:
            return
        self._drawn = drawn
        clear_layout(self.body)
        self._add(self._report_row(state))
        for each in draft.files:
            self._add(self._file_row(each))
        self._add(self._system_row(draft, info))

    def redraw(self, state: ReportState, info: str) -> None:
        self._drawn = None
        self.render_state(state, info)

    def _add(self, part: QWidget) -> None:
        if self.body.count():
            self.body.addWidget(Divider(lead=theme().space.xxxl - 1))
        self.body.addWidget(part)

    def _report_row(self, state: ReportState) -> QWidget:
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
        line = _Line(tick, "message-square", _("Your report"), caption, report_bytes(state))
        line.view.clicked.connect(self.view_report_requested)
        return line

    def _file_row(self, each: DraftFile) -> QWidget:
        tick = QCheckBox()
        tick.setChecked(each.include)
        tick.toggled.connect(partial(self.file_ticked.emit, each.file))
        line = _Line(
            tick, icon_of(each.file), each.file.name, each.warning or _kind(each.file), each.file.size_bytes
        )
        line.view.clicked.connect(partial(self.view_file_requested.emit, each.file))
        return line

    def _system_row(self, draft: ReportDraft, text: str) -> QWidget:
        tick = QCheckBox()
        tick.setChecked(draft.include_system_info)
        tick.toggled.connect(self.system_info_ticked)
        line = _Line(
            tick,
            "monitor",
            _("Versions"),
            system_info.summary(draft.source),
            len(text.encode()),
        )
        line.view.clicked.connect(self.view_system_info_requested)
        return line


class _Line(QWidget):
    def __init__(self, tick: QCheckBox, icon: str, name: str, caption: str, size_bytes: int) -> None:
        super().__init__()
        space = theme().space
        set_accessible(tick, _("Send {name}").format(name=name), caption)
        texts = column()
        texts.addWidget(ElidedLabel(name, tone="text" if tick.isChecked() else "muted"))
        texts.addWidget(TextLabel(caption, kind="caption", tone="muted", wrap=True))
        self.view = button(_("View"), "quiet", size="small")
        set_accessible(self.view, _("View {name}").format(name=name))
        layout = row(self, gap=space.m, margins=(space.l, space.s, space.m, space.s))
        layout.addWidget(tick)
        layout.addWidget(IconLabel(icon, role="muted"))
        layout.addLayout(texts, 1)
        size = TextLabel(formats.size(size_bytes), kind="caption", tone="muted", tabular=True)
        layout.addWidget(size, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.view)


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
