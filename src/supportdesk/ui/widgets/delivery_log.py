"""The delivery log of one command, line by line."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from supportdesk.app.delivery import Line, Mark
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.announce import announce, set_accessible
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import clear_layout, column, row
from supportdesk.ui.widgets.progress_line import ProgressLine
from supportdesk.ui.widgets.text_label import TextLabel, plain_tooltip

_ICONS: dict[Mark, tuple[str, str]] = {
    Mark.DONE: ("circle-check", "success"),
    Mark.RUNNING: ("loader-circle", "accentText"),
    Mark.WAITING: ("circle-dashed", "muted"),
    Mark.BLOCKED: ("cloud-off", "warning"),
    Mark.REFUSED: ("circle-alert", "danger"),
}


class DeliveryLog(QWidget):
    """Announces each line that is reached while it is shown. `inset` is free at both sides of the lines."""

    def __init__(self, *, inset: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inset = inset
        self._lines: tuple[Line, ...] = ()
        self._rows: list[_Row] = []
        self._column = column(self)
        self.retranslate()

    def set_lines(self, lines: tuple[Line, ...]) -> None:
        before, self._lines = self._lines, lines
        if [line.id for line in lines] != [line.id for line in before]:
            self._rebuild()
        for line, row_ in zip(lines, self._rows, strict=True):
            row_.show_line(line)
        self._announce_news(before)

    def retranslate(self) -> None:
        self.setAccessibleName(_("Delivery log"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _rebuild(self) -> None:
        clear_layout(self._column)
        self._rows = [_Row(self._inset) for _line in self._lines]
        lead = self._inset + theme().icon_size.control + theme().space.m
        for index, row_ in enumerate(self._rows):
            if index:
                self._column.addWidget(Divider(lead=lead))
            self._column.addWidget(row_)

    def _announce_news(self, before: tuple[Line, ...]) -> None:
        known = {line.id: line.mark for line in before}
        for line in self._lines:
            reached = line.mark in (Mark.DONE, Mark.BLOCKED, Mark.REFUSED)
            if before and reached and known.get(line.id) is not line.mark:
                announce(self, f"{line.title}. {line.caption}")


class _Row(QWidget):
    def __init__(self, inset: int) -> None:
        super().__init__()
        space = theme().space
        self._icon = IconLabel()
        self._title = TextLabel(wrap=True)
        self._bar = ProgressLine()
        self._bar_place = QWidget()
        column(self._bar_place, margins=(0, space.s - 2, 0, space.xs)).addWidget(self._bar)
        self._caption = TextLabel(kind="caption", tone="muted", wrap=True)
        self._time = TextLabel(kind="caption", tone="muted", tabular=True)
        head = row(gap=space.m)
        head.addWidget(self._title, 1)
        head.addWidget(self._time)
        texts = column()
        texts.addLayout(head)
        texts.addSpacing(2)
        texts.addWidget(self._bar_place)
        texts.addWidget(self._caption)
        layout = row(self, gap=space.m, margins=(inset, space.m, inset, space.m - 2))
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(texts, 1)

    def show_line(self, line: Line) -> None:
        running = line.mark is Mark.RUNNING
        title, caption, time = _title(line), _caption(line), _time(line)
        self._icon.set_icon(*_ICONS[line.mark])
        self._icon.set_spinning(running)
        self._title.set_kind("body", strong=running)
        self._title.set_tone("muted" if line.mark is Mark.WAITING else "text")
        self._title.setText(title)
        self._bar_place.setVisible(line.fraction is not None)
        if line.fraction is not None:
            self._bar.set_fraction(line.fraction)
        self._caption.setText(caption)
        self._caption.setVisible(bool(caption))
        self._time.setText(time)
        self._time.setToolTip(plain_tooltip(formats.exact(line.at)) if line.at else "")
        set_accessible(self, f"{title}. {caption} {time}".strip())


def _title(line: Line) -> str:
    if len(line.files) > 1:
        return f"{line.title}, {formats.size(sum(file.size_bytes for file in line.files))}"
    return line.title


def _caption(line: Line) -> str:
    if len(line.files) != 1:
        return line.caption
    size = formats.size(line.files[0].size_bytes)
    if line.fraction is None:
        return f"{line.caption}, {size}"
    sent = formats.size(int(line.fraction * line.files[0].size_bytes))
    return _("{sent} of {size}").format(sent=sent, size=size)


def _time(line: Line) -> str:
    if line.fraction is not None:
        return f"{line.fraction:.0%}".replace("%", " %")
    return formats.exact_time(line.at) if line.at else ""
