"""What is said of an order as a whole: reference, kind and note; beside or below each other."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from supportdesk.app.order_form import OrderFormState
from supportdesk.app.return_slip import choice_name
from supportdesk.domain.profile import Profile
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.form_field import FormField
from supportdesk.ui.widgets.layouts import grid
from supportdesk.ui.widgets.line_edit import LineEdit

_BESIDE_FROM, _TWO_FROM = 800, 480

_EACH, _MORE = 8, 9
"""Shares of the width; names of kinds are longer than numbers."""


class OrderHeadFields(QWidget):
    """`said` carries (field, text); `left` the field that lost the focus."""

    said = Signal(str, str)
    left = Signal(str)

    def __init__(self, profile: Profile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile = profile
        self._state = OrderFormState()
        self.reference, self._kind, self._note = LineEdit(), Combo(), LineEdit()
        self._reference_field = FormField("", self.reference, required=True)
        self._kind_field = FormField("", self._kind)
        self._note_field = FormField("", self._note)
        self._grid = grid(self, gap=theme().space.l)
        self.set_width(_BESIDE_FROM)
        self._connect()
        self.retranslate()

    def render_state(self, state: OrderFormState) -> None:
        offered = state.catalogue.order_kinds != self._state.catalogue.order_kinds
        self._state = state
        if offered:
            self._offer_kinds()
        draft = state.draft
        for field, text in ((self.reference, draft.reference), (self._note, draft.note)):
            if field.text() != text:
                field.setText(text)
        self._kind.set_value(draft.order_kind or None)
        self._reference_field.set_error(state.problem("reference"))
        self._note_field.set_error(state.problem("note"))

    def focus(self, field: str) -> None:
        (self._note if field == "note" else self.reference).setFocus()

    def set_width(self, width: int) -> None:
        """Three beside each other, two and the note below, or one below the other."""
        beside, two = width >= theme().scaled(_BESIDE_FROM), width >= theme().scaled(_TWO_FROM)
        places = ((0, 0, 1), (0, 1, 1), (0, 2, 2)) if beside else ((0, 0, 2), (0, 2, 2), (1, 0, 4))
        if not two:
            places = ((0, 0, 4), (1, 0, 4), (2, 0, 4))
        fields = (self._reference_field, self._kind_field, self._note_field)
        for field, (line, place, span) in zip(fields, places, strict=True):
            self._grid.addWidget(field, line, place, 1, span)
        for place in range(4):
            self._grid.setColumnStretch(place, _MORE if beside and place == 1 else _EACH)

    def retranslate(self) -> None:
        vendor = self._profile.short_name
        self._reference_field.set_label(_("Your reference number"))
        self._reference_field.set_hint(_("Appears on all papers of {vendor}").format(vendor=vendor))
        self._kind_field.set_label(_("Kind of order"))
        self._kind.set_placeholder(_("Choose"))
        self._note_field.set_label(_("Note for {vendor}").format(vendor=vendor))
        self._offer_kinds()
        self.render_state(self._state)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _offer_kinds(self) -> None:
        kinds = self._state.catalogue.order_kinds
        self._kind.set_options([(each.id, choice_name(kinds, each.id, self._profile)) for each in kinds])
        self._kind_field.setVisible(bool(kinds))

    def _connect(self) -> None:
        self.reference.textEdited.connect(lambda text: self.said.emit("reference", text))
        self._note.textEdited.connect(lambda text: self.said.emit("note", text))
        self._kind.changed.connect(lambda key: self.said.emit("order_kind", key))
        self._reference_field.left.connect(lambda: self.left.emit("reference"))
        self._note_field.left.connect(lambda: self.left.emit("note"))
