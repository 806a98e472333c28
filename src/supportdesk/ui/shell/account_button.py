"""Who is signed in, top right; opens the menu of accounts."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_icon, draw_text, visual_rect
from supportdesk.ui.widgets.avatar import paint_avatar
from supportdesk.ui.widgets.text_label import plain_tooltip


class AccountButton(QAbstractButton):
    """Avatar, name over organisation, chevron; `set_compact` leaves the words away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._organisation = ""
        self._compact = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_person(self, name: str, organisation: str) -> None:
        self._organisation = organisation
        self.setText(name)
        self.setAccessibleName(_("Account: {name}").format(name=name))
        self.setAccessibleDescription(organisation)
        self.setToolTip(plain_tooltip(f"{name}\n{organisation}".strip()))
        self.updateGeometry()
        self.update()

    def set_compact(self, compact: bool) -> None:
        if compact != self._compact:
            self._compact = compact
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        fixed = 2 * look.space.s + look.scaled(32) + look.space.s + look.icon_size.small
        words = 0 if self._compact else self._words_width() + look.space.m
        return QSize(fixed + words, look.scaled(40))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look, direction = theme(), self.layoutDirection()
        if self.underMouse() or self.isDown():
            role = "controlPressed" if self.isDown() else "controlHover"
            draw_box(painter, self.rect(), fill=look.color(role), border=None, radius=look.radius.button)
        avatar = QRect(look.space.s, (self.height() - look.scaled(32)) // 2, look.scaled(32), look.scaled(32))
        paint_avatar(painter, visual_rect(avatar, self.rect(), direction), self.text())
        if not self._compact:
            self._paint_words(painter, avatar.right() + 1 + look.space.s)
        icon = look.icon_size.small
        chevron = QRect(self.width() - look.space.s - icon, (self.height() - icon) // 2, icon, icon)
        draw_icon(painter, visual_rect(chevron, self.rect(), direction), "chevron-down", "muted")

    def _paint_words(self, painter: QPainter, left: int) -> None:
        look, line = theme(), theme().line_height("caption")
        top = (self.height() - 2 * line) // 2
        for index, (text, strong, role) in enumerate(
            ((self.text(), True, "text"), (self._organisation, False, "muted"))
        ):
            if not self._organisation and index == 0:
                top = (self.height() - line) // 2
            rect = QRect(left, top + index * line, self._words_width(), line)
            draw_text(
                painter,
                visual_rect(rect, self.rect(), self.layoutDirection()),
                text,
                look.font("caption", strong=strong),
                look.color(role),
                direction=self.layoutDirection(),
            )

    def _words_width(self) -> int:
        look = theme()
        name = QFontMetrics(look.font("caption", strong=True)).horizontalAdvance(self.text())
        place = QFontMetrics(look.font("caption")).horizontalAdvance(self._organisation)
        return min(max(name, place) + 2, look.scaled(180))
