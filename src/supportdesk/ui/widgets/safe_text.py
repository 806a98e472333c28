"""The one viewer for text of servers, profiles and other people."""

from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from supportdesk.app.markup import is_safe_link, sanitise_html, to_safe_html
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.text_label import plain_tooltip

_NOTHING = QByteArray(b"\0")


class SafeText(QTextBrowser):
    """Loads nothing whatever the address, opens nothing by itself; as high as its text.

    `link_requested` carries an http, https or mailto address that was pressed; the tool tip shows it before.
    """

    link_requested = Signal(str)

    def __init__(
        self, text: str = "", *, kind: str = "body", tone: str = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kind, self._tone = kind, tone
        self._html, self._is_plain = "", True
        self._height = 0
        self._prepare()
        self.anchorClicked.connect(self._on_anchor)
        self.highlighted.connect(self._on_highlighted)
        self.set_text(text)

    def set_text(self, markdownish: str) -> None:
        """Plain text in which a few Markdown marks may occur."""
        self._show(to_safe_html(markdownish).strip(), plain=False)

    def set_html_source(self, html: str) -> None:
        """Foreign HTML: everything but harmless structure is removed."""
        self._show(sanitise_html(html).strip(), plain=False)

    def set_plain(self, text: str) -> None:
        self._show(text, plain=True)

    def setText(self, text: str) -> None:
        """Qt's own guesses rich text, and then opens the local files that it names."""
        self.set_plain(text)

    def plain_text(self) -> str:
        return self.toPlainText()

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:
        """One meaningless byte for every kind and scheme: a picture in a message must not call home.

        Not None: for that QTextDocument opens local files itself.
        """
        return _NOTHING

    def doSetSource(self, _name: QUrl | str, _kind: object = None) -> None:
        """The viewer never goes anywhere."""

    def sizeHint(self) -> QSize:
        return QSize(theme().scaled(320), self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().scaled(80), self._height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.PaletteChange} and hasattr(self, "_html"):
            self._show(self._html, plain=self._is_plain)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page around it scrolls."""
        event.ignore()

    def _prepare(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("focusRing", True)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.document().setIndentWidth(theme().space.xl)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def _show(self, source: str, *, plain: bool) -> None:
        self._html, self._is_plain = source, plain
        self.document().setDefaultFont(theme().font(self._kind))
        self.document().setDefaultStyleSheet(self._style())
        if plain:
            self.setPlainText(source)
        else:
            self.setHtml(source)
        self._set_lines()
        self._measure()

    def _style(self) -> str:
        link, soft = theme().color("accentText").name(), theme().color("neutralSoft").name()
        text, mono = theme().color(self._tone).name(), theme().font("mono")
        size = theme().font(self._kind).pixelSize()
        code = f"font-family: '{mono.family()}'; font-size: {mono.pixelSize()}px;"
        return f"""
            body {{ color: {text}; }} a {{ color: {link}; text-decoration: underline; }}
            p, ul, ol, pre, blockquote, h1, h2, h3, h4, h5, h6 {{ margin-top: 0; margin-bottom: 8px; }}
            h1, h2 {{ font-size: {round(size * 8 / 7)}px; font-weight: 600; }}
            h3, h4, h5, h6 {{ font-size: {size}px; font-weight: 600; }}
            code, pre {{ {code} background-color: {soft}; }}
            strong, b, th {{ font-weight: 600; }}
            blockquote {{ color: {theme().color("muted").name()}; }}
        """

    def _set_lines(self) -> None:
        """The design's line height; no gap after the last paragraph."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        lines = QTextBlockFormat()
        lines.setLineHeight(
            theme().line_height(self._kind), QTextBlockFormat.LineHeightTypes.MinimumHeight.value
        )
        cursor.mergeBlockFormat(lines)
        self._set_headings()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        last = cursor.blockFormat()
        last.setBottomMargin(0)
        cursor.setBlockFormat(last)

    def _set_headings(self) -> None:
        """Qt enlarges headings beyond the size in the style sheet; and they need air above them."""
        size, air = QTextCharFormat(), QTextBlockFormat()
        size.setProperty(QTextFormat.Property.FontSizeAdjustment.value, 0)
        air.setTopMargin(theme().space.l)
        document = self.document()
        for number in range(document.blockCount()):
            block = document.findBlockByNumber(number)
            if block.blockFormat().headingLevel():
                cursor = QTextCursor(block)
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(size)
                if number:
                    cursor.mergeBlockFormat(air)

    def _measure(self) -> None:
        width = self.viewport().width()
        if width > 0:
            self.document().setTextWidth(width)
        height = int(self.document().size().height() + 0.99)
        if height != self._height:
            self._height = height
            self.setFixedHeight(height)
            self.updateGeometry()

    @Slot(QUrl)
    def _on_anchor(self, url: QUrl) -> None:
        address = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
        if is_safe_link(address):
            self.link_requested.emit(address)

    @Slot(QUrl)
    def _on_highlighted(self, url: QUrl) -> None:
        self.setToolTip(plain_tooltip(url.toString()))
