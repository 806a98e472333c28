"""How buttons are painted and measured."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStyleOptionToolButton, QWidget

from supportdesk.ui.theme.painting import draw_box, draw_icon, visual_rect

if TYPE_CHECKING:
    from supportdesk.ui.theme.look import Theme

ButtonKind: TypeAlias = Literal["primary", "secondary", "quiet", "neutral", "danger", "link"]
ButtonSize: TypeAlias = Literal["regular", "small", "large"]

_State = QStyle.StateFlag


@dataclass(slots=True)
class ButtonLook:
    """What a push button carries for the style beside its text."""

    kind: ButtonKind = "secondary"
    size: ButtonSize = "regular"
    icon: str = ""
    trailing_icon: str = ""
    strong: bool = True
    angle: int = 0
    flush: bool = False
    """A link whose words end at its edges: they stand in line with what is above and below."""

    def height(self, theme: "Theme") -> int:
        heights = theme.height
        by_size = {"small": heights.button_small, "large": heights.button_large}
        return by_size.get(self.size, heights.button)

    def padding(self, *, beside_icon: bool) -> int:
        if self.kind == "link":
            return 0 if self.flush else 8
        if self.size == "small":
            return 10 if beside_icon else 12
        return 12 if beside_icon else 16


@dataclass(frozen=True, slots=True)
class _Colors:
    text: str
    fill: str = ""
    border: str = ""


_DISABLED = _Colors("disabledText", "sunken", "hairline")
_REST: dict[str, _Colors] = {
    "primary": _Colors("onAccent", "accent"),
    "secondary": _Colors("text", "control", "controlBorder"),
    "quiet": _Colors("accentText"),
    "neutral": _Colors("text"),
    "danger": _Colors("danger", "control", "danger"),
    "link": _Colors("accentText"),
}
_HOVER: dict[str, _Colors] = {
    "primary": _Colors("onAccent", "accentHover"),
    "secondary": _Colors("text", "controlHover", "controlBorder"),
    "quiet": _Colors("accentText", "controlHover"),
    "neutral": _Colors("text", "controlHover"),
    "danger": _Colors("danger", "dangerSoft", "danger"),
    "link": _Colors("accentText"),
}
_PRESSED: dict[str, _Colors] = {
    "primary": _Colors("onAccent", "accentPressed"),
    "secondary": _Colors("text", "controlPressed", "controlBorder"),
    "quiet": _Colors("accentText", "controlPressed"),
    "neutral": _Colors("text", "controlPressed"),
    "danger": _Colors("onDanger", "danger", "danger"),
    "link": _Colors("accentText"),
}


def look_of(widget: QWidget | None) -> ButtonLook:
    """Qt's own buttons (message boxes, file dialogs) look secondary, their default one primary."""
    look = getattr(widget, "look", None)
    if isinstance(look, ButtonLook):
        return look
    is_default = isinstance(widget, QPushButton) and widget.isDefault()
    return ButtonLook(kind="primary" if is_default else "secondary")


def button_size(theme: "Theme", option: QStyleOptionButton, widget: QWidget | None) -> QSize:
    look = look_of(widget)
    width = _text_width(theme, look, option.text)
    width += look.padding(beside_icon=_has_leading_icon(look, option))
    width += look.padding(beside_icon=bool(look.trailing_icon))
    icons = int(_has_leading_icon(look, option)) + bool(look.trailing_icon)
    width += icons * theme.icon_size.control + (8 * icons if option.text else 0)
    return QSize(width, look.height(theme))


def paint_bevel(
    theme: "Theme", option: QStyleOptionButton, painter: QPainter, widget: QWidget | None
) -> None:
    colors = _colors(look_of(widget).kind, option.state)
    if colors.fill:
        border = theme.color(colors.border) if colors.border else None
        draw_box(
            painter, option.rect, fill=theme.color(colors.fill), border=border, radius=theme.radius.button
        )


def paint_label(
    theme: "Theme", option: QStyleOptionButton, painter: QPainter, widget: QWidget | None
) -> None:
    look = look_of(widget)
    color = theme.color(_colors(look.kind, option.state).text)
    content = _content_rect(theme, look, option)
    size, gap = theme.icon_size.control, 8
    if _has_leading_icon(look, option):
        leading = QRect(content.left(), content.center().y() - size // 2 + 1, size, size)
        _paint_leading(painter, visual_rect(leading, option.rect, option.direction), look, option, color)
        content.setLeft(content.left() + size + gap)
    if look.trailing_icon:
        trailing = QRect(content.right() - size + 1, content.center().y() - size // 2 + 1, size, size)
        draw_icon(painter, visual_rect(trailing, option.rect, option.direction), look.trailing_icon, color)
        content.setRight(content.right() - size - gap)
    _paint_text(theme, painter, visual_rect(content, option.rect, option.direction), look, option, color)


def paint_tool_button(
    theme: "Theme", option: QStyleOptionToolButton, painter: QPainter, widget: QWidget | None
) -> None:
    state = option.state
    fill = _tool_fill(state)
    if fill:
        draw_box(painter, option.rect, fill=theme.color(fill), radius=theme.radius.button)
        if fill == "accentSoft" and theme.is_high_contrast:
            draw_box(painter, option.rect, border=theme.color("accentText"), radius=theme.radius.button)
    icon = option.icon.pixmap(option.iconSize, painter.device().devicePixelRatioF(), *_icon_mode(state))
    width = icon.deviceIndependentSize().toSize().width() if not icon.isNull() else 0
    content = option.rect.adjusted(6, 0, -6, 0)
    beside = option.toolButtonStyle == Qt.ToolButtonStyle.ToolButtonTextBesideIcon and bool(option.text)
    only_text = option.toolButtonStyle == Qt.ToolButtonStyle.ToolButtonTextOnly
    if width and not only_text:
        place = QRect(0, 0, width, width)
        place.moveCenter(content.center())
        if beside:
            place.moveLeft(content.left())
        place = visual_rect(place, option.rect, option.direction)
        painter.drawPixmap(place.topLeft(), icon)
    if beside or only_text:
        text = content.adjusted((width + 8) if beside and width else 0, 0, 0, 0)
        color = theme.color("text" if state & _State.State_Enabled else "disabledText")
        painter.setFont(widget.font() if widget else theme.font())
        painter.setPen(color)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(
            visual_rect(text, option.rect, option.direction),
            int(QStyle.visualAlignment(option.direction, flags)) | Qt.TextFlag.TextShowMnemonic,
            option.text,
        )


def tool_button_size(theme: "Theme", option: QStyleOptionToolButton, widget: QWidget | None) -> QSize:
    edge = theme.height.icon_button
    if option.toolButtonStyle == Qt.ToolButtonStyle.ToolButtonIconOnly or not option.text:
        return QSize(edge, edge)
    metrics = widget.fontMetrics() if widget else QFontMetrics(theme.font())
    width = 12 + metrics.size(Qt.TextFlag.TextShowMnemonic, option.text).width()
    if option.toolButtonStyle != Qt.ToolButtonStyle.ToolButtonTextOnly and not option.icon.isNull():
        width += option.iconSize.width() + 8
    return QSize(width, edge)


def _colors(kind: str, state: QStyle.StateFlag) -> _Colors:
    if not state & _State.State_Enabled:
        return _DISABLED if kind not in {"quiet", "neutral", "link"} else _Colors("disabledText")
    if state & (_State.State_Sunken | _State.State_On):
        return _PRESSED[kind]
    return _HOVER[kind] if state & _State.State_MouseOver else _REST[kind]


def _tool_fill(state: QStyle.StateFlag) -> str:
    if not state & _State.State_Enabled:
        return ""
    if state & _State.State_Sunken:
        return "controlPressed"
    if state & _State.State_On:
        return "accentSoft"
    return "controlHover" if state & _State.State_MouseOver else ""


def _icon_mode(state: QStyle.StateFlag) -> tuple[QIcon.Mode, QIcon.State]:
    mode = QIcon.Mode.Normal
    if not state & _State.State_Enabled:
        mode = QIcon.Mode.Disabled
    elif state & (_State.State_MouseOver | _State.State_Sunken):
        mode = QIcon.Mode.Active
    return mode, QIcon.State.On if state & _State.State_On else QIcon.State.Off


def _font(theme: "Theme", look: ButtonLook) -> QFont:
    return theme.font("body", strong=look.strong)


def _text_width(theme: "Theme", look: ButtonLook, text: str) -> int:
    """Rounded up: a text that fits must not be elided for a fraction of a pixel."""
    return QFontMetrics(_font(theme, look)).size(Qt.TextFlag.TextShowMnemonic, text).width() + 1


def _has_leading_icon(look: ButtonLook, option: QStyleOptionButton) -> bool:
    return bool(look.icon) or not option.icon.isNull()


def _content_rect(theme: "Theme", look: ButtonLook, option: QStyleOptionButton) -> QRect:
    """Icons and text together, centred; a link starts at the leading edge."""
    icons = int(_has_leading_icon(look, option)) + bool(look.trailing_icon)
    width = _text_width(theme, look, option.text) + icons * theme.icon_size.control
    width += 8 * icons if option.text else 0
    space = option.rect.adjusted(
        look.padding(beside_icon=_has_leading_icon(look, option)),
        0,
        -look.padding(beside_icon=bool(look.trailing_icon)),
        0,
    )
    slack = max(0, space.width() - width)
    return QRect(space.left() + slack // 2, space.top(), space.width() - slack, space.height())


def _paint_leading(
    painter: QPainter, rect: QRect, look: ButtonLook, option: QStyleOptionButton, color: QColor
) -> None:
    if not look.icon:
        mode = QIcon.Mode.Normal if option.state & _State.State_Enabled else QIcon.Mode.Disabled
        option.icon.paint(painter, rect, Qt.AlignmentFlag.AlignCenter, mode)
        return
    if not look.angle:
        draw_icon(painter, rect, look.icon, color)
        return
    painter.save()
    painter.translate(rect.center())
    painter.rotate(look.angle)
    draw_icon(
        painter, QRect(-rect.width() // 2, -rect.height() // 2, rect.width(), rect.height()), look.icon, color
    )
    painter.restore()


def _paint_text(
    theme: "Theme",
    painter: QPainter,
    rect: QRect,
    look: ButtonLook,
    option: QStyleOptionButton,
    color: QColor,
) -> None:
    font = _font(theme, look)
    text = QFontMetrics(font).elidedText(
        option.text, Qt.TextElideMode.ElideRight, rect.width(), int(Qt.TextFlag.TextShowMnemonic)
    )
    painter.setFont(font)
    painter.setPen(color)
    centred = Qt.AlignmentFlag.AlignCenter | cast("Qt.AlignmentFlag", Qt.TextFlag.TextShowMnemonic)
    painter.drawText(rect, int(centred), text)
