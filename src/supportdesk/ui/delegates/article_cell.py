"""One cell of the articles that are being written: a field, a choice, the files, or the bin."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from supportdesk.i18n import _
from supportdesk.ui.models.article_model import TITLES, CellRole, Column
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import (
    draw_box,
    draw_focus_inside,
    draw_icon,
    draw_line,
    draw_text,
    visual_rect,
)
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.line_edit import LineEdit

Index = QModelIndex | QPersistentModelIndex
_AROUND, _GAP, _INSIDE, _BESIDE_ARROW = 10, 6, 10, 12


def row_height() -> int:
    return theme().height.field + 2 * _AROUND


def field_rect(cell: QRect) -> QRect:
    """Where the field is drawn, and edited."""
    return QRect(cell.left() + _GAP, cell.top() + _AROUND, cell.width() - 2 * _GAP, theme().height.field)


def choice_width(words: str) -> int:
    """Of a cell in which `words` are chosen and not cut, also while it is edited."""
    around = 2 * _GAP + 2 * _INSIDE + theme().icon_size.small + _BESIDE_ARROW
    return QFontMetrics(theme().font("body")).horizontalAdvance(words) + around


class ArticleCellDelegate(QStyledItemDelegate):
    """`pasted` carries several cells at once; `entered` says that Enter ended the editing of a cell."""

    pasted = Signal(str)
    entered = Signal()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        choices, title = index.data(CellRole.CHOICES), _(TITLES[Column(index.column())])
        kept = QPersistentModelIndex(index)
        if choices:
            combo = Combo(choices, accessible_name=title, parent=parent)
            combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.changed.connect(lambda _key: self.commitData.emit(combo))
            return combo
        field = LineEdit(parent=parent)
        field.setAccessibleName(title)
        if index.column() == Column.QUANTITY:
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.textEdited.connect(lambda text: _write(kept, text))
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        said = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, Combo):
            editor.set_value(said)
        elif isinstance(editor, LineEdit) and editor.text() != said:
            editor.setText(said)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, Combo):
            model.setData(index, editor.value() or "")
        elif isinstance(editor, LineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        editor.setGeometry(field_rect(option.rect))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.matches(QKeySequence.StandardKey.Paste) and _several_cells():
                self.pasted.emit(QGuiApplication.clipboard().text())
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(editor, LineEdit):
                self.commitData.emit(editor)
                self.closeEditor.emit(editor)
                self.entered.emit()
                return True
            if event.key() == Qt.Key.Key_F2 and isinstance(editor, Combo):
                editor.showPopup()
                return True
        return super().eventFilter(editor, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        column, cell = Column(index.column()), option.rect
        painter.fillRect(cell, theme().color("surface"))
        draw_line(
            painter, cell.left(), cell.bottom(), cell.right() + 1, cell.bottom(), theme().color("hairline")
        )
        place = field_rect(cell)
        if column is Column.FILES:
            self._files(painter, option, place, str(index.data()))
        elif column is Column.REMOVE:
            edge = theme().icon_size.control
            bin_place = QRect(0, 0, edge, edge)
            bin_place.moveCenter(place.center())
            draw_icon(painter, bin_place, "trash", "muted")
        else:
            self._field(painter, option, place, index)
        if option.state & QStyle.StateFlag.State_HasFocus and column >= Column.FILES:
            draw_focus_inside(painter, place)
        painter.restore()

    @staticmethod
    def _files(painter: QPainter, option: QStyleOptionViewItem, place: QRect, words: str) -> None:
        edge = theme().icon_size.control
        icon = QRect(place.left(), place.top(), edge, place.height())
        draw_icon(painter, visual_rect(icon, option.rect, option.direction), "paperclip", "text")
        text = place.adjusted(edge + theme().space.s, 0, 0, 0)
        draw_text(
            painter,
            visual_rect(text, option.rect, option.direction),
            words,
            theme().font("body"),
            theme().color("text"),
            direction=option.direction,
        )

    @staticmethod
    def _field(painter: QPainter, option: QStyleOptionViewItem, place: QRect, index: Index) -> None:
        problem, choices = str(index.data(CellRole.PROBLEM)), index.data(CellRole.CHOICES)
        column, words, direction = Column(index.column()), str(index.data()), option.direction
        border = "danger" if problem else "controlBorder"
        draw_box(
            painter,
            visual_rect(place, option.rect, direction),
            fill=theme().color("control"),
            border=theme().color(border),
            radius=theme().radius.field,
        )
        inner = place.adjusted(_INSIDE, 0, -_INSIDE, 0)
        if choices:
            edge = theme().icon_size.small
            arrow = QRect(inner.right() + 1 - edge, inner.top(), edge, inner.height())
            draw_icon(painter, visual_rect(arrow, option.rect, direction), "chevron-down", "muted")
            inner.adjust(0, 0, -edge - 4, 0)
        ink = "text" if words else "muted"
        shown = words or (_("Choose") if choices else "")
        font = theme().font("body", tabular=column is Column.QUANTITY)
        align = Qt.AlignmentFlag.AlignRight if column is Column.QUANTITY else Qt.AlignmentFlag.AlignLeft
        elided = QFontMetrics(font).elidedText(shown, Qt.TextElideMode.ElideRight, inner.width())
        where = visual_rect(inner, option.rect, direction)
        draw_text(painter, where, elided, font, theme().color(ink), align=align, direction=direction)


def _write(index: QPersistentModelIndex, text: str) -> None:
    """While it is typed: what is written survives whatever happens to this computer."""
    if index.isValid():
        model = index.model()
        model.setData(model.index(index.row(), index.column()), text)


def _several_cells() -> bool:
    text = QGuiApplication.clipboard().text().rstrip("\r\n")
    return "\t" in text or "\n" in text
