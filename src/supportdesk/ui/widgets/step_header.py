"""The steps of a form: where one is, what is done, what is left."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_icon, draw_line, draw_text, visual_rect
from supportdesk.ui.widgets.painted_button import PaintedButton
from supportdesk.ui.widgets.text_label import plain_tooltip

_CIRCLE, _GAP, _LINE_GAP, _SHORTEST_LINE = 24, 8, 12, 16


class _Step(PaintedButton):
    """Number or tick, and the title. Only visited steps can be pressed."""

    corner = 6

    def __init__(self, index: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.index = index
        self._title, self._label = "", ""
        self._current = self._done = False

    def set_state(self, title: str, label: str, *, current: bool, done: bool, reachable: bool) -> None:
        """`label` is what is shown: nothing, the title, or "2 of 4 What happened?"."""
        self._title, self._label = title, label
        self._current, self._done = current, done
        self.setEnabled(reachable and not current)
        self.setAccessibleName(title)
        state = _("current step") if current else _("done") if done else ""
        self.setAccessibleDescription(state)
        self.setToolTip("" if label else plain_tooltip(title))
        self.update()

    def focus_outline(self) -> tuple[QRect, float]:
        return self.rect(), self.corner

    def sizeHint(self) -> QSize:
        return QSize(self.width_with(self._label), theme().height.icon_button)

    def width_with(self, label: str) -> int:
        circle = theme().scaled(_CIRCLE)
        if not label:
            return circle
        return circle + _GAP + QFontMetrics(theme().font("body", strong=True)).horizontalAdvance(label) + 1

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        circle = theme().scaled(_CIRCLE)
        place = self._visual(QRect(0, (self.height() - circle) // 2, circle, circle))
        fill, border, ink = self._colors()
        ground = theme().color(fill) if fill else None
        draw_box(painter, place, fill=ground, border=theme().color(border), radius=circle / 2)
        if self._done and not self._current:
            draw_icon(painter, place.adjusted(4, 4, -4, -4), "check", ink)
        else:
            number, font = str(self.index + 1), theme().font("caption", strong=True)
            centre = Qt.AlignmentFlag.AlignHCenter
            draw_text(painter, place, number, font, theme().color(ink), align=centre)
        if self._label:
            left = circle + _GAP
            self._paint_label(painter, self._visual(QRect(left, 0, self.width() - left, self.height())))

    def _paint_label(self, painter: QPainter, rect: QRect) -> None:
        ink = "text" if self._current or self._done else "muted"
        font = theme().font("body", strong=self._current)
        color = theme().color("accentText" if self.is_hovered else ink)
        draw_text(painter, rect, self._label, font, color, direction=self.layoutDirection())

    def _visual(self, rect: QRect) -> QRect:
        return visual_rect(rect, self.rect(), self.layoutDirection())

    def _colors(self) -> tuple[str, str, str]:
        if self._current:
            return "accent", "accent", "onAccent"
        return ("accentSoft", "accentText", "accentText") if self._done else ("", "controlBorder", "muted")


class StepHeader(QWidget):
    """Labels that do not fit are left out: first those of other steps, and the current one says "2 of 4"."""

    step_requested = Signal(int)

    def __init__(self, titles: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles: list[str] = []
        self._steps: list[_Step] = []
        self._current = self._visited = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_titles(titles)

    def set_titles(self, titles: Sequence[str]) -> None:
        self._titles = list(titles)
        while len(self._steps) > len(self._titles):
            self._steps.pop().deleteLater()
        while len(self._steps) < len(self._titles):
            step = _Step(len(self._steps), self)
            step.clicked.connect(self._on_clicked)
            step.show()
            self._steps.append(step)
        self._arrange()

    def set_state(self, current: int, visited: int) -> None:
        """Indexes from 0; every step up to `visited` can be gone back or forward to."""
        self._current, self._visited = current, visited
        self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(theme().scaled(600), theme().height.step_header)

    def minimumSizeHint(self) -> QSize:
        circles = len(self._steps) * (theme().scaled(_CIRCLE) + _LINE_GAP)
        return QSize(circles + theme().scaled(120), theme().height.step_header)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("surface"))
        hairline = theme().color("hairline")
        draw_line(painter, 0, self.height() - 1, self.width(), self.height() - 1, hairline)
        ordered = sorted((step.geometry() for step in self._steps), key=QRect.left)
        for before, after in pairwise(ordered):
            start, end = before.right() + 1 + _LINE_GAP, after.left() - _LINE_GAP
            if end > start:
                draw_line(painter, start, self.height() // 2, end, self.height() // 2, hairline)

    def _arrange(self) -> None:
        margin = theme().space.page_margin if self.width() >= 800 else theme().space.page_margin_narrow
        labels = self._labels(self.width() - 2 * margin)
        for step, title, label in zip(self._steps, self._titles, labels, strict=True):
            step.set_state(
                title,
                label,
                current=step.index == self._current,
                done=step.index < self._visited and step.index != self._current,
                reachable=step.index <= self._visited,
            )
        widths = [step.sizeHint().width() for step in self._steps]
        gaps = max(1, len(widths) - 1)
        gap = max(2 * _LINE_GAP, (self.width() - 2 * margin - sum(widths)) / gaps)
        left = float(margin)
        for step, width in zip(self._steps, widths, strict=True):
            room = max(theme().scaled(_CIRCLE), min(width, self.width() - margin - round(left)))
            height = theme().height.icon_button
            rect = QRect(round(left), (self.height() - height) // 2, room, height)
            step.setGeometry(visual_rect(rect, self.rect(), self.layoutDirection()))
            left += width + gap
        self.update()

    def _labels(self, room: int) -> list[str]:
        line = 2 * _LINE_GAP + _SHORTEST_LINE
        whole = sum(step.width_with(title) for step, title in zip(self._steps, self._titles, strict=True))
        if whole + line * (len(self._steps) - 1) <= room:
            return self._titles
        counted = _("{step} of {steps} {title}")
        return [
            counted.format(step=index + 1, steps=len(self._titles), title=title)
            if index == self._current
            else ""
            for index, title in enumerate(self._titles)
        ]

    @Slot()
    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, _Step):
            self.step_requested.emit(sender.index)
