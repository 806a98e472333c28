"""One thing that is required: a ring that fills, its name, and what is wrong with it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from supportdesk.app.flows.signing import Required
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import TextLabel

_PADDING = 4


class RequiredRow(QAbstractButton):
    """As high as its texts: what somebody agrees to can be read whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._required: Required | None = None
        self.is_current = False
        self._icon = IconLabel("circle-dashed", role="danger")
        self._label = TextLabel(wrap=True)
        self._problem = TextLabel(kind="caption", tone="danger", wrap=True)
        texts = column()
        for label in (self._label, self._problem):
            label.setMinimumWidth(1)  # a long word breaks anywhere
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            texts.addWidget(label)
        self._content = row(self, gap=theme().space.s, margins=(0, _PADDING, 0, _PADDING))
        self._content.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._content.addLayout(texts, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_required(self, required: Required, *, current: bool) -> None:
        told = _("Done") if required.done else required.problem or _("Required, empty")
        if (required, current, told) == (self._required, self.is_current, self.accessibleDescription()):
            return
        self._required = required
        self.setAccessibleName(required.label)
        self.setAccessibleDescription(told)
        self._label.setText(required.label)
        self._problem.setText(required.problem)
        self._problem.setVisible(bool(required.problem))
        self.set_current(current)

    def set_current(self, current: bool) -> None:
        self.is_current = current
        self._label.set_kind("body", strong=current)
        if self._required is not None and self._required.done:
            self._icon.set_icon("circle-check", "success")
        else:
            begun = current or self._problem.text()
            self._icon.set_icon("circle-dot" if begun else "circle-dashed", "danger")

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._content.heightForWidth(width)

    def sizeHint(self) -> QSize:
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(max(self.width(), 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.underMouse():
            ground = theme().color("controlHover")
            draw_box(QPainter(self), self.rect(), fill=ground, border=None, radius=theme().radius.tag)
