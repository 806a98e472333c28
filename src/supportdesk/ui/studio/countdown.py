"""The seconds until the capture, shown without taking the keyboard from the program to be captured."""

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCursor, QFont, QFontMetrics, QGuiApplication, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from supportdesk.i18n import _
from supportdesk.ui.studio.escape_key import EscapeKey
from supportdesk.ui.studio.night import night
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_text
from supportdesk.ui.widgets.announce import announce

_FLAGS = (
    Qt.WindowType.Tool
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
    | Qt.WindowType.BypassWindowManagerHint
)
_SECOND_MS = 1000


class Countdown(QWidget):
    """A click cancels, and Esc where the system tells of it. Hidden when it is over or cancelled."""

    finished = Signal()
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__(None, _FLAGS)
        self._left_s = 0
        self._second = QTimer(self, interval=_SECOND_MS, timerType=Qt.TimerType.PreciseTimer)
        self._second.timeout.connect(self._tick)
        self._escape = EscapeKey(self)
        self._escape.pressed.connect(self._cancel)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAccessibleName(_("Capture"))

    def start(self, seconds: int) -> None:
        self._left_s = seconds
        self._escape.start()  # first, for the words to know whether it is heard
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        place = QRect(0, 0, self.sizeHint().width(), self.sizeHint().height())
        place.moveCenter(screen.availableGeometry().center())
        place.moveTop(screen.availableGeometry().top() + theme().space.xl)
        self.setGeometry(place)
        self.show()
        self._say()
        self._second.start()

    def stop(self) -> None:
        self._second.stop()
        self._escape.stop()
        self.hide()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(theme().font()).horizontalAdvance(self._words()) + 1
        gaps = 2 * theme().space.l + theme().space.m
        return QSize(gaps + self._digits_width() + words, theme().line_height("title") + 2 * theme().space.m)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_box(painter, self.rect(), fill=night("raised"), border=night("controlBorder"))
        inner = self.rect().adjusted(theme().space.l, 0, -theme().space.l, 0)
        digits = QRect(inner.left(), 0, self._digits_width(), self.height())
        words = inner.adjusted(digits.width() + theme().space.m, 0, 0, 0)
        centred = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, digits, str(self._left_s), _number_font(), night("accentText"), align=centred)
        draw_text(painter, words, self._words(), theme().font(), night("text"))

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self._cancel()

    @Slot()
    def _cancel(self) -> None:
        self.stop()
        self.cancelled.emit()

    @Slot()
    def _tick(self) -> None:
        self._left_s -= 1
        if self._left_s > 0:
            self.update()
            self._say()
        else:
            self.stop()
            self.finished.emit()

    def _say(self) -> None:
        announce(self, str(self._left_s))

    def _words(self) -> str:
        if self._escape.is_heard:
            return _("The capture follows. Esc or a click here cancels it.")
        return _("The capture follows. Click here to cancel.")

    @staticmethod
    def _digits_width() -> int:
        return QFontMetrics(_number_font()).horizontalAdvance("10")


def _number_font() -> QFont:
    return theme().font("title", tabular=True)
