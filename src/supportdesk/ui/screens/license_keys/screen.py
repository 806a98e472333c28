"""License keys and company switches, to look at and to copy."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.app.license_keys import KeysState, LicenseKeysPresenter, copied_words
from supportdesk.app.screens import Route, name_of
from supportdesk.i18n import _
from supportdesk.ui.connection.not_loaded import NotLoaded
from supportdesk.ui.connection.stale_banner import StaleBanner
from supportdesk.ui.screen import Screen, ScreenContext
from supportdesk.ui.screens.license_keys.heading import KeysHeading
from supportdesk.ui.screens.license_keys.key_grid import KeyGrid
from supportdesk.ui.secret_clipboard import secret_clipboard
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.empty_state import EmptyState
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.page_layout import PageLayout
from supportdesk.ui.widgets.skeleton import Skeleton

_STACKED_BELOW = 720


class LicenseKeysScreen(Screen):
    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.presenter = LicenseKeysPresenter(context.workspace, context.account.id, secret_clipboard())
        self._build()
        self._connect()
        self.retranslate()
        self.presenter.show_to(self.render_state)

    def open(self, _args: dict[str, str]) -> None:
        self.presenter.read()

    def refresh(self) -> None:
        self.presenter.read()

    def focus_search(self) -> None:
        self._heading.search.setFocus()
        self._heading.search.selectAll()

    def end(self) -> None:
        self.presenter.close()

    def hideEvent(self, event: QHideEvent) -> None:
        """A revealed key does not wait for the next person who comes by."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.presenter.hide_all()

    def retranslate(self) -> None:
        context = self.context
        self.setAccessibleName(_("License keys"))
        line = _("Also here when you are offline.")
        if context.account.organisation_name:
            name = context.account.organisation_name
            line = _("For {organisation}. Also here when you are offline.").format(organisation=name)
        self._heading.set_texts(name_of("license_keys", context.profile), line, _("Search license keys"))
        self._nothing.set_texts(
            _("No license keys"),
            _("Keys and company switches that {vendor} gives your organisation appear here.").format(
                vendor=context.profile.short_name
            ),
        )
        self._home.setText(_("Back to Home"))
        self._clear.setText(_("Clear search"))
        self.render_state(self.presenter.state)

    def render_state(self, state: KeysState) -> None:
        self._stale.show_sync(state.sync)
        self._grid.show_keys(state)
        found = bool(state.keys) or not state.search
        self._grid.setVisible(found)
        self._none.setVisible(not found)
        self._none.set_texts(_("Nothing found"), _("No key fits “{text}”.").format(text=state.search))
        self._content.setCurrentWidget(self._page_for(state))

    def _page_for(self, state: KeysState) -> QWidget:
        if state.total:
            return self._page
        if state.is_waiting:
            return self._loading
        if state.error is not None or state.never_loaded:
            self._error.show_reason(_("The license keys could not be loaded"), state.sync, state.error)
            return self._error
        return self._nothing

    def _build(self) -> None:
        space = theme().space
        self._heading = KeysHeading()
        self._stale = StaleBanner(self.context.profile.short_name)
        self._grid = KeyGrid(self.context.profile.shown.warn_days)
        self._none = EmptyState("search", tone="neutral")
        self._clear = self._none.add_button("", "secondary", "x")
        self._page = PageLayout()
        self._page.column.setSpacing(space.xl)
        for part in (self._heading, self._stale, self._grid, self._none):
            self._page.add(part)
        self._page.column.addStretch(1)
        self._loading = PageLayout()
        self._loading.add(Skeleton("cards", 2))
        self._nothing = EmptyState("key-round")
        self._home = self._nothing.add_button("", "secondary", "house")
        self._error = NotLoaded(self.context.profile)
        self._content = QStackedWidget()
        for page in (self._page, self._loading, self._nothing, self._error):
            self._content.addWidget(page)
        column(self).addWidget(self._content)

    def _connect(self) -> None:
        self._page.width_changed.connect(self._fit)
        theme().changed.connect(self._fit_again)
        self._heading.search.searched.connect(self.presenter.search)
        self._grid.toggled.connect(self.presenter.toggle)
        self._grid.copied.connect(self._copy)
        self._clear.clicked.connect(self._clear_search)
        self._home.clicked.connect(self._go_home)
        for out in (self._stale.way_out, self._error.way_out):
            out.retry_requested.connect(self._try_again)
            out.sign_in_requested.connect(self.context.frame.sign_in)

    @Slot(int)
    def _fit(self, width: int) -> None:
        self._heading.set_stacked(width < theme().scaled(_STACKED_BELOW))
        self._grid.set_width(width)

    @Slot()
    def _fit_again(self) -> None:
        self._fit(self._grid.width())

    @Slot(str)
    def _copy(self, key_id: str) -> None:
        clear_after_s = self.presenter.copy(key_id)
        self.context.frame.toast(
            copied_words(clear_after_s), action=_("Clear now"), on_action=self.presenter.clear_clipboard
        )

    @Slot()
    def _clear_search(self) -> None:
        self._heading.search.clear()
        self.presenter.search("")
        self._heading.search.setFocus()

    @Slot()
    def _go_home(self) -> None:
        self.context.frame.go(Route("home"))

    @Slot()
    def _try_again(self) -> None:
        self.context.workspace.sync.try_again(self.context.account.id)
        self.presenter.read()
