"""What can be done on the capture overlay, with its delay, cancel and take buttons."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QWidget

from supportdesk.i18n import _, pgettext
from supportdesk.ui.studio.delay_label import DelayLabel
from supportdesk.ui.studio.key_hint import KeyHint
from supportdesk.ui.studio.night import night
from supportdesk.ui.studio.night_button import NightButton
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_line
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.layouts import column, row

DELAYS_S = (0, 3, 5, 10)


class HelpPanel(QWidget):
    """Lies in the overlay of the monitor with the pointer."""

    delay_chosen = Signal(int)
    """Seconds, one of DELAYS_S."""
    cancelled = Signal()
    taken = Signal()

    def __init__(self, *, offers_windows: bool, delay_s: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers_windows = offers_windows
        self._has_region = False
        self._build(delay_s)
        self._connect()
        self.retranslate()

    def set_has_region(self, has_region: bool) -> None:
        """With a region Enter and the button take it, else the whole monitor."""
        if has_region != self._has_region:
            self._has_region = has_region
            self.retranslate()

    def width_in_one_row(self) -> int:
        """At which all hints stand side by side."""
        space = theme().space
        hints = sum(hint.sizeHint().width() + space.l for hint in self._hints)
        return hints + space.l + space.m

    def fit(self, width: int) -> None:
        """Take `width` and the height needed for it; on a narrow monitor the buttons go below the delays."""
        gap = theme().space.l + theme().space.m
        beside = self._delay_row.sizeHint().width() + self._button_row.sizeHint().width() + 2 * gap
        direction = QBoxLayout.Direction.LeftToRight
        self._actions.setDirection(QBoxLayout.Direction.TopToBottom if beside > width else direction)
        self.setFixedSize(width, self.heightForWidth(width))

    def retranslate(self) -> None:
        self.setAccessibleName(_("Capture"))
        for hint, (key, text) in zip(self._hints, self._hint_texts(), strict=True):
            hint.set_texts(key, text)
        self._cancel.setText(_("Cancel"))
        self._take.setText(_("Use this region") if self._has_region else _("Use this monitor"))
        for delay_s, segment in self._segments.items():
            segment.setText(
                pgettext("delay", "None") if delay_s == 0 else _("{seconds} s").format(seconds=delay_s)
            )
            segment.setAccessibleName(
                _("No delay") if delay_s == 0 else _("Delay of {seconds} seconds").format(seconds=delay_s)
            )
        self._delay_label.set_text(_("Delay"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_box(
            painter,
            self.rect(),
            fill=night("raised"),
            border=night("controlBorder"),
            radius=theme().radius.card,
        )
        line = self._actions.geometry().top() - theme().space.m
        draw_line(painter, 1, line, self.width() - 1, line, night("hairline"))
        track = self._segments[0].geometry()
        for segment in self._segments.values():
            track = track.united(segment.geometry())
        draw_box(painter, track.adjusted(-2, -2, 2, 2), fill=night("sunken"), radius=theme().radius.field)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press beside a button is not the beginning of a region."""
        event.accept()

    def _build(self, delay_s: int) -> None:
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._hints = [KeyHint(self) for _hint in self._hint_texts()]
        hints = FlowLayout(gap=theme().space.l, margins=0)
        for hint in self._hints:
            hints.addWidget(hint)
        self._delay_label = DelayLabel(self)
        self._delays = QButtonGroup(self)
        self._segments = {seconds: NightButton("segment", self) for seconds in DELAYS_S}
        for seconds, segment in self._segments.items():
            self._delays.addButton(segment, seconds)
        self._segments[delay_s].setChecked(True)
        self._cancel = NightButton("quiet", self)
        self._take = NightButton("primary", self)
        self._delay_row = row()
        self._button_row = row(gap=theme().space.m)
        self._actions = self._action_row()
        space = theme().space
        outer = column(self, gap=space.xl, margins=(space.l, space.m, space.m, space.m))
        outer.addLayout(hints)
        outer.addLayout(self._actions)

    def _action_row(self) -> QBoxLayout:
        self._delay_row.addWidget(self._delay_label)
        self._delay_row.addSpacing(theme().space.m)
        for segment in self._segments.values():
            self._delay_row.addWidget(segment)
        self._delay_row.addStretch(1)
        self._button_row.addStretch(1)
        self._button_row.addWidget(self._cancel)
        self._button_row.addWidget(self._take)
        actions = row(gap=theme().space.m)
        actions.addLayout(self._delay_row)
        actions.addLayout(self._button_row)
        return actions

    def _connect(self) -> None:
        self._delays.idClicked.connect(self.delay_chosen)
        self._cancel.clicked.connect(self._on_cancel)
        self._take.clicked.connect(self._on_take)

    def _hint_texts(self) -> list[tuple[str, str]]:
        click = [(pgettext("key", "Click"), _("This window"))] if self._offers_windows else []
        return [
            (pgettext("key", "Drag"), _("Region")),
            *click,
            (pgettext("key", "Enter"), _("This region") if self._has_region else _("Whole monitor")),
            (pgettext("key", "Space"), _("All monitors")),
            (pgettext("key", "Arrows"), _("Move by 1 px")),
            (pgettext("key", "Esc"), _("Cancel")),
        ]

    @Slot()
    def _on_cancel(self) -> None:
        self.cancelled.emit()

    @Slot()
    def _on_take(self) -> None:
        self.taken.emit()
