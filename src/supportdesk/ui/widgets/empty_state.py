"""What stands where there is nothing: what will be here, or what went wrong, and the first step."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.button_style import ButtonKind
from supportdesk.ui.theme.painting import draw_box, draw_icon
from supportdesk.ui.widgets.button import Button
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.steady_scroll import SteadyScroll
from supportdesk.ui.widgets.text_label import TextLabel
from supportdesk.ui.widgets.tones import ink_role, soft_role

_CIRCLE, _ICON, _TEXT_WIDTH, _ABOVE_MIDDLE = 80, 32, 460, 20
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class _Circle(QWidget):
    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self.name, self.tone = name, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        edge = theme().scaled(_CIRCLE)
        return QSize(edge, edge)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        border = theme().color(ink_role(self.tone)) if theme().is_high_contrast else None
        fill = theme().color(soft_role(self.tone))
        draw_box(painter, self.rect(), fill=fill, border=border, radius=self.width() / 2)
        if self.name:
            inset = (self.width() - theme().scaled(_ICON)) // 2
            draw_icon(
                painter, self.rect().adjusted(inset, inset, -inset, -inset), self.name, ink_role(self.tone)
            )


class EmptyState(SteadyScroll):
    """Centred a little above the middle of whatever room it is given.

    Where that is too low, the circle gives way to the words, and at last it scrolls.
    """

    def __init__(
        self,
        icon: str = "",
        title: str = "",
        text: str = "",
        *,
        tone: str = "accent",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._circle = _Circle(icon, tone)
        self._title = TextLabel(kind="section", wrap=True, align=_CENTRE)
        self._text = TextLabel(tone="muted", wrap=True, align=_CENTRE)
        self._note = TextLabel(kind="caption", tone="muted", wrap=True, align=_CENTRE)
        self._inside, self._buttons = QWidget(), QWidget()
        self._flow = FlowLayout(self._buttons, gap=theme().space.m, centred=True)
        self._build()
        self.set_texts(title, text)

    def set_texts(self, title: str, text: str, note: str = "") -> None:
        self._title.setText(title)
        self._text.setText(text)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._fit_circle()
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def set_icon(self, name: str, tone: str | None = None) -> None:
        self._circle.name, self._circle.tone = name, tone or self._circle.tone
        self._circle.update()

    def add_button(self, text: str, kind: ButtonKind = "secondary", icon: str | None = None) -> Button:
        button = Button(text, kind, icon)
        self._flow.addWidget(button)
        self._buttons.show()
        return button

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._text.setMaximumWidth(theme().scaled(_TEXT_WIDTH))
            self._fit_circle()

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._inside.minimumSizeHint().width(), theme().scaled(_CIRCLE))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """For everything, the circle too."""
        hidden = self._circle.sizeHint().height() if self._circle.isHidden() else 0
        return self._inside.heightForWidth(width) + hidden

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_circle()

    def _fit_circle(self) -> None:
        self._circle.setVisible(self.height() >= self.heightForWidth(self.width()))

    def _build(self) -> None:
        space = theme().space
        layout = column(self._inside, margins=space.xl)
        layout.addStretch(1)
        layout.addWidget(self._circle, 0, _CENTRE)
        layout.addSpacing(space.xl)
        layout.addWidget(self._title)
        layout.addSpacing(space.s)
        self._text.setMaximumWidth(theme().scaled(_TEXT_WIDTH))
        centred = row()  # stretches, because an aligned layout does not ask for the height of wrapped lines
        centred.addStretch(1)
        centred.addWidget(self._text, 1000)
        centred.addStretch(1)
        layout.addLayout(centred)
        layout.addSpacing(space.xl)
        layout.addWidget(self._buttons)
        layout.addSpacing(space.l)
        layout.addWidget(self._note)
        layout.addSpacing(2 * _ABOVE_MIDDLE)
        layout.addStretch(1)
        self._buttons.hide()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons have the focus and scroll it
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._inside)
        for ground in (self.viewport(), self._inside):
            ground.setAutoFillBackground(False)


class ErrorState(EmptyState):
    """Adds "Copy details" once there are details."""

    details_copied = Signal()

    def __init__(
        self,
        title: str = "",
        text: str = "",
        *,
        icon: str = "cloud-alert",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(icon, title, text, tone="danger", parent=parent)
        self._details = ""
        self._copy: Button | None = None

    def set_details(self, details: str) -> None:
        """What a supporter can use, untranslated; added after the other buttons, so call this last."""
        self._details = details
        if self._copy is None:
            self._copy = self.add_button("", "neutral", "copy")
            self._copy.clicked.connect(self._copy_details)
            self.retranslate()
        self._copy.setVisible(bool(details))

    def retranslate(self) -> None:
        if self._copy is not None:
            self._copy.setText(_("Copy details"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot()
    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
        self.details_copied.emit()
