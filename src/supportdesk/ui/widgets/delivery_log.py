"""The delivery log of one command as a card of lines."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from supportdesk.app.delivery import Line, Mark
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.announce import announce, set_accessible
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import clear_layout, column, row
from supportdesk.ui.widgets.progress_line import ProgressLine
from supportdesk.ui.widgets.text_label import TextLabel

_ICONS: dict[Mark, tuple[str, str]] = {
    Mark.DONE: ("circle-check", "success"),
    Mark.RUNNING: ("loader-circle", "accentText"),
    Mark.WAITING: ("circle-dashed", "muted"),
    Mark.BLOCKED: ("cloud-off", "warning"),
}


class DeliveryLog(Card):
    """Announces each line that is reached while it is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self._lines: tuple[Line, ...] = ()
        self.setAccessibleName(_("Delivery log"))

    def set_lines(self, lines: tuple[Line, ...]) -> None:
        if lines == self._lines:
            return
        before, self._lines = self._lines, lines
        clear_layout(self.body)
        for index, line in enumerate(lines):
            if index:
                self.body.addWidget(Divider(inset=theme().space.xxxl))
            self.body.addWidget(self._row(line))
        self._announce_news(before)

    def _announce_news(self, before: tuple[Line, ...]) -> None:
        known = {line.title for line in before if line.mark is Mark.DONE}
        for line in self._lines:
            if before and line.mark is Mark.DONE and line.title not in known:
                announce(self, f"{line.title}. {line.caption}")

    def _row(self, line: Line) -> QWidget:
        space = theme().space
        widget = QWidget()
        name, role = _ICONS[line.mark]
        running = line.mark is Mark.RUNNING
        texts = column()
        texts.addWidget(
            TextLabel(
                line.title, strong=running, tone="muted" if line.mark is Mark.WAITING else "text", wrap=True
            )
        )
        if line.fraction is not None:
            bar = ProgressLine()
            bar.set_fraction(line.fraction)
            texts.addSpacing(space.xs)
            texts.addWidget(bar)
            texts.addSpacing(space.xs)
        caption = _caption(line)
        if caption:
            texts.addWidget(TextLabel(caption, kind="caption", tone="muted", wrap=True))
        layout = row(widget, gap=space.m, margins=(20, space.m, 20, space.m))
        layout.addWidget(IconLabel(name, role=role, spinning=running), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(texts, 1)
        time = _time(line)
        layout.addWidget(
            TextLabel(time, kind="caption", tone="muted", tabular=True), 0, Qt.AlignmentFlag.AlignTop
        )
        set_accessible(widget, f"{line.title}. {caption} {time}".strip())
        return widget


def _caption(line: Line) -> str:
    if line.file is None:
        return line.caption
    size = formats.size(line.file.size_bytes)
    if line.fraction is None:
        return f"{line.caption}, {size}"
    sent = formats.size(int(line.fraction * line.file.size_bytes))
    return _("{sent} of {size}").format(sent=sent, size=size)


def _time(line: Line) -> str:
    if line.fraction is not None:
        return f"{line.fraction:.0%}".replace("%", " %")
    return formats.exact_time(line.at) if line.at else ""
