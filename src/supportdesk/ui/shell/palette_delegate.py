"""Paints one row of the palette: icon, title with the matches marked, detail, keys or vendor."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from supportdesk.app.palette import SECTION_TITLES, PaletteItem, Section
from supportdesk.i18n import _
from supportdesk.ui.shell.palette_model import ITEM_ROLE
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_icon, draw_text, visual_rect
from supportdesk.ui.widgets.chip import status_text

_Index = QModelIndex | QPersistentModelIndex


class PaletteDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        is_heading = isinstance(index.data(ITEM_ROLE), Section)
        return QSize(0, theme().scaled(32 if is_heading else 40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        entry = index.data(ITEM_ROLE)
        if isinstance(entry, PaletteItem):
            self._paint_item(painter, option, entry)
        else:
            self._paint_heading(painter, option, entry)
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, section: Section) -> None:
        look = theme()
        rect = option.rect.adjusted(look.space.m, look.space.s, -look.space.m, 0)
        font = look.font("caption", strong=True)
        draw_text(
            painter, rect, _(SECTION_TITLES[section]), font, look.color("muted"), direction=option.direction
        )

    def _paint_item(self, painter: QPainter, option: QStyleOptionViewItem, item: PaletteItem) -> None:
        look, rect = theme(), option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            draw_box(painter, rect, fill=look.color("selection"), border=None, radius=look.radius.button)
        ink = "onSelection" if selected else "text"
        size = look.icon_size.control
        icon = QRect(rect.left() + look.space.m, rect.center().y() - size // 2, size, size)
        draw_icon(
            painter,
            visual_rect(icon, rect, option.direction),
            item.icon,
            "accentText" if selected and not look.is_high_contrast else ink if selected else "muted",
        )
        left = icon.right() + 1 + look.space.m
        right = self._paint_end(painter, option, item, selected=selected)
        self._paint_words(painter, option, item, QRect(left, rect.top(), right - left, rect.height()))

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, item: PaletteItem, room: QRect
    ) -> None:
        look = theme()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        strong = selected and item.section is Section.ACTIONS
        font = look.font(strong=strong)
        metrics = QFontMetrics(font)
        title = metrics.elidedText(item.title, Qt.TextElideMode.ElideRight, room.width())
        if not selected:
            self._paint_marks(painter, option, item, room, metrics)
        ink = look.color("onSelection" if selected else "text")
        visual = visual_rect(room, option.rect, option.direction)
        width = draw_text(painter, visual, title, font, ink, direction=option.direction)
        rest = room.adjusted(width + look.space.m, 0, 0, 0)
        detail = detail_text(item)
        if detail and rest.width() > look.space.xxl:
            muted = look.color("onSelection" if selected and look.is_high_contrast else "muted")
            draw_text(
                painter,
                visual_rect(rest, option.rect, option.direction),
                detail,
                look.font(),
                muted,
                direction=option.direction,
            )

    def _paint_marks(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        item: PaletteItem,
        room: QRect,
        metrics: QFontMetrics,
    ) -> None:
        look = theme()
        for start, end in item.spans:
            before = metrics.horizontalAdvance(item.title[:start])
            width = metrics.horizontalAdvance(item.title[:end]) - before
            mark = QRect(
                room.left() + before, room.center().y() - metrics.height() // 2, width, metrics.height()
            )
            if mark.right() <= room.right():
                draw_box(
                    painter,
                    visual_rect(mark, option.rect, option.direction),
                    fill=look.color("warningSoft"),
                    border=look.color("warning") if look.is_high_contrast else None,
                    radius=2,
                )

    def _paint_end(
        self, painter: QPainter, option: QStyleOptionViewItem, item: PaletteItem, *, selected: bool
    ) -> int:
        """Draws what stands at the end of the row and returns where it begins."""
        look, rect = theme(), option.rect
        end = rect.right() - look.space.m
        if item.vendor:
            size = look.icon_size.control
            mark = QRect(end - size, rect.center().y() - size // 2, size, size)
            self._paint_vendor(painter, visual_rect(mark, rect, option.direction), item)
            return mark.left() - look.space.s
        keys = _("Enter") if selected and not item.shortcut else _native(item.shortcut)
        if not keys:
            return end
        font = look.font("caption")
        width = QFontMetrics(font).horizontalAdvance(keys) + 2 * look.space.s
        cap = QRect(end - width, rect.center().y() - look.scaled(10), width, look.scaled(20))
        visual = visual_rect(cap, rect, option.direction)
        draw_box(
            painter,
            visual,
            fill=look.color("sunken"),
            border=look.color("hairline"),
            radius=look.radius.tag,
        )
        draw_text(painter, visual, keys, font, look.color("muted"), align=Qt.AlignmentFlag.AlignHCenter)
        return cap.left() - look.space.s

    def _paint_vendor(self, painter: QPainter, mark: QRect, item: PaletteItem) -> None:
        look = theme()
        fill, ink = look.brand_colors(item.vendor_colour)
        draw_box(painter, mark, fill=fill, border=None, radius=look.radius.tag)
        inset = look.space.xs // 2
        draw_icon(painter, mark.adjusted(inset, inset, -inset, -inset), item.vendor_icon, ink)


def detail_text(item: PaletteItem) -> str:
    """What stands beside the title: number or vendor, and how it stands."""
    state = item.state_name or (status_text(item.stage) if item.stage else "")
    return " · ".join(filter(None, (item.detail, state)))


def _native(shortcut: str) -> str:
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText).replace("+", " ")
