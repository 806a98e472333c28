"""Passing information at the foot of the window, with Undo where something can be undone."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QSizePolicy, QWidget

from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box
from supportdesk.ui.widgets.announce import announce
from supportdesk.ui.widgets.button import Button, IconButton
from supportdesk.ui.widgets.foot import highest_foot
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import row
from supportdesk.ui.widgets.text_label import TextLabel
from supportdesk.ui.widgets.tones import ink_role

_ABOVE_EDGE, _ABOVE_FOOT, _SIDE, _WIDEST = 24, 12, 24, 640
_ICONS = {"success": "check", "info": "info", "warning": "triangle-alert", "danger": "circle-alert"}


class Toast(QWidget):
    """Stays while the pointer or the focus is on it."""

    acted = Signal()
    closed = Signal()

    def __init__(self, text: str, *, tone: str, action: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = TextLabel(text, wrap=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(theme().toast_ms)
        self._timer.timeout.connect(self.dismiss)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(text)
        self._build(tone, action)
        self._cast_shadow()
        self._timer.start()

    @Slot()
    def dismiss(self) -> None:
        if not self.isHidden():
            self.hide()
            self.closed.emit()
            self.deleteLater()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._count_down()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._timer.stop()
        elif event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self._count_down()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill, border = theme().color("raised"), theme().color("hairline")
        draw_box(QPainter(self), self.rect(), fill=fill, border=border, radius=theme().radius.card)

    def _build(self, tone: str, action: str) -> None:
        layout = row(self, gap=12, margins=8)
        layout.addSpacing(8)
        layout.addWidget(IconLabel(_ICONS.get(tone, "info"), role=ink_role(tone)))
        layout.addWidget(self._text, 1)
        if action:
            button = Button(action, "quiet", size="small")
            button.clicked.connect(self._act)
            button.installEventFilter(self)
            layout.addSpacing(theme().space.m)
            layout.addWidget(button)
        close = IconButton("x", _("Close"))
        close.clicked.connect(self.dismiss)
        close.installEventFilter(self)
        layout.addWidget(close)

    def _cast_shadow(self) -> None:
        if theme().is_dark:
            return
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(16)
        shadow.setOffset(0, 4)
        shadow.setColor(QColor(15, 20, 28, 31))
        self.setGraphicsEffect(shadow)

    def _count_down(self) -> None:
        if not self.underMouse() and not self.isAncestorOf(self.window().focusWidget()):
            self._timer.start()

    @Slot()
    def _act(self) -> None:
        self.acted.emit()
        self.dismiss()


class ToastHost(QObject):
    """Shows one toast at a time at the bottom of `window`, above the buttons at the foot of a screen.

    A new one takes the place of the old.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._toast: Toast | None = None
        window.installEventFilter(self)

    def show_toast(self, text: str, *, tone: str = "success", action: str = "") -> Toast:
        """Connect to `acted` of what is returned for the one action."""
        self.dismiss()
        toast = self._toast = Toast(text, tone=tone, action=action, parent=self._window)
        toast.closed.connect(self._forget)
        self._place()
        toast.show()
        toast.raise_()
        announce(toast, text)
        return toast

    @Slot()
    def dismiss(self) -> None:
        if self._toast is not None:
            self._toast.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.StyleChange, QEvent.Type.LayoutRequest}:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        if self._toast is None:
            return
        room = self._window.width() - 2 * _SIDE
        width = min(room, theme().scaled(_WIDEST), self._toast.sizeHint().width())
        height = max(theme().scaled(48), self._toast.heightForWidth(width))
        left = (self._window.width() - width) // 2
        bottom = self._window.height() - _ABOVE_EDGE
        foot = highest_foot(self._window, left, width)
        if foot < self._window.height():
            bottom = min(bottom, foot - _ABOVE_FOOT)
        self._toast.setGeometry(left, max(0, bottom - height), width, height)

    @Slot()
    def _forget(self) -> None:
        self._toast = None
