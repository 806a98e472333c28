"""What of the tickets is listed: whose, open or closed, status, module, words; and the saved views."""

import msgspec
from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from supportdesk import i18n
from supportdesk.app import status_words, ticket_words
from supportdesk.app.ticket_list_state import TicketListState
from supportdesk.app.ticket_vendor import Vendor
from supportdesk.domain.capabilities import Capabilities, Capability
from supportdesk.domain.projections import OpenState, TicketQuery, Whose
from supportdesk.domain.status import Stage, Status
from supportdesk.i18n import _, ngettext, pgettext
from supportdesk.ui import formats
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import icon_button
from supportdesk.ui.widgets.chip import status_text
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.search_field import SearchField
from supportdesk.ui.widgets.segmented import SegmentedChoice
from supportdesk.ui.widgets.wrapping_bar import WrappingBar

_EVERY = ""
_SEARCH_LEAST = 152
_COMBO = 104
_AROUND_TEXT = 56
"""Of a closed list: its margins and the arrow."""


class FilterBar(WrappingBar):
    """`asked` carries the query the person wants to see."""

    asked = Signal(object)
    views_requested = Signal()
    table_toggled = Signal(bool)

    def __init__(self, capabilities: Capabilities, parent: QWidget | None = None) -> None:
        super().__init__(theme().scaled(_SEARCH_LEAST), parent)
        self._capabilities = capabilities
        self._query = TicketQuery(None)
        self._vendor: Vendor | None = None
        self._build()
        self._connect()
        self.retranslate()

    @property
    def search(self) -> SearchField:
        return self._search

    @property
    def views_button(self) -> QWidget:
        return self._views

    def render_state(self, state: TicketListState) -> None:
        """Tickets of several accounts have our words for statuses, and no module in common."""
        account_id = state.query.account_id
        vendor = state.vendors.get(account_id) if account_id else None
        if vendor != self._vendor:
            self._vendor = vendor
            self._set_statuses()
            self._set_modules()
        self._query = query = state.query
        self._whose.set_value(query.whose)
        self._open.set_value(query.open_state)
        self._status.set_value(query.statuses[0] if query.statuses else _EVERY)
        self._module.set_value(query.service_id)
        if self._search.text().strip() != query.text and not self._search.hasFocus():
            self._search.setText(query.text)
        self._search.set_matches(self._matches(state))
        self._views.set_icon("bookmark-check" if state.view else "bookmark")
        self.arrange()

    @property
    def is_table(self) -> bool:
        return self._table.isChecked()

    def set_table(self, table: bool) -> None:
        self._table.setChecked(table)

    def retranslate(self) -> None:
        self._whose.set_options(self._whose_options())
        self._whose.setAccessibleName(_("Whose tickets"))
        self._open.set_options(
            [
                (OpenState.OPEN, pgettext("state", "Open")),
                (OpenState.CLOSED, pgettext("state", "Closed")),
                (OpenState.ALL, _("All")),
            ]
        )
        self._open.setAccessibleName(_("Open or closed"))
        self._set_statuses()
        self._search.setPlaceholderText(_("Search tickets"))
        self._search.setAccessibleName(_("Search tickets"))
        self._views.set_label(_("Saved views"))
        self._table.set_label(_("Show as a table"))
        self._set_modules()
        self._whose.set_value(self._query.whose)
        self._open.set_value(self._query.open_state)
        self.arrange()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.LanguageChange}:
            self._fit_combos()
        super().changeEvent(event)

    def _fit_combos(self) -> None:
        """As wide as their own names want; a longer choice is elided and whole in the list."""
        metrics = QFontMetrics(theme().font("body"))
        for combo in (self._status, self._module):
            name = metrics.horizontalAdvance(combo.itemText(0))
            combo.setFixedWidth(max(theme().scaled(_COMBO), name + theme().scaled(_AROUND_TEXT)))

    def _build(self) -> None:
        self._whose = SegmentedChoice(self._whose_options(), _("Whose tickets"))
        self._open = SegmentedChoice([], _("Open or closed"))
        self._status = Combo(accessible_name=_("Status"))
        self._module = Combo()
        for combo in (self._status, self._module):
            combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._search = SearchField(_("Search tickets"), _("Search tickets"))
        self._table = icon_button("table-2", _("Show as a table"), checkable=True)
        self._views = icon_button("bookmark", _("Saved views"))
        controls = (
            self._whose,
            self._open,
            self._status,
            self._module,
            self._search,
            self._table,
            self._views,
        )
        self.set_controls(list(controls), self._search)

    def _connect(self) -> None:
        self._whose.changed.connect(self._choose_whose)
        self._open.changed.connect(self._choose_open)
        self._status.changed.connect(self._choose_status)
        self._module.changed.connect(self._choose_module)
        self._search.searched.connect(self._choose_text)
        self._views.clicked.connect(self.views_requested)
        self._table.toggled.connect(self.table_toggled)

    def _choose_whose(self, whose: str) -> None:
        self._ask(whose=Whose(whose))

    def _choose_open(self, open_state: str) -> None:
        """A status that contradicts the choice gives way."""
        self._ask(open_state=OpenState(open_state), statuses=())

    def _choose_status(self, status: str) -> None:
        """A status is looked for where it can be."""
        if status == _EVERY:
            self._ask(statuses=())
        else:
            state = OpenState.CLOSED if status == Status.CLOSED else OpenState.OPEN
            self._ask(statuses=(status,), open_state=state)

    def _choose_module(self, service_id: str) -> None:
        self._ask(service_id=service_id)

    def _choose_text(self, text: str) -> None:
        self._ask(text=text.strip())

    def _ask(self, **changes: object) -> None:
        self.asked.emit(msgspec.structs.replace(self._query, **changes))

    def _whose_options(self) -> list[tuple[str, str]]:
        options: list[tuple[str, str]] = [(Whose.MINE, _("Mine"))]
        if Capability.COLLEAGUES_TICKETS in self._capabilities:
            options.append((Whose.COLLEAGUES, _("Colleagues")))
        options.append((Whose.ALL, _("All")))
        if Capability.CUSTOMERS_TICKETS in self._capabilities:
            options.append((Whose.CUSTOMERS, _("Customers")))
        return options

    def _set_statuses(self) -> None:
        words = [(status.value, self._status_name(status)) for status in Status]
        self._status.set_options([(_EVERY, _("Any status")), *words])
        self._status.setAccessibleName(_("Status"))
        self._status.set_value(self._query.statuses[0] if self._query.statuses else _EVERY)

    def _status_name(self, status: Status) -> str:
        own = status_words.vendor_name(self._vendor.profile, Stage(status)) if self._vendor else ""
        return own or status_text(status)

    def _set_modules(self) -> None:
        vendor = self._vendor
        label = ticket_words.service_label(vendor.catalogue, vendor.profile) if vendor else _("Module")
        options = [(_EVERY, label), *(_modules(vendor) if vendor else [])]
        self._module.set_options(options)
        self._module.setAccessibleName(label)
        self._module.setVisible(len(options) > 1)
        self._module.set_value(self._query.service_id)
        self._fit_combos()

    @staticmethod
    def _matches(state: TicketListState) -> str:
        if not state.query.text or not state.loaded:
            return ""
        total = state.tickets.total
        return ngettext("{n} match", "{n} matches", total).format(n=formats.number(total))


def _modules(vendor: Vendor) -> list[tuple[str, str]]:
    """Those of the second level stand indented under their heading."""
    found: list[tuple[str, str]] = []
    for service in vendor.catalogue.services if vendor.catalogue else ():
        found.append((service.id, vendor.profile.text(service.name, i18n.language())))
        found += [
            (part.id, f"\u2003{vendor.profile.text(part.name, i18n.language())}") for part in service.parts
        ]
    return found
