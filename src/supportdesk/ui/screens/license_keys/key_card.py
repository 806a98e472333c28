"""One key: for what, how long, and Copy."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.expiry import days_left
from supportdesk.app.license_keys import Belongs, kind_name
from supportdesk.domain.entities import LicenseKey
from supportdesk.i18n import _, ngettext
from supportdesk.ui import formats
from supportdesk.ui.screens.license_keys.key_box import KeyBox
from supportdesk.ui.screens.license_keys.words import box_texts, facts
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.chip import Chip
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import TextLabel

_PADDING = 20


class KeyCard(Card):
    """`toggled` and `copied` carry the key's id."""

    toggled = Signal(str)
    copied = Signal(str)
    whole_requested = Signal(str)
    """With the id of the subscription that it belongs to."""

    def __init__(self, warn_days: int, parent: QWidget | None = None) -> None:
        super().__init__(padding=_PADDING, parent=parent)
        self._warn_days = warn_days
        self._id = ""
        self._title = TextLabel(kind="emphasis", strong=True, wrap=True)
        self._kind = TextLabel(tone="muted")
        self._chip = Chip()
        self._box = KeyBox()
        self._facts = TextLabel(kind="caption", tone="muted", wrap=True)
        self._copy = button("", "secondary", "copy", size="small")
        self._belongs: Belongs | None = None
        self._whole = button("", "link", "box", size="small")
        self._build()
        self._box.toggled.connect(self._toggle)
        self._copy.clicked.connect(self._ask_to_copy)
        self._whole.clicked.connect(self._ask_for_whole)

    def show_key(
        self,
        key: LicenseKey,
        *,
        revealed: bool,
        copied: bool,
        belongs: Belongs | None = None,
        under_product: bool = False,
    ) -> None:
        """`under_product`: the heading above names it."""
        self._id, self._belongs = key.id, belongs
        self._show_whole()
        kind = kind_name(key.key_kind)
        whose = f"{kind}, {key.product}"
        self.setAccessibleName(whose)
        self._title.setText(kind if under_product else key.product)
        self._kind.setText(kind)
        self._kind.setVisible(not under_product)
        self._box.show_key(*box_texts(key, revealed=revealed), whose, revealed=revealed)
        self._facts.setText(facts(key, self._warn_days))
        self._show_chip(days_left(key.valid_until, self._warn_days))
        self._copy.setText(_("Copied") if copied else _("Copy"))
        self._copy.set_icon("check" if copied else "copy")
        self._copy.setAccessibleDescription(whose)

    def tab_stops(self) -> tuple[QWidget, ...]:
        return self._box.eye, self._copy, self._whole

    def _show_whole(self) -> None:
        self._whole.setVisible(self._belongs is not None)
        if self._belongs is not None:
            text = _("Subscription: {name}").format(name=self._belongs.name)
            self._whole.setText(text.replace("&", "&&"))
            self._whole.setAccessibleName(text)

    def _build(self) -> None:
        space = theme().space
        titles = column()
        titles.addWidget(self._title)
        titles.addWidget(self._kind)
        head = row(gap=space.m)
        head.addLayout(titles, 1)
        head.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        foot = row(gap=space.m)
        foot.addWidget(self._facts, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self._copy)
        self.body.addLayout(head)
        self.body.addSpacing(space.l)
        self.body.addWidget(self._box)
        self.body.addSpacing(space.m)
        self.body.addLayout(foot)
        whole = row()
        whole.addWidget(self._whole)
        whole.addStretch(1)
        self.body.addLayout(whole)
        self.body.addStretch(1)

    def _show_chip(self, days: int | None) -> None:
        self._chip.setVisible(days is not None)
        if days is None:
            return
        if days < 0:
            self._chip.set_state(_("Expired"), "danger", "circle-alert")
            return
        text = ngettext("{n} day left", "{n} days left", days).format(n=formats.number(days))
        self._chip.set_state(text if days else _("Last day"), "warning", "clock")

    @Slot()
    def _ask_for_whole(self) -> None:
        if self._belongs is not None:
            self.whole_requested.emit(self._belongs.subscription_id)

    @Slot()
    def _toggle(self) -> None:
        self.toggled.emit(self._id)

    @Slot()
    def _ask_to_copy(self) -> None:
        self.copied.emit(self._id)
