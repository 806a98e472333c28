"""Version, licence, and whose work the program stands on."""

from PySide6.QtWidgets import QWidget

from supportdesk.app import about
from supportdesk.app.settings_panes import Fact, Pane
from supportdesk.i18n import _
from supportdesk.ui.screens.settings.fact_list import FactList
from supportdesk.ui.screens.settings.pane import SettingsPane
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.icon_label import VendorMark
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import TextLabel


class AboutPane(SettingsPane):
    def __init__(self, pane: Pane, parent: QWidget | None = None) -> None:
        super().__init__(pane, parent)
        space = theme().space
        card = Card(padding=space.xl, gap=space.l)
        head = row(gap=space.l)
        words = column()
        words.addWidget(TextLabel("SupportDesk", kind="emphasis", strong=True))
        self._version = TextLabel(tone="muted", wrap=True)
        words.addWidget(self._version)
        head.addWidget(VendorMark(size=48))
        head.addLayout(words, 1)
        card.body.addLayout(head)
        self._parts_title = TextLabel(strong=True)
        parts = Card(padding=20)
        self._parts = FactList()
        parts.add(self._parts)
        self.cards.addWidget(card)
        self.cards.addWidget(self._parts_title)
        self.cards.addWidget(parts)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        text = _("Version {version}, free software under the licence {licence}")
        self._version.setText(text.format(version=about.VERSION, licence=about.LICENCE))
        self._parts_title.setText(_("Made with"))
        self._parts.set_facts(tuple(Fact(part.name, part.licence) for part in about.PARTS))
