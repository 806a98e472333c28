"""The return slip as PDF: A4, black on white, for any printer."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextOption,
)

from supportdesk.app import code128
from supportdesk.app.return_slip import Slip, SlipLine
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.theme import theme

_DPI = 300
_MM = _DPI / 25.4
_LEFT, _WIDTH, _TOP, _BOTTOM = 18 * _MM, 174 * _MM, 16 * _MM, 281 * _MM
_BLACK, _GREY = QColor("black"), QColor("dimgray")
_COLUMNS_MM = (27, 46, 25, 16, 32, 28)
_MODULE_MM = 0.5
"""Wide enough for every scanner and printer."""
_CODE_HEIGHT_MM = 16


def slip_pdf(slip: Slip) -> bytes:
    """Belongs to the GUI thread: fonts are measured."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setTitle(_("Return slip {number}").format(number=slip.number))
    writer.setCreator("SupportDesk")
    page = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF())
    writer.setPageLayout(page)
    painter = QPainter(writer)
    _Printing(painter, writer, slip).run()
    painter.end()
    buffer.close()
    return bytes(data.data())


class _Printing:
    def __init__(self, painter: QPainter, writer: QPdfWriter, slip: Slip) -> None:
        self._painter, self._writer, self._slip = painter, writer, slip
        self._y = _TOP
        self._page = 1

    def run(self) -> None:
        self._head()
        self._table_head()
        for line in self._slip.lines:
            self._line(line)
        self._end()

    def _head(self) -> None:
        slip = self._slip
        self._text(_("Return slip"), 20, strong=True)
        self._text(slip.vendor, 11, gap_mm=1)
        if slip.contact:
            self._text(slip.contact, 9, colour=_GREY, gap_mm=1)
        top = self._y
        if slip.code:
            self._code(slip.code)
        self._y = max(self._y, top) + 6 * _MM
        facts = (
            (_("Order number"), slip.number),
            (_("Your reference"), slip.reference),
            (_("Date of order"), formats.full_day(slip.ordered_at)),
            (_("Kind of order"), slip.kind),
            (_("From"), ", ".join(part for part in slip.sender if part)),
            (_("Note"), slip.note),
        )
        for label, value in facts:
            if value:
                self._fact(label, value)
        self._y += 4 * _MM

    def _code(self, text: str) -> None:
        """At the trailing edge of the head, with what it says below."""
        widths = code128.bars(text)
        module = _MODULE_MM * _MM
        x = _LEFT + _WIDTH - sum(widths) * module
        for at, width in enumerate(widths):
            if at % 2 == 0:
                bar = QRectF(x, _TOP, width * module, _CODE_HEIGHT_MM * _MM)
                self._painter.fillRect(bar, _BLACK)
            x += width * module
        font = self._font(10)
        place = QRectF(_LEFT, _TOP + _CODE_HEIGHT_MM * _MM, _WIDTH, self._height(font))
        self._draw(place, text, font, _BLACK, Qt.AlignmentFlag.AlignRight)
        self._y = max(self._y, place.bottom())

    def _fact(self, label: str, value: str) -> None:
        font, indent = self._font(10), 42 * _MM
        self._draw(QRectF(_LEFT, self._y, indent, self._height(font)), label, font, _GREY)
        place = QRectF(
            _LEFT + indent, self._y, _WIDTH - indent, self._height_of(value, font, _WIDTH - indent)
        )
        self._draw(place, value, font, _BLACK)
        self._y = place.bottom() + 1.5 * _MM

    def _table_head(self) -> None:
        heads = (
            _("Article number"),
            _("Name"),
            _("Serial number"),
            _("Quantity"),
            _("Reason"),
            _("Condition"),
        )
        self._cells(heads, self._font(8, strong=True))
        self._rule(_BLACK)

    def _line(self, line: SlipLine) -> None:
        cells = (
            line.number,
            line.name,
            line.serial_number,
            formats.number(line.quantity),
            line.fault,
            line.condition,
        )
        font = self._font(9)
        if self._y + self._row_height(cells, font) > _BOTTOM:
            self._turn()
            self._table_head()
        self._cells(cells, font)
        self._rule(_GREY)

    def _end(self) -> None:
        total = sum(line.quantity for line in self._slip.lines)
        self._y += 2 * _MM
        text = _("Total quantity: {n}").format(n=formats.number(total))
        self._text(text, 10, strong=True)
        self._foot()

    def _turn(self) -> None:
        self._foot()
        self._writer.newPage()
        self._page += 1
        self._y = _TOP

    def _foot(self) -> None:
        text = _("Order {number}, page {page}").format(number=self._slip.number, page=self._page)
        place = QRectF(_LEFT, _BOTTOM + 3 * _MM, _WIDTH, 6 * _MM)
        self._draw(place, text, self._font(8), _GREY, Qt.AlignmentFlag.AlignRight)

    def _cells(self, cells: Sequence[str], font: QFont) -> None:
        height, x = self._row_height(cells, font), _LEFT
        for cell, width_mm in zip(cells, _COLUMNS_MM, strict=True):
            place = QRectF(x, self._y + _MM, width_mm * _MM - 2 * _MM, height)
            self._draw(place, cell, font, _BLACK)
            x += width_mm * _MM
        self._y += height + 2 * _MM

    def _row_height(self, cells: Sequence[str], font: QFont) -> float:
        return max(
            self._height_of(cell, font, width_mm * _MM - 2 * _MM)
            for cell, width_mm in zip(cells, _COLUMNS_MM, strict=True)
        )

    def _rule(self, colour: QColor) -> None:
        self._painter.fillRect(QRectF(_LEFT, self._y, _WIDTH, 0.2 * _MM), colour)
        self._y += 0.2 * _MM

    def _text(
        self, text: str, points: int, *, strong: bool = False, colour: QColor = _BLACK, gap_mm: float = 2
    ) -> None:
        font = self._font(points, strong=strong)
        height = self._height_of(text, font, _WIDTH / 2)
        self._draw(QRectF(_LEFT, self._y, _WIDTH / 2, height), text, font, colour)
        self._y += height + gap_mm * _MM

    def _draw(
        self,
        place: QRectF,
        text: str,
        font: QFont,
        colour: QColor,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        self._painter.setFont(font)
        self._painter.setPen(colour)
        self._painter.drawText(place, text, _wrapping(align))

    def _height(self, font: QFont) -> float:
        return QFontMetricsF(font, self._writer).height()

    def _height_of(self, text: str, font: QFont, width: float) -> float:
        self._painter.setFont(font)
        room = QRectF(0, 0, width, _BOTTOM)
        return max(self._painter.boundingRect(room, text, _wrapping()).height(), self._height(font))

    @staticmethod
    def _font(points: int, *, strong: bool = False) -> QFont:
        font = QFont(theme().font("body", strong=strong))
        font.setPointSizeF(points)
        return font


def _wrapping(align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> QTextOption:
    """At words, and within a word that is longer than its column."""
    option = QTextOption(align)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
