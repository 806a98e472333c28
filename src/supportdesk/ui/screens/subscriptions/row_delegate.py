"""One subscription as two lines: its name and price; how it stands, how many, until when."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from supportdesk.app.subscription_tree import Node
from supportdesk.ui.delegates.two_lines import TwoLines
from supportdesk.ui.screens.subscriptions import words
from supportdesk.ui.screens.subscriptions.tree_model import SubscriptionRole
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_text, visual_rect

_DOT_ROOM = 18
_TRAILING = 16


class SubscriptionDelegate(QStyledItemDelegate):
    """`leading` is what stands before each row, at a text size of 100 %."""

    def __init__(self, parent: QWidget, leading: int) -> None:
        super().__init__(parent)
        self._leading = leading

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme().space.page_margin, theme().height.list_row)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        node = index.data(SubscriptionRole.NODE)
        if not isinstance(node, Node):
            return
        painter.save()
        if node.subscription is None:
            self._head(painter, option, node)
        else:
            self._row(painter, option, index, node)
        painter.restore()

    def _row(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        node: Node,
    ) -> None:
        found, row = node.subscription, node.row
        if found is None or row is None:
            return
        sides = (theme().scaled(self._leading) + _DOT_ROOM, _TRAILING)
        lines = TwoLines(painter, option, sides, str(index.data(SubscriptionRole.MARKED)))
        lines.title(node.title, found.price, unread=row.unread)
        lines.chip(*words.chip_of(found, int(index.data(SubscriptionRole.WARN_DAYS))))
        if row.refused:
            lines.icon("circle-alert", "danger")
        elif row.pending:
            lines.icon("cloud-upload")
        if found.key_ids:
            lines.icon("key-round")
        lines.caption(words.detail(node), words.level_name(node.level))

    def _head(self, painter: QPainter, option: QStyleOptionViewItem, node: Node) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected) and theme().is_high_contrast
        place = QRect(option.rect).adjusted(theme().scaled(self._leading) + _DOT_ROOM, 0, -_TRAILING, 0)
        draw_text(
            painter,
            visual_rect(place, option.rect, option.direction),
            node.title,
            theme().font("emphasis", strong=True),
            theme().color("onSelection" if selected else "text"),
            direction=option.direction,
        )
