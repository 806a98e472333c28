"""Icons that are not buttons: alone, in a soft well, or as the vendor's mark."""

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_icon
from supportdesk.ui.widgets.tones import ink_role, soft_role

_TURN_MS, _TURN_STEPS = 40, 24


class _Square(QWidget):
    """Decoration: what it says is said in words beside it, so it has no place in the accessible tree."""

    def __init__(self, size: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        edge = theme().scaled(self._size)
        return QSize(edge, edge)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class IconLabel(_Square):
    """One icon. `spinning` turns it where motion is allowed."""

    def __init__(
        self,
        name: str = "",
        *,
        role: str = "text",
        size: int = 20,
        spinning: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(size, parent)
        self._name, self._role = name, role
        self._step = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_TURN_MS)
        self._timer.timeout.connect(self._turn)
        self._spinning = spinning

    def set_icon(self, name: str, role: str | None = None) -> None:
        self._name, self._role = name, role or self._role
        self.update()

    def set_spinning(self, spinning: bool) -> None:
        self._spinning = spinning
        self._step = 0
        self._keep_turning()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keep_turning()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._name:
            return
        painter = QPainter(self)
        if not self._step:
            draw_icon(painter, self.rect(), self._name, self._role)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(self.width() / 2, self.height() / 2)
        painter.rotate(360 * self._step / _TURN_STEPS)
        pixmap = theme().pixmap(self._name, self._role, self.width(), self.devicePixelRatioF())
        painter.drawPixmap(-self.width() // 2, -self.height() // 2, pixmap)

    def _keep_turning(self) -> None:
        if self._spinning and self.isVisible() and theme().motion_ms("state"):
            self._timer.start()
        else:
            self._timer.stop()
        self.update()

    def _turn(self) -> None:
        self._step = (self._step + 1) % _TURN_STEPS
        self.update()


class IconWell(_Square):
    """A soft rounded square that carries an icon in its tone."""

    def __init__(
        self, name: str = "", *, tone: str = "accent", size: int = 40, parent: QWidget | None = None
    ) -> None:
        super().__init__(size, parent)
        self._name, self._tone = name, tone

    def set_icon(self, name: str, tone: str | None = None) -> None:
        self._name, self._tone = name, tone or self._tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_well(QPainter(self), self.rect(), self._name, self._tone)


class VendorMark(_Square):
    """The vendor's logo; an icon on the accent until there is one."""

    def __init__(self, *, icon: str = "life-buoy", size: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(size, parent)
        self._icon = icon
        self._logo: QSvgRenderer | None = None

    def set_icon(self, name: str) -> None:
        self._icon = name
        self.update()

    def set_logo(self, svg: str) -> None:
        """A drawing as profiles bring them; '' brings the icon back."""
        self._logo = QSvgRenderer(QByteArray(svg.encode()), self) if svg else None
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._logo is not None:
            self._logo.render(painter, QRectF(self.rect()))
            return
        draw_box(painter, self.rect(), fill=theme().color("accent"), radius=theme().radius.chip)
        inset = round(self.width() / 7)
        draw_icon(painter, self.rect().adjusted(inset, inset, -inset, -inset), self._icon, "onAccent")


def paint_well(painter: QPainter, rect: QRect, name: str, tone: str) -> None:
    outlined = theme().is_high_contrast and rect.width() > theme().scaled(40)
    border = theme().color(ink_role(tone)) if outlined else None
    draw_box(painter, rect, fill=theme().color(soft_role(tone)), border=border, radius=theme().radius.card)
    if name:
        edge = rect.width() // 2 // 4 * 4
        place = QRect(0, 0, edge, edge)
        place.moveCenter(rect.center())
        place.translate((rect.width() - edge) % 2, 0)
        draw_icon(painter, place, name, ink_role(tone))
