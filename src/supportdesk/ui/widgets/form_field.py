"""Label, control, and the sentence below it: a hint, or what is wrong."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.announce import announce
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.password_field import PasswordField
from supportdesk.ui.widgets.text_label import TextLabel


class FormField(QWidget):
    """The label becomes the control's accessible name. `left` says that the focus went elsewhere."""

    left = Signal()

    def __init__(
        self,
        label: str,
        control: QWidget,
        *,
        required: bool = False,
        hint: str = "",
        hint_kind: str = "caption",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.control = control
        self._error, self._hint, self._required = "", hint, required
        self._hint_kind = hint_kind
        self._note = ("", "warning", "triangle-alert")
        self._label = TextLabel(strong=True, wrap=True)
        self._required_mark = TextLabel(tone="muted")
        self._icon = IconLabel(size=16)
        self._sentence = TextLabel(kind="caption", wrap=True)
        self._build()
        self.set_label(label)
        self.retranslate()
        QApplication.instance().focusChanged.connect(self._watch_focus)  # type: ignore[union-attr]
        if isinstance(control, PasswordField):
            control.caps_lock_changed.connect(self._on_caps_lock)

    @property
    def error(self) -> str:
        """What is wrong, as it was given; '' while nothing is."""
        return self._error

    def set_label(self, label: str) -> None:
        self._label.setText(label)
        self.control.setAccessibleName(label)

    def set_hint(self, hint: str) -> None:
        self._hint = hint
        self._tell()

    def set_note(self, text: str, tone: str = "warning", icon: str = "triangle-alert") -> None:
        """A sentence that is neither hint nor error, such as Caps Lock; '' takes it away."""
        self._note = (text, tone, icon)
        self._tell()

    def set_error(self, error: str) -> None:
        """A sentence that says what to do; it is announced. '' clears it.

        One of ours is given in English (`N_`): shown while the language changes, it is said in the new one.
        """
        if error and error != self._error:
            announce(self.control, _(error), assertive=True)
        self._error = error
        self.control.setProperty("state", "error" if error else "")
        self._tell()
        self.control.update()

    def clear_error(self) -> None:
        self.set_error("")

    def retranslate(self) -> None:
        self._required_mark.setText(_("(required)"))
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self) -> None:
        space = theme().space
        head = row(gap=space.xs)
        head.addWidget(self._label)
        head.addWidget(self._required_mark)
        head.addStretch(1)
        self._foot = QWidget()
        foot = row(self._foot, gap=space.xs)
        foot.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self._sentence, 1)
        layout = column(self, gap=space.label_gap)
        layout.addLayout(head)
        grows = bool(self.control.sizePolicy().expandingDirections() & Qt.Orientation.Vertical)
        layout.addWidget(self.control, 1 if grows else 0)
        layout.addWidget(self._foot)
        if not grows:
            layout.addStretch(1)
        self.setFocusProxy(self.control)

    def _tell(self) -> None:
        """An error stands in for the note, the note for the hint."""
        note, tone, icon = self._note
        if self._error:
            text, ink, drawn, role = _(self._error), "danger", "circle-alert", "danger"
        elif note:
            text, ink, drawn, role = note, "text", icon, tone
        else:
            text, ink, drawn, role = self._hint, "muted", "", "muted"
        self._sentence.setText(text)
        self._sentence.set_kind("caption" if drawn else self._hint_kind)
        self._sentence.set_tone(ink)
        self._icon.set_icon(drawn, role)
        self._icon.setVisible(bool(drawn))
        self._foot.setVisible(bool(text))
        self._required_mark.setVisible(self._required)
        described = [_("(required)")] if self._required else []
        self.control.setAccessibleDescription(" ".join([*described, text] if text else described))

    @Slot(QWidget, QWidget)
    def _watch_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None and now is not None and self._holds(before) and not self._holds(now):
            self.left.emit()

    def _holds(self, widget: QWidget) -> bool:
        """Also the pop-ups of the control, which are windows of their own."""
        ancestor: QWidget | None = widget
        while ancestor is not None and ancestor is not self.control:
            ancestor = ancestor.parentWidget()
        return ancestor is self.control

    @Slot(bool)
    def _on_caps_lock(self, on: bool) -> None:
        self.set_note(_("Caps Lock is on") if on else "")
