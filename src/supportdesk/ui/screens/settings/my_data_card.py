"""Name, phone and the language of mails, as the vendor knows them."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.language import LANGUAGE_NAMES
from supportdesk.app.my_account import MyDataPresenter, MyDataState
from supportdesk.domain.account import MyProfile
from supportdesk.i18n import _
from supportdesk.ui.screen import ScreenContext
from supportdesk.ui.screens.settings.account_card import AccountCard
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.line_edit import LineEdit


class MyDataCard(AccountCard):
    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown: MyProfile | None = None
        self._saved = 0
        self.presenter = MyDataPresenter(context.workspace, context.account.id)
        self.name, self.phone, self.language = LineEdit(), LineEdit(), Combo()
        self.add_field("name", self.name)
        self.add_field("phone", self.phone)
        self.add_field("language", self.language)
        self.act.clicked.connect(self._save)
        self.retranslate()
        self.presenter.show_to(self.render_state)

    def render_state(self, state: MyDataState) -> None:
        known = state.profile
        for field in self.fields.values():  # which keep their place, so that nothing below jumps
            field.control.setEnabled(known is not None)
        if known is not None and known != self._shown:
            self._fill(known)
        self.show_error(state.error)
        self.show_wrong(state.wrong, state.rejections)
        self.act.show_busy(state.busy)
        self.act.setText(_("Save") if known is not None else _("Try again"))
        self.act.setEnabled(known is not None or state.error is not None)
        if state.saved != self._saved:
            self._saved = state.saved
            self._context.frame.toast(_("Your data are saved."))

    def retranslate(self) -> None:
        self.title.setText(_("Your data at {vendor}").format(vendor=self._context.profile.short_name))
        self.setAccessibleName(self.title.text())
        self.fields["name"].set_label(_("Name"))
        self.fields["phone"].set_label(_("Phone"))
        self.fields["language"].set_label(_("Language of mails"))
        vendors = [
            (tag, LANGUAGE_NAMES[tag]) for tag in self._context.profile.languages if tag in LANGUAGE_NAMES
        ]
        self.language.set_options([("", _("As the vendor writes")), *vendors])
        self.render_state(self.presenter.state)

    def _fill(self, known: MyProfile) -> None:
        self._shown = known
        self.name.setText(known.name)
        self.phone.setText(known.phone)
        self.language.set_value(known.language)

    @Slot()
    def _save(self) -> None:
        if self.presenter.state.profile is None:
            self.presenter.read()
        else:
            self.presenter.save(self.name.text(), self.phone.text(), self.language.value() or "")
