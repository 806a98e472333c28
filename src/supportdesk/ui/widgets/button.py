"""Push buttons and icon buttons."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyleOptionButton, QToolButton, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.button_style import ButtonKind, ButtonLook, ButtonSize, button_size
from supportdesk.ui.widgets.text_label import plain_tooltip

_TURN_MS, _TURN_DEGREES = 40, 15
_NONE = Qt.KeyboardModifier.NoModifier
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class Button(QPushButton):
    """A button whose kind, icon and busyness the style paints. Texts may carry a mnemonic (`&Next`)."""

    is_final = False
    """Whether what it does cannot be taken back, as with all buttons that warn by their colour."""

    def __init__(
        self,
        text: str = "",
        kind: ButtonKind = "secondary",
        icon: str | None = None,
        *,
        size: ButtonSize = "regular",
        flush: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.look = ButtonLook(kind=kind, size=size, icon=icon or "", flush=flush)
        self._rest_icon = icon or ""
        self._turning = QTimer(self)
        self._turning.setInterval(_TURN_MS)
        self._turning.timeout.connect(self._turn)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def set_kind(self, kind: ButtonKind) -> None:
        self.look.kind = kind
        self._changed()

    def set_icon(self, name: str | None) -> None:
        self._rest_icon = self.look.icon = name or ""
        self._changed()

    def set_trailing_icon(self, name: str | None) -> None:
        self.look.trailing_icon = name or ""
        self._changed()

    def set_strong(self, strong: bool) -> None:
        """Actions repeated on every row are set in regular weight."""
        self.look.strong = strong
        self._changed()

    def set_busy(self, busy: bool) -> None:
        """Disabled with a turning ring while something runs; the text stays."""
        self.setEnabled(not busy)
        self.show_busy(busy)

    def show_busy(self, busy: bool) -> None:
        """The turning ring alone: the focus stays, and whoever is told of a click ignores it."""
        self.look.icon = "loader-circle" if busy else self._rest_icon
        self.look.angle = 0
        if busy and theme().motion_ms("state"):
            self._turning.start()
        else:
            self._turning.stop()
        self._changed()
        parent = self.parentWidget()
        layout = parent.layout() if parent is not None else None
        if layout is not None:
            layout.activate()  # else the text is elided beside the ring until Qt lays out again

    def sizeHint(self) -> QSize:
        """Qt keeps the first one, and knows nothing of an icon that comes later."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        return button_size(theme(), option, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _presses(event):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The first of the two clicks may have brought the question that this button answers."""
        if not self.is_final and self.look.kind != "danger":
            super().mouseDoubleClickEvent(event)

    def _turn(self) -> None:
        self.look.angle = (self.look.angle + _TURN_DEGREES) % 360
        self.update()

    def _changed(self) -> None:
        self.updateGeometry()
        self.update()


class IconButton(QToolButton):
    """An icon that can be pressed; its name is its tool tip."""

    def __init__(
        self,
        name: str,
        accessible_name: str,
        *,
        checkable: bool = False,
        size: int = 32,
        small_icon: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._edge = size
        self._small_icon = small_icon or size < 28
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCheckable(checkable)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_icon(name)
        self.set_label(accessible_name)

    def set_icon(self, name: str) -> None:
        self.setIcon(theme().icon(name, "muted"))
        self.setIconSize(self._icon_size())

    def set_label(self, accessible_name: str) -> None:
        self.setAccessibleName(accessible_name)
        self.setToolTip(plain_tooltip(accessible_name))

    def sizeHint(self) -> QSize:
        edge = theme().height.icon_button + self._edge - 32
        return QSize(edge, edge)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _presses(event):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.setIconSize(self._icon_size())
        super().changeEvent(event)

    def _icon_size(self) -> QSize:
        edge = theme().icon_size.small if self._small_icon else theme().icon_size.control
        return QSize(edge, edge)


def _presses(event: QKeyEvent) -> bool:
    """Enter, like Space: by itself Qt does so in dialogs alone. Held down it presses once."""
    return event.key() in _ENTER and event.modifiers() in (_NONE, Qt.KeyboardModifier.KeypadModifier)


def button(
    text: str,
    kind: ButtonKind = "secondary",
    icon: str | None = None,
    *,
    size: ButtonSize = "regular",
    parent: QWidget | None = None,
) -> Button:
    return Button(text, kind, icon, size=size, parent=parent)


def icon_button(
    name: str,
    accessible_name: str,
    *,
    checkable: bool = False,
    small_icon: bool = False,
    parent: QWidget | None = None,
) -> IconButton:
    """Of 32 px, whatever the size of its icon."""
    return IconButton(name, accessible_name, checkable=checkable, small_icon=small_icon, parent=parent)
