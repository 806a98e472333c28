"""Labels that show text as text, in the line box of the design."""

import html

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget

from supportdesk.ui.theme import theme

_LEADING = Qt.AlignmentFlag.AlignLeft
_UNLIMITED = 1 << 20
_KEPT_WIDTHS = 32
_ONE_LINE_CHARS = 80
"""Of a tool tip: only rich text is wrapped."""
_WHOLE_WORD_CHARS = len("Datenschutzgrundverordnung")
"""A longer word goes on in the next line, instead of making all that is around it as wide."""


class TextLabel(QLabel):
    """Plain text only. QLabel has no line height: lines are laid out here."""

    def __init__(
        self,
        text: str = "",
        *,
        kind: str = "body",
        tone: str = "text",
        strong: bool = False,
        wrap: bool = False,
        align: Qt.AlignmentFlag = _LEADING,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind, self._tone, self._strong, self._tabular = kind, tone, strong, tabular
        self._counted: tuple[object, ...] = ()
        self._counts: dict[int, int] = {}
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(align | (Qt.AlignmentFlag.AlignTop if wrap else Qt.AlignmentFlag.AlignVCenter))
        self.setWordWrap(wrap)
        vertical = QSizePolicy.Policy.Minimum if wrap else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self._apply_font()
        self.setText(text)

    def set_tone(self, role: str) -> None:
        """A colour role of the theme."""
        self._tone = role
        self.update()

    def set_kind(self, kind: str, *, strong: bool = False) -> None:
        self._kind, self._strong = kind, strong
        self._apply_font()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        lines = self._layout(self._widest() if self.wordWrap() else _UNLIMITED)
        width = max((line.naturalTextWidth() for line in _lines(lines)), default=0)
        return QSize(_ceil(width), self._line_height() * max(1, lines.lineCount()))

    def minimumSizeHint(self) -> QSize:
        if not self.wordWrap():
            return self.sizeHint()
        metrics = QFontMetrics(self.font())
        words = (word for word in self.text().split() if len(word) <= _WHOLE_WORD_CHARS)
        longest = max(map(metrics.horizontalAdvance, words), default=0)
        return QSize(longest + 1, self._line_height())

    def heightForWidth(self, width: int) -> int:
        if not self.wordWrap():
            return -1
        return self._line_height() * self._line_count(width)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._apply_font()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme().color(self._tone if self.isEnabled() else "disabledText"))
        lines = self._layout(self.width() if self.wordWrap() else _UNLIMITED, self.shown_text())
        height = self._line_height() * max(1, lines.lineCount())
        top = 0 if self.alignment() & Qt.AlignmentFlag.AlignTop else (self.height() - height) // 2
        for line in _lines(lines):
            line.draw(painter, QPointF(self._left(line.naturalTextWidth()) - line.x(), top))

    def shown_text(self) -> str:
        return self.text()

    def _apply_font(self) -> None:
        self.setFont(theme().font(self._kind, strong=self._strong, tabular=self._tabular))

    def _line_height(self) -> int:
        return theme().line_height(self._kind)

    def _widest(self) -> int:
        """Running text is easiest to read up to 75 characters a line."""
        return QFontMetrics(self.font()).averageCharWidth() * 75

    def _line_count(self, width: int) -> int:
        """Kept, because Qt asks for the same widths again and again."""
        counted = self.text(), self.font().key(), self.layoutDirection()
        if counted != self._counted or len(self._counts) > _KEPT_WIDTHS:
            self._counted, self._counts = counted, {}
        if width not in self._counts:
            self._counts[width] = max(1, self._layout(width).lineCount())
        return self._counts[width]

    def _left(self, width: float) -> float:
        align = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        if align & Qt.AlignmentFlag.AlignRight:
            return self.width() - width
        return (self.width() - width) / 2 if align & Qt.AlignmentFlag.AlignHCenter else 0

    def _layout(self, width: int, text: str | None = None) -> QTextLayout:
        shown = self.text() if text is None else text
        layout = QTextLayout(shown.replace("\n", "\u2028"), self.font())
        option = QTextOption()
        option.setTextDirection(self.layoutDirection())
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        y, height = 0, self._line_height()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y + (height - line.height()) / 2))
            y += height
        layout.endLayout()
        return layout


class ElidedLabel(TextLabel):
    """One line that gives way; what is cut stands whole in the tool tip."""

    def __init__(
        self,
        text: str = "",
        *,
        kind: str = "body",
        tone: str = "text",
        strong: bool = False,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        self._mode = mode
        super().__init__(text, kind=kind, tone=tone, strong=strong, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """No more than the text itself needs, else a short one would push its neighbours."""
        least = QFontMetrics(self.font()).horizontalAdvance("mmm…")
        return QSize(min(least, self.sizeHint().width()), self._line_height())

    def setText(self, text: str) -> None:
        super().setText(text)
        self._tell_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def shown_text(self) -> str:
        line = " ".join(self.text().splitlines())
        return QFontMetrics(self.font()).elidedText(line, self._mode, self.width())

    def _tell_whole(self) -> None:
        self.setToolTip(plain_tooltip(self.text()) if self.shown_text() != self.text() else "")


class SectionLabel(TextLabel):
    """The heading of a part of a screen."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, kind="section", wrap=True, parent=parent)


class PageTitle(TextLabel):
    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, kind="title", wrap=True, parent=parent)


def plain_tooltip(text: str) -> str:
    """`text` so that a tool tip shows it as it is: Qt guesses rich text and would open local files for it.

    Short text without markup signs stays what it is, because screen readers read tool tips aloud.
    """
    if len(text) <= _ONE_LINE_CHARS and not {"<", "&"} & set(text):
        return text
    return f'<p style="white-space:pre-wrap">{html.escape(text)}</p>'


def _lines(layout: QTextLayout) -> list[QTextLine]:
    return [layout.lineAt(index) for index in range(layout.lineCount())]


def _ceil(width: float) -> int:
    return int(width) + 1
