"""Who of the organisation may sign in."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.app.answered_at_once import advice
from supportdesk.app.colleagues import ColleaguesPresenter, ColleaguesState, NewColleague
from supportdesk.app.license_keys import copied_words
from supportdesk.app.screens import name_of
from supportdesk.app.settings import CLIPBOARD_CLEAR_S
from supportdesk.i18n import _, ngettext
from supportdesk.ui import formats
from supportdesk.ui.connection.not_loaded import NotLoaded
from supportdesk.ui.connection.stale_banner import StaleBanner
from supportdesk.ui.screen import Screen, ScreenContext
from supportdesk.ui.screens.colleagues.given_card import GivenCard
from supportdesk.ui.screens.colleagues.heading import ColleaguesHeading
from supportdesk.ui.screens.colleagues.new_colleague import NewColleagueCard
from supportdesk.ui.screens.colleagues.people_card import PeopleCard
from supportdesk.ui.secret_clipboard import secret_clipboard
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.banner import Banner
from supportdesk.ui.widgets.empty_state import EmptyState
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.page_layout import PageLayout
from supportdesk.ui.widgets.skeleton import Skeleton

_NARROW_BELOW = 880


class ColleaguesScreen(Screen):
    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.presenter = ColleaguesPresenter(context.workspace, context.account)
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
        """Access data do not wait for the next person who comes by."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.presenter.forget_given()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Colleagues"))
        self._heading.set_title(name_of("colleagues", self.context.profile))
        for part in (self._heading, self._new, self._given, self._people):
            part.retranslate()
        self._clear.setText(_("Clear search"))
        self.render_state(self.presenter.state)

    def render_state(self, state: ColleaguesState) -> None:
        self._stale.show_sync(state.sync)
        self._heading.set_line(
            ngettext(
                "{n} of {organisation} can sign in", "{n} of {organisation} can sign in", state.active
            ).format(n=formats.number(state.active), organisation=self.context.account.organisation_name)
        )
        self._heading.new.setEnabled(not state.adding)
        self._trouble.setVisible(state.trouble is not None)
        if state.trouble is not None:
            self._trouble.set_texts(advice(state.trouble), str(state.trouble))
        self._given.show_given(state.given)  # has the focus before the form goes
        if self._new.isVisible() and not state.adding and state.given is None:
            self._heading.new.setFocus()
        self._new.show_state(state)
        self._people.show_people(state)
        found = bool(state.people) or not state.search
        self._people.setVisible(found)
        self._none.setVisible(not found)
        self._none.set_texts(_("Nobody found"), _("No colleague fits “{text}”.").format(text=state.search))
        self._content.setCurrentWidget(self._page_for(state))

    def _page_for(self, state: ColleaguesState) -> QWidget:
        if state.total:
            return self._page
        if state.is_waiting:
            return self._loading
        self._error.show_reason(_("The colleagues could not be loaded"), state.sync, state.error)
        return self._error

    def _build(self) -> None:
        self._heading = ColleaguesHeading()
        self._stale = StaleBanner(self.context.profile.short_name)
        self._trouble = Banner(tone="danger")
        self._new, self._given = NewColleagueCard(), GivenCard()
        self._people = PeopleCard(self.context.account.person_id)
        self._none = EmptyState("search", tone="neutral")
        self._clear = self._none.add_button("", "secondary", "x")
        self._page = PageLayout()
        self._page.column.setSpacing(theme().space.xl)
        parts = (
            self._heading,
            self._stale,
            self._trouble,
            self._new,
            self._given,
            self._people,
            self._none,
        )
        for part in parts:
            self._page.add(part)
        self._page.column.addStretch(1)
        self._loading = PageLayout()
        self._loading.add(Skeleton("cards", 2))
        self._error = NotLoaded(self.context.profile)
        self._content = QStackedWidget()
        for page in (self._page, self._loading, self._error):
            self._content.addWidget(page)
        column(self).addWidget(self._content)

    def _connect(self) -> None:
        presenter = self.presenter
        self._page.width_changed.connect(self._fit)
        self._heading.search.searched.connect(presenter.search)
        self._heading.new.clicked.connect(presenter.begin)
        self._new.submitted.connect(self._add)
        self._new.cancelled.connect(presenter.cancel)
        self._given.copy_requested.connect(self._copy)
        self._given.done.connect(self._done)
        self._people.deactivation_asked.connect(presenter.ask_to_deactivate)
        self._people.kept.connect(self._keep)
        self._people.activated.connect(self._activate)
        self._people.deactivated.connect(self._deactivate)
        self._clear.clicked.connect(self._clear_search)
        for out in (self._stale.way_out, self._error.way_out):
            out.retry_requested.connect(self._try_again)
            out.sign_in_requested.connect(self.context.frame.sign_in)

    @Slot(int)
    def _fit(self, width: int) -> None:
        narrow = width < theme().scaled(_NARROW_BELOW)
        self._heading.set_stacked(narrow)
        self._new.set_narrow(narrow)
        self._people.set_narrow(narrow)

    @Slot(object)
    def _add(self, wanted: NewColleague) -> None:
        self.presenter.add(wanted)

    @Slot()
    def _copy(self) -> None:
        given = self.presenter.state.given
        if given is None:
            return
        clear_after_s = self.context.workspace.settings.get(CLIPBOARD_CLEAR_S)
        secret_clipboard().copy(given.person.id, f"{given.user}\n{given.password}", clear_after_s)
        self.context.frame.toast(
            copied_words(clear_after_s), action=_("Clear now"), on_action=secret_clipboard().clear
        )

    @Slot()
    def _done(self) -> None:
        self._heading.new.setFocus()
        self.presenter.forget_given()

    @Slot(str)
    def _keep(self, _person_id: str) -> None:
        self.presenter.keep()

    @Slot(str)
    def _activate(self, person_id: str) -> None:
        self.presenter.set_active(person_id, active=True)

    @Slot(str)
    def _deactivate(self, person_id: str) -> None:
        self.presenter.set_active(person_id, active=False)

    @Slot()
    def _clear_search(self) -> None:
        self._heading.search.clear()
        self.presenter.search("")
        self._heading.search.setFocus()

    @Slot()
    def _try_again(self) -> None:
        self.context.workspace.sync.try_again(self.context.account.id)
        self.presenter.read()
