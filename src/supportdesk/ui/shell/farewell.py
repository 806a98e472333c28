"""Logging out: says what it means, and asks once more while something is unsent."""

from collections.abc import Callable

from supportdesk.app.shell import Place, ShellPresenter
from supportdesk.domain.errors import Refused, SupportDeskError
from supportdesk.i18n import _
from supportdesk.ui.shell.question import Question


class Farewell:
    def __init__(
        self, shell: ShellPresenter, question: Question, failed: Callable[[SupportDeskError], None]
    ) -> None:
        self._shell = shell
        self._question = question
        self._failed = failed

    def ask(self, place: Place) -> None:
        account = place.account
        text = _("Tickets and keys of this account are removed from this computer. They stay at {vendor}.")
        self._question.ask(
            _("Log out {name}?").format(name=account.person_name or account.user),
            text.format(vendor=place.profile.short_name),
            yes=_("Log out"),
            no=_("Stay signed in"),
            icon="log-out",
            then=lambda: self._leave(account.id, force=False),
        )

    def _leave(self, account_id: str, *, force: bool) -> None:
        self._shell.sign_out(account_id, force=force, failed=lambda error: self._refused(account_id, error))

    def _refused(self, account_id: str, error: SupportDeskError) -> None:
        if not isinstance(error, Refused):
            self._failed(error)
            return
        self._question.ask(
            _("Something has not been sent yet"),
            str(error),
            yes=_("Log out and discard it"),
            no=_("Stay signed in"),
            kind="danger",
            then=lambda: self._leave(account_id, force=True),
        )
